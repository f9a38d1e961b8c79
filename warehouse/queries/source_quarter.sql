-- The two cumulative figures of a unit whose difference a quarter's figure is, the later one first, each with its report.
-- `<> ''` leaves the half that is not asked for out of the plan.
WITH figure AS (
    SELECT period, numerator, denominator, percent AS value, report_id
    FROM rate
    WHERE unit_code = $unit AND level = $level
      AND $rate <> '' AND rate = $rate AND definition = $definition AND simulated = $simulated
    UNION ALL BY NAME
    SELECT period, value, report_id
    FROM fact
    WHERE unit_code = $unit AND level = $level AND $indicator <> '' AND indicator = $indicator AND simulated = $simulated
)
SELECT side.period, figure.numerator::DOUBLE AS numerator, figure.denominator::DOUBLE AS denominator,
       figure.value::DOUBLE AS value, report.file_name, report.report_id
FROM quarter
JOIN period AS side ON side.period IN (quarter.until_period, quarter.since_period)
LEFT JOIN figure ON figure.period = side.period
LEFT JOIN report USING (report_id)
WHERE quarter.period = $period
ORDER BY side.window_end DESC;
