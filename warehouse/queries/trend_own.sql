-- One rate of some units in every period, under every definition: their own, as printed or made of others.
SELECT unit_no, period, definition, numerator, denominator, given AS units, problem, basis, source_no
FROM unit_rate
WHERE boundary = $boundary AND level = $level AND rate = $rate AND simulated = $simulated
  AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($units))
ORDER BY unit_no, period, definition;
