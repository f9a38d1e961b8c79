-- Which units have reports from units of a level in them, themselves among these, and for which periods: how many, how many
-- of them do not cover it (`short`), how many days they leave out at most, and the earliest day on which one ends.
SELECT level, period, unit_no, reported, data_end, days_missing, short
FROM reporting
WHERE boundary = $boundary AND simulated = $simulated
ORDER BY level, period, unit_no;
