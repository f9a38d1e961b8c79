-- Days of signing that cannot be, or hardly: before what was counted, before the period began, or long after it was over.
-- One before the period says nothing of how far the figures run; the window of such a report is not judged by it.
WITH signed AS (
    SELECT report_id, as_of, signed_on, period.window_start, period.window_end
    FROM report
    JOIN touched USING (unit_code, period)
    JOIN period USING (period)
    WHERE superseded_by IS NULL AND signed_on IS NOT NULL
)
SELECT 'counted_after_signing' AS rule, report_id, 'report' AS place, as_of AS cut_off, signed_on AS nominal_end, NULL AS signed
FROM signed
WHERE as_of > signed_on AND signed_on >= window_start
UNION ALL
SELECT 'signed_before_period', report_id, 'report', window_start, window_end, signed_on
FROM signed
WHERE signed_on < window_start
UNION ALL
SELECT 'signed_late', report_id, 'report', window_start, window_end, signed_on
FROM signed
WHERE signed_on > window_end + INTERVAL 6 MONTH
ORDER BY report_id, rule;
