-- Every fact of a unit's own work in a period and the year before, on the map of the period.
SELECT fact.period, fact.indicator, fact.value, fact.status, 'own' AS basis, NULL::TEXT AS problem, report.report_id,
       coalesce(fact.place, fact.indicator::TEXT) AS place
FROM fact_by_unit AS fact
JOIN report ON report.unit_code = $unit AND report.period = fact.period AND report.superseded_by IS NULL
WHERE fact.unit_no = $unit_no AND fact.level = $level AND fact.period IN ($period, $year_before)
  AND fact.simulated = $simulated
ORDER BY indicator, period;
