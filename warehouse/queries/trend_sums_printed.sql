-- One indicator in every period, added up over the units of a level in each of some units, as they print it. `short` of the
-- reports do not cover the period.
SELECT territory.unit_no, fact.period, CAST(sum(fact.value * territory.weight) AS DOUBLE) AS value,
       count(fact.value) AS units,
       CASE WHEN count(fact.value) = 0 THEN 'left_blank' END AS problem,
       CASE WHEN bool_or(territory.weight < 1 AND fact.value IS NOT NULL) THEN 'estimated' ELSE 'sum' END AS basis,
       CASE WHEN count(fact.value) = 1 THEN max(CASE WHEN fact.value IS NOT NULL THEN fact.unit_no END) END AS source_no,
       sum(CASE WHEN fact.value IS NOT NULL THEN sent.short ELSE 0 END) AS short
FROM fact_by_indicator AS fact
JOIN territory ON territory.boundary = $boundary AND territory.member_no = fact.unit_no AND territory.weight IS NOT NULL
 AND territory.unit_no BETWEEN $first AND $last AND territory.unit_no IN (SELECT unnest($units))
JOIN unit ON unit.unit_no = fact.unit_no AND unit.level = $level
JOIN period ON period.period = fact.period
 AND (unit.valid_from IS NULL OR unit.valid_from <= period.window_end)
 AND (unit.valid_to IS NULL OR unit.valid_to > period.window_end)
JOIN indicator ON indicator.indicator = $indicator AND indicator.additive
LEFT JOIN reporting AS sent
  ON sent.boundary = 'then' AND sent.unit_no = fact.unit_no AND sent.period = fact.period AND sent.level = $level
 AND sent.simulated = $simulated
WHERE fact.indicator = $indicator AND fact.level = $level AND fact.simulated = $simulated
  AND fact.unit_no BETWEEN $reach_first AND $reach_last
GROUP BY territory.unit_no, fact.period
ORDER BY territory.unit_no, fact.period;
