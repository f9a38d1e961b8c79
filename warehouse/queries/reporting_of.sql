-- In which periods units of a level in each unit have reports, and how many of them do not cover it.
SELECT unit_no, period, reported, short
FROM reporting
WHERE boundary = $boundary AND level = $level AND simulated = $simulated
  AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($units))
ORDER BY unit_no, period;
