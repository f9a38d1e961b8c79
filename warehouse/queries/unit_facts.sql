-- Every fact of a unit's own work in a period and the year before, on the map of the period, in no order.
SELECT period, indicator, value, status
FROM fact_by_unit
WHERE unit_no = $unit_no AND level = $level AND period IN ($period, $year_before) AND simulated = $simulated;
