-- One indicator in every period, added up over the units of a level in each of some units. `short` of the reports do not
-- cover the period; of a difference only the later end counts.
WITH part AS (
    SELECT member.unit_no, member.period, fact.value, member.weight, fact.problem, fact.basis, fact.report_id
    FROM counted_fact_of($reach_first, $reach_last) AS fact
    SEMI JOIN unit USING (unit_no, level)
    JOIN member
      ON member.boundary = $boundary AND member.member_no = fact.unit_no AND member.period = fact.period
     AND member.level = $level AND member.unit_no BETWEEN $first AND $last AND member.unit_no IN (SELECT unnest($units))
    JOIN indicator ON indicator.indicator = $indicator AND indicator.additive
    WHERE fact.counting = $counting AND fact.level = $level AND fact.indicator = $indicator
      AND fact.simulated = $simulated AND member.weight IS NOT NULL
)
SELECT part.unit_no, part.period, sum(part.value * part.weight)::DOUBLE AS value, count(part.value) AS units,
       CASE WHEN count(part.value) = 1 THEN any_value(part.report_id) FILTER (part.value IS NOT NULL) END AS report_id,
       CASE WHEN count(part.value) = 0 THEN min(coalesce(part.problem, 'left_blank')) END AS problem,
       CASE WHEN bool_or(part.weight < 1 AND part.value IS NOT NULL) THEN 'estimated' ELSE 'sum' END AS basis,
       count(*) FILTER (part.value IS NOT NULL
           AND CASE WHEN part.basis = 'difference' THEN covered.days_early > 7 ELSE covered.short END) AS short
FROM part
LEFT JOIN (
    FROM covered_window
    WHERE unit_code IN (SELECT member_code FROM territory WHERE boundary = $boundary AND unit_no IN (SELECT unnest($units)))
) AS covered ON covered.report_id = part.report_id
GROUP BY ALL
ORDER BY part.unit_no, part.period;
