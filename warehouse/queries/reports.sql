-- The reports in force of a unit and those in it for a period, those with the gravest findings first; units that
-- should have reported and did not come last, without a report.
SELECT unit.unit_code, unit.name, unit.level, parent.name AS parent_name,
       report.report_id, report.file_name, report.form, report.signed_on, report.as_of, report.document_number,
       period.window_start AS nominal_start, period.window_end AS nominal_end,
       (SELECT count(*) FROM observation WHERE observation.report_id = report.report_id) AS rows,
       (SELECT count(*) FROM observation WHERE observation.report_id = report.report_id AND NOT known_row) AS unmapped,
       count(finding.rule) FILTER (finding.severity = 'high') AS high,
       count(finding.rule) FILTER (finding.severity = 'medium') AS medium,
       count(finding.rule) FILTER (finding.severity = 'low') AS low
FROM member
JOIN period ON period.period = member.period
JOIN unit_in_period AS unit ON unit.unit_code = member.member_code AND unit.period = member.period
LEFT JOIN unit_in_period AS parent ON parent.unit_code = unit.parent_code AND parent.period = member.period
LEFT JOIN report_in_force AS report
  ON report.unit_code = member.member_code AND report.period = member.period AND report.simulated = $simulated
LEFT JOIN finding ON finding.report_id = report.report_id
WHERE member.boundary = $boundary AND member.unit_code = $unit AND member.period = $period
GROUP BY ALL
ORDER BY count(report.report_id) = 0, high DESC, medium DESC, low DESC, name COLLATE vi, unit_code;
