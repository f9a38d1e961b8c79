-- One indicator added up over the units of a level under a unit, in a period and the year before; `estimated` where the
-- shares of split units are part of it.
SELECT fact.period = $period AS now, count(*) AS units, sum(fact.value * territory.weight)::DECIMAL(18, 4) AS value,
       bool_or(territory.weight < 1) AS estimated
FROM fact_by_indicator AS fact
JOIN territory
  ON territory.boundary = $boundary AND territory.unit_no = $unit_no AND territory.member_no = fact.unit_no
JOIN unit ON unit.unit_no = fact.unit_no
WHERE fact.indicator = $indicator AND fact.period IN ($period, $year_before) AND fact.level = $level
  AND fact.simulated = $simulated AND fact.value IS NOT NULL AND unit.level = $level AND territory.weight IS NOT NULL
  AND (unit.valid_from IS NULL OR unit.valid_from <= CASE WHEN fact.period = $period THEN $window_end ELSE $end_before END)
  AND (unit.valid_to IS NULL OR unit.valid_to > CASE WHEN fact.period = $period THEN $window_end ELSE $end_before END)
GROUP BY now
ORDER BY now DESC;
