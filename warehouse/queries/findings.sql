-- The findings in the reports in force, the gravest first.
SELECT finding.severity, finding.rule, finding.message_vi, finding.message_en, finding.place,
       unit.name AS unit_name, report.unit_code, report.period, report.file_name, report.report_id, report.simulated
FROM finding
JOIN report_in_force AS report USING (report_id)
JOIN unit USING (unit_code)
WHERE (len($reports) = 0 OR list_contains($reports, report.report_id))
ORDER BY array_position(['high', 'medium', 'low'], finding.severity), unit.name COLLATE vi, report.period, finding.place;
