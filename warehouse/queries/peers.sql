-- Every rate of some units in a period and the year before: their own at the counted level, else added up over the units of
-- that level in them, of which `units` have a figure.
SELECT unit_no, period, rate, definition, numerator, denominator, 1 AS units, basis, problem
FROM unit_rate
WHERE NOT $sums AND boundary = $boundary AND level = $level AND simulated = $simulated
  AND period IN ($period, $year_before) AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($units))
UNION ALL
SELECT unit_no, period, rate, definition, numerator, denominator, units,
       CASE WHEN estimated THEN 'estimated' ELSE 'sum' END, problem
FROM added_rate
WHERE $sums AND boundary = $boundary AND level = $level AND simulated = $simulated AND units > 0
  AND period IN ($period, $year_before) AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($units))
ORDER BY unit_no, rate, definition, period;
