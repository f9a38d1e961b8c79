-- The reports in force of some units, with what they say of their windows.
SELECT unit.unit_no AS source_no, report.period, report.report_id, report.file_name, report.window_start,
       report.window_end AS stated_end, report.as_of, report.signed_on
FROM report
JOIN unit ON unit.unit_code = report.unit_code
WHERE unit.unit_no IN (SELECT unnest($units)) AND report.superseded_by IS NULL
ORDER BY source_no, period;
