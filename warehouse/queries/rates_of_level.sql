-- One rate under one definition of all units of a level in every period: as printed, or carried to a map.
SELECT period, unit_no, CAST(numerator AS DOUBLE) AS numerator, CAST(denominator AS DOUBLE) AS denominator,
       CAST(stated_percent AS DOUBLE) AS stated_percent, basis, problem, given, source_no
FROM shown_rate
WHERE boundary = $boundary AND rate = $rate AND definition = $definition AND level = $level AND simulated = $simulated
ORDER BY period, unit_no;
