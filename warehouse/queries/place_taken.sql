-- For each of the named reports the one in force for its unit and period, itself or another, and when both were signed.
SELECT report.report_id, report.signed_on, held.file_name AS held_by, held.signed_on AS held_signed_on
FROM report
JOIN report AS held ON held.unit_code = report.unit_code AND held.period = report.period AND held.superseded_by IS NULL
WHERE list_contains($reports, report.report_id) AND held.simulated = report.simulated
ORDER BY report.report_id;
