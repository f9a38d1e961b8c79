-- Whether a unit or those in it have real reports, simulated ones, or both; real ones first.
SELECT report.simulated, count(*) AS reports
FROM report_in_force AS report
JOIN territory ON territory.member_code = report.unit_code
WHERE territory.boundary = $boundary AND territory.unit_code = $unit AND ($boundary = 'then' OR report.level <> 'district')
GROUP BY report.simulated
ORDER BY report.simulated;
