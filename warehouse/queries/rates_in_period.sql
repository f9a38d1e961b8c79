-- One rate of the units of a level in a period, under every definition. Of those numbered between two.
SELECT unit_no, definition, numerator, denominator, basis, problem
FROM shown_rate
WHERE boundary = $boundary AND rate = $rate AND level = $level AND period = $period AND simulated = $simulated
  AND unit_no BETWEEN $first AND $last
ORDER BY unit_no, definition;
