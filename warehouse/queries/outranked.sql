-- Which of the named reports are not in force for another of their unit and period was signed later.
SELECT report.report_id, report.signed_on, later.file_name AS held_by, later.signed_on AS held_signed_on
FROM report
JOIN report AS later ON later.unit_code = report.unit_code AND later.period = report.period
WHERE list_contains($reports, report.report_id) AND report.superseded_by IS NOT NULL AND later.superseded_by IS NULL
  AND later.simulated = report.simulated AND later.signed_on > report.signed_on
ORDER BY report.report_id;
