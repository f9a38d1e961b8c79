-- Figures that stop before the period does: the date they run to, else the date of signing. Rows and annexes that say so
-- themselves are remarked when the document is read.
SELECT 'window_short' AS rule, report_id, 'report' AS place, coalesce(as_of, signed_on) AS cut_off, period.window_end AS nominal_end
FROM report
JOIN touched USING (unit_code, period)
JOIN period USING (period)
WHERE superseded_by IS NULL
  AND coalesce(as_of, signed_on) < period.window_end - INTERVAL 7 DAY  -- a few days early is the custom
UNION ALL
-- What was counted by a day cannot have been signed before it.
SELECT 'counted_after_signing', report_id, 'report', as_of, signed_on
FROM report
JOIN touched USING (unit_code, period)
WHERE superseded_by IS NULL AND as_of > signed_on
ORDER BY report_id, rule, place;
