-- The papers behind reports: number, date of signing, the day the figures end, the window of the period, and the file's hash.
SELECT report.report_id, report.document_number, report.signed_on, report.as_of, period.window_start, period.window_end,
       report.sha256
FROM report
JOIN period USING (period)
WHERE list_contains($reports, report.report_id)
ORDER BY report.report_id;
