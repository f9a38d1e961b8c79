-- One indicator in every period, added up over the units of a level in each of some units, as they print it. `short` of the
-- reports do not cover the period.
SELECT member.unit_no, fact.period, CAST(sum(fact.value * member.weight) AS DOUBLE) AS value, count(fact.value) AS units,
       CASE WHEN count(fact.value) = 0 THEN 'left_blank' END AS problem,
       CASE WHEN bool_or(member.weight < 1 AND fact.value IS NOT NULL) THEN 'estimated' ELSE 'sum' END AS basis,
       CASE WHEN count(fact.value) = 1 THEN max(CASE WHEN fact.value IS NOT NULL THEN fact.unit_no END) END AS source_no,
       sum(CASE WHEN fact.value IS NOT NULL THEN sent.short ELSE 0 END) AS short
FROM fact_by_unit AS fact
JOIN member
  ON member.boundary = $boundary AND member.member_no = fact.unit_no AND member.period = fact.period AND member.level = $level
 AND member.unit_no BETWEEN $first AND $last AND member.unit_no IN (SELECT unnest($units))
JOIN indicator ON indicator.indicator = $indicator AND indicator.additive
LEFT JOIN reporting AS sent
  ON sent.boundary = 'then' AND sent.unit_no = fact.unit_no AND sent.period = fact.period AND sent.level = $level
 AND sent.simulated = $simulated
WHERE fact.indicator = $indicator AND fact.level = $level AND fact.simulated = $simulated AND member.weight IS NOT NULL
  AND fact.unit_no BETWEEN $reach_first AND $reach_last
GROUP BY member.unit_no, fact.period
ORDER BY member.unit_no, fact.period;
