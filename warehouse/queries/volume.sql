-- One indicator added up over the units of a level under a unit, in every period of a kind up to a day, the newest first;
-- `estimated` where the shares of split units are part of it.
SELECT fact.period, count(*) AS units, sum(fact.value * territory.weight)::DECIMAL(18, 4) AS value,
       bool_or(territory.weight < 1) AS estimated
FROM fact_by_indicator AS fact
JOIN territory
  ON territory.boundary = $boundary AND territory.unit_no = $unit_no AND territory.member_no = fact.unit_no
JOIN unit ON unit.unit_no = fact.unit_no
JOIN period ON period.period = fact.period AND period.span = $span AND period.window_end <= $window_end
WHERE fact.indicator = $indicator AND fact.level = $level AND fact.simulated = $simulated AND fact.value IS NOT NULL
  AND unit.level = $level AND territory.weight IS NOT NULL
  AND (unit.valid_from IS NULL OR unit.valid_from <= period.window_end)
  AND (unit.valid_to IS NULL OR unit.valid_to > period.window_end)
GROUP BY fact.period
ORDER BY fact.period DESC;
