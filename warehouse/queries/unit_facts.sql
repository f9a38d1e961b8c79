-- Every fact of a unit's own work in a period and the year before, on the map of the period.
SELECT period, indicator, value, status, 'own' AS basis, NULL::TEXT AS problem
FROM fact_by_unit
WHERE unit_no = $unit_no AND level = $level AND period IN ($period, $year_before) AND simulated = $simulated
ORDER BY indicator, period;
