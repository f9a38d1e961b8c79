-- Each rate and definition added up over the units of a level in a unit, in every period.
SELECT rate, definition, period, units, numerator, denominator, estimated
FROM added_rate
WHERE boundary = $boundary AND unit_no = $unit_no AND level = $level AND simulated = $simulated AND units > 0
ORDER BY rate, definition, period;
