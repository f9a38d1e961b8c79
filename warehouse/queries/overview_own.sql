-- Each rate and definition of one unit's own in every period; a union without one of its parts has none.
SELECT rate, definition, period, given AS units, CAST(numerator AS DOUBLE) AS numerator, CAST(denominator AS DOUBLE) AS denominator, basis
FROM unit_rate
WHERE boundary = $boundary AND unit_no = $unit_no AND level = $level AND simulated = $simulated
  AND numerator IS NOT NULL AND denominator > 0
ORDER BY rate, definition, period;
