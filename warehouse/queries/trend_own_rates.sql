-- One rate of some units in every period, under every definition: their own, quarter by quarter.
SELECT unit_no, period, definition, numerator, denominator, given AS units, problem, basis, report_id
FROM own_rate_of($reach_first, $reach_last)
WHERE boundary = $boundary AND counting = $counting AND level = $level AND rate = $rate AND simulated = $simulated
  AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($units))
ORDER BY unit_no, period, definition;
