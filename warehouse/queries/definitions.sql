-- The definitions of a rate in use among the units of a level under a unit, the widest coverage first.
SELECT rate.definition, count(*) AS units
FROM placed
JOIN own_rate AS rate
  ON rate.boundary = placed.boundary AND rate.unit_code = placed.placed_code AND rate.level = placed.level
 AND rate.period = placed.period
WHERE placed.boundary = $boundary AND placed.unit_code = $unit AND placed.level = $level AND placed.period = $period
  AND rate.rate = $rate AND rate.counting = 'printed' AND rate.percent IS NOT NULL AND rate.simulated = $simulated
GROUP BY rate.definition
ORDER BY units DESC, rate.definition;
