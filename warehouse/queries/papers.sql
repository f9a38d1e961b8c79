-- The papers behind reports: whose and of which period they are, number, date of signing, the day the figures end, the window
-- of the period, and the file's hash.
SELECT report.report_id, named.name AS unit_name, report.unit_code, report.period, report.document_number, report.signed_on,
       report.as_of, period.window_start, period.window_end, report.sha256
FROM report
JOIN period ON period.period = report.period
JOIN unit_in_period AS named ON named.unit_code = report.unit_code AND named.period = report.period
WHERE list_contains($reports, report.report_id)
ORDER BY report.report_id;
