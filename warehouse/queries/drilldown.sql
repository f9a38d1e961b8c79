-- The children of a unit in a period: each with one rate added up over its own units of a level, the dossiers behind
-- it, and how many of the expected units reported. Children without a figure stay in the list, with nulls.
SELECT child.unit_code, child.name, child.kind, child.level, child.level <> 'commune' AS has_children,
       count(DISTINCT member.member_code) AS expected, count(DISTINCT report.report_id) AS reported,
       count(rate.percent) AS units,
       sum(rate.numerator) FILTER (rate.percent IS NOT NULL) AS numerator,
       sum(rate.denominator) FILTER (rate.percent IS NOT NULL) AS denominator,
       100.0 * (sum(rate.numerator) FILTER (rate.percent IS NOT NULL))::DOUBLE
             / nullif(sum(rate.denominator) FILTER (rate.percent IS NOT NULL), 0)::DOUBLE AS percent
FROM unit AS child
JOIN member AS valid
  ON valid.unit_code = child.unit_code AND valid.member_code = child.unit_code AND valid.period = $period
LEFT JOIN member
  ON member.unit_code = child.unit_code AND member.period = $period AND member.level = $level
LEFT JOIN report_in_force AS report
  ON report.unit_code = member.member_code AND report.period = $period AND report.simulated = $simulated
LEFT JOIN own_rate AS rate
  ON rate.unit_code = member.member_code AND rate.period = $period
 AND rate.rate = $rate AND rate.definition = $definition AND rate.simulated = $simulated
WHERE coalesce(child.parent_code, 'VN') = $unit
GROUP BY child.unit_code, child.name, child.kind, child.level
ORDER BY child.name COLLATE vi, child.unit_code;
