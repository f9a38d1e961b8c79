-- The units of a level in a unit that have a figure for one rate, on a boundary, each under what stands directly above it;
-- `former` puts communes of today under their old district.
SELECT placed.placed_code AS unit_code, named.name,
       CASE WHEN $former THEN coalesce(former_district.district_code, unit.parent_code) ELSE unit.parent_code END AS parent_code,
       rate.numerator, rate.denominator, rate.percent, rate.basis
FROM placed
JOIN unit ON unit.unit_code = placed.placed_code
JOIN unit_in_period AS named ON named.unit_code = placed.placed_code AND named.period = placed.period
JOIN own_rate AS rate
  ON rate.boundary = placed.boundary AND rate.counting = 'printed' AND rate.unit_code = placed.placed_code
 AND rate.level = placed.level AND rate.period = placed.period
LEFT JOIN former_district ON former_district.unit_code = placed.placed_code
WHERE placed.boundary = $boundary AND placed.unit_code = $unit AND placed.level = $level AND placed.period = $period
  AND rate.rate = $rate AND rate.definition = $definition AND rate.simulated = $simulated AND rate.percent IS NOT NULL
ORDER BY named.name COLLATE vi, placed.placed_code;
