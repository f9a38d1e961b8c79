-- The earliest day on which the figures of each unit of a level end in a period, of those who say it.
SELECT unit_no, data_end
FROM reporting
WHERE boundary = $boundary AND period = $period AND level = $level AND simulated = $simulated AND data_end IS NOT NULL
ORDER BY unit_no;
