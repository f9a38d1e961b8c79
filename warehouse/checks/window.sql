-- Figures that do not cover their period: reports whose stated window is short of it, and single rows whose note names
-- fewer months than the period has.
WITH reports AS (
    SELECT report.report_id,
           CASE span WHEN '6M' THEN 6 WHEN '9M' THEN 9 WHEN '12M' THEN 12 END AS months
    FROM report
    JOIN touched USING (unit_code, period)
    JOIN period USING (period)
    WHERE superseded_by IS NULL
)
SELECT 'window_short' AS rule, report_id, 'report' AS place,
       greatest(coalesce(data_start, nominal_start), nominal_start) AS data_start,
       least(coalesce(data_end, nominal_end), nominal_end) AS data_end,
       nominal_start, nominal_end, days_missing, NULL AS subject, NULL AS printed
FROM reports
JOIN covered_window USING (report_id)
WHERE short
UNION ALL
SELECT 'row_window_short', report_id, observation.annex || ', ' || observation.place, NULL, NULL, NULL, NULL, NULL,
       observation.label, observation.note
FROM reports
JOIN observation USING (report_id)
WHERE observation.source = 'annex'
  AND try_cast(regexp_extract(observation.note, '(\d{1,2}) tháng', 1) AS INTEGER) < months
ORDER BY report_id, place;
