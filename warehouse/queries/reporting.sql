-- Which units of a level have reports for a period, how much of it they leave out, and the earliest day on which one ends.
-- Of those numbered between two.
SELECT unit_no, reported, data_end, days_missing, short
FROM reporting
WHERE boundary = $boundary AND period = $period AND level = $level AND simulated = $simulated
  AND unit_no BETWEEN $first AND $last
ORDER BY unit_no;
