-- The number of every unit; the country's is 0.
SELECT unit_no, unit_code, level FROM unit
UNION ALL
SELECT 0, 'VN', NULL
ORDER BY unit_no;
