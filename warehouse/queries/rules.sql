-- The checks: their severity and their names.
SELECT rule, severity, name_vi, name_en
FROM rule
ORDER BY array_position(['high', 'medium', 'low'], severity), rule;
