-- Reports whose stated window is short of their period. Rows and annexes that say so themselves are remarked when the
-- document is read.
SELECT 'window_short' AS rule, report_id, 'report' AS place,
       greatest(coalesce(data_start, nominal_start), nominal_start) AS data_start,
       least(coalesce(data_end, nominal_end), nominal_end) AS data_end, nominal_start, nominal_end, days_missing
FROM covered_window
JOIN report USING (report_id)
SEMI JOIN touched ON touched.unit_code = report.unit_code AND touched.period = report.period
WHERE short AND superseded_by IS NULL
ORDER BY report_id;
