-- Figures that stop before the period does: the date they run to, else the date of signing, and single rows whose note
-- names fewer months than the period has.
WITH reports AS (
    SELECT report.*, period.window_end AS nominal_end,
           CASE span WHEN '6M' THEN 6 WHEN '9M' THEN 9 WHEN '12M' THEN 12 END AS months
    FROM report
    JOIN touched USING (unit_code, period)
    JOIN period USING (period)
    WHERE superseded_by IS NULL
)
SELECT 'window_short' AS rule, report_id, 'report' AS place,
       coalesce(as_of, signed_on) AS cut_off, nominal_end, NULL AS subject, NULL AS printed
FROM reports
WHERE coalesce(as_of, signed_on) < nominal_end - INTERVAL 7 DAY  -- a few days early is the custom
UNION ALL
SELECT 'row_window_short', report_id, observation.annex || ', ' || observation.place, NULL, nominal_end,
       observation.label, observation.note
FROM reports
JOIN observation USING (report_id)
WHERE observation.source = 'annex'
  AND try_cast(regexp_extract(observation.note, '(\d{1,2}) tháng', 1) AS INTEGER) < months
ORDER BY report_id, place;
