-- Every rate in every period added up over the units of a level in each unit above them. `short` of the reports do not cover
-- the period.
SELECT unit_no, rate, definition, period, CAST(numerator AS DOUBLE) AS numerator, CAST(denominator AS DOUBLE) AS denominator,
       units, CASE WHEN estimated THEN 'estimated' ELSE 'sum' END AS basis, short, problem
FROM added_rate
WHERE boundary = $boundary AND level = $level AND simulated = $simulated
ORDER BY rate, unit_no, definition, period;
