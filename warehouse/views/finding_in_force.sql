-- The findings in the reports that count, with whose they are; `position` puts the gravest first.
CREATE OR REPLACE VIEW finding_in_force AS
SELECT finding.severity, finding.rule, finding.message_vi, finding.message_en, finding.place,
       unit.name AS unit_name, report.unit_code, report.period, report.file_name, report.report_id, report.simulated,
       finding.level,
       array_position(['high', 'medium', 'low'], finding.severity) AS position
FROM tiered_finding AS finding
JOIN report USING (report_id)
JOIN unit USING (unit_code)
WHERE report.superseded_by IS NULL;
