-- Each rate and definition of a unit in a period and the year before: added up over the units of a level in it, or its own
-- where it is of that level itself (which a union without one of its parts has not).
SELECT rate, definition, period, units, numerator, denominator, estimated
FROM added_rate
WHERE boundary = $boundary AND unit_no = $unit_no AND level = $level AND period IN ($period, $year_before)
  AND simulated = $simulated AND units > 0
UNION ALL
SELECT rate, definition, period, given, numerator, denominator, basis = 'estimated'
FROM unit_rate
WHERE boundary = $boundary AND unit_no = $unit_no AND level = $level AND period IN ($period, $year_before)
  AND simulated = $simulated AND numerator IS NOT NULL AND denominator > 0
  AND EXISTS (SELECT 1 FROM unit WHERE unit_no = $unit_no AND level = $level)
ORDER BY rate, definition, period;
