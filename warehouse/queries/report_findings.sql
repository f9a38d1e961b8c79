-- The findings in one report, in force or not, the gravest first, each with the values it compared.
SELECT severity, rule, place, message_vi, message_en, level, compared
FROM tiered_finding
WHERE report_id = $report
ORDER BY array_position(['high', 'medium', 'low'], severity), place, message_vi COLLATE vi;
