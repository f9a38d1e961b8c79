-- The facts in force as text, for the comparison of two versions to the last digit.
SELECT unit_code, level, period, indicator, value::TEXT AS value, status, report_id
FROM fact
WHERE report_id NOT IN (SELECT report_id FROM report WHERE simulated)
ORDER BY ALL
