-- What was counted by a day cannot have been signed before it.
SELECT 'counted_after_signing' AS rule, report_id, 'report' AS place, as_of AS cut_off, signed_on AS nominal_end
FROM report
JOIN touched USING (unit_code, period)
WHERE superseded_by IS NULL AND as_of > signed_on
ORDER BY report_id;
