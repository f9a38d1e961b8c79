-- Every fact of a unit's own work in a period and the year before, on a map of today.
SELECT period, indicator, value, status, basis, problem
FROM own_fact_of($reach_first, $reach_last)
WHERE boundary = $boundary AND counting = 'printed' AND unit_code = $unit AND period IN ($period, $year_before)
  AND simulated = $simulated
ORDER BY indicator, period;
