-- One rate of all units of a level in a period, under every definition.
SELECT unit_no, definition, numerator, denominator, basis, problem
FROM shown_rate
WHERE boundary = $boundary AND rate = $rate AND level = $level AND period = $period AND simulated = $simulated
ORDER BY unit_no, definition;
