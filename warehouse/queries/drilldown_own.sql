-- One rate under one definition of some units in a period: their own, as printed or made of others.
SELECT unit_no, numerator, denominator, basis, problem, given
FROM shown_rate
WHERE boundary = $boundary AND level = $level AND rate = $rate AND definition = $definition AND period = $period
  AND simulated = $simulated AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($units))
ORDER BY unit_no;
