-- One rate under one definition in a period, added up over the units of a level in each of some units.
SELECT unit_no, numerator, denominator, units, estimated
FROM added_rate
WHERE boundary = $boundary AND level = $level AND rate = $rate AND definition = $definition AND period = $period
  AND simulated = $simulated AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($units))
ORDER BY unit_no;
