-- For each of the named reports the one in force for its unit and period, itself or another, and when both were signed: a day
-- after the loading is no such day, as where it is worked out who is in force.
WITH dated AS (
    SELECT report_id, unit_code, period, simulated, superseded_by, file_name,
           CASE WHEN signed_on <= CAST(loaded_at AS DATE) + INTERVAL 1 DAY THEN signed_on END AS signed_on
    FROM report
)
SELECT report.report_id, report.signed_on, held.report_id AS held_id, held.file_name AS held_by, held.signed_on AS held_signed_on
FROM dated AS report
JOIN dated AS held ON held.unit_code = report.unit_code AND held.period = report.period AND held.superseded_by IS NULL
WHERE list_contains($reports, report.report_id) AND held.simulated = report.simulated
ORDER BY report.report_id;
