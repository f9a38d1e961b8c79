-- Every report of a unit, superseded ones too, the newest first, with its window as stated and what was found in it; on today's
-- map also those of the units it was made of. A superseded one is no longer checked: what was found in it is not known.
WITH its AS MATERIALIZED (
    SELECT *
    FROM report
    WHERE simulated = $simulated
      AND unit_code IN (SELECT $unit UNION SELECT member_code FROM heritage WHERE boundary = $boundary AND unit_code = $unit)
)
SELECT report.report_id, report.unit_code, unit.name AS unit_name, report.period, report.file_name,
       form.name_vi AS form_vi, form.name_en AS form_en, report.document_number, report.signed_on, report.as_of,
       report.window_start, report.window_end, period.window_start AS nominal_start, period.window_end AS nominal_end,
       report.superseded_by, report.simulated, report.loaded_at,
       CASE WHEN count(report.superseded_by) = 0 THEN count(finding.rule) FILTER (finding.severity = 'high') END AS high,
       CASE WHEN count(report.superseded_by) = 0 THEN count(finding.rule) FILTER (finding.severity = 'medium') END AS medium,
       CASE WHEN count(report.superseded_by) = 0 THEN count(finding.rule) FILTER (finding.severity = 'low') END AS low
FROM its AS report
JOIN period ON period.period = report.period
JOIN unit_in_period AS unit ON unit.unit_code = report.unit_code AND unit.period = report.period
LEFT JOIN form ON form.form = report.form
LEFT JOIN finding ON finding.report_id = report.report_id
GROUP BY ALL
ORDER BY nominal_end DESC, report.period, unit_name COLLATE vi, report.loaded_at DESC, report.report_id;
