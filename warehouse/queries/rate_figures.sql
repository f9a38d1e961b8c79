-- The rates in force, one a unit, level, period, rate and definition, each from the unit's own report; `line` and `own` as
-- in `figures`. A rate that could not be computed is there with a null percentage.
WITH chosen AS (
    SELECT unit.unit_code, row_number() OVER (ORDER BY unit.name COLLATE vi, unit.unit_code) AS unit_position
    FROM territory
    JOIN unit ON unit.unit_code = territory.member_code
    WHERE territory.boundary = 'then' AND territory.unit_code = $unit
      AND (len($below) + len($alone) = 0 OR list_contains($alone, unit.unit_code)
           OR unit.unit_code IN (SELECT member_code FROM territory WHERE boundary = 'then' AND list_contains($below, unit_code)))
),
figure AS (
    SELECT *, true AS own
    FROM own_rate
    WHERE boundary = 'then' AND counting = 'printed'
    UNION ALL BY NAME
    SELECT rate.*, false AS own
    FROM rate
    JOIN unit USING (unit_code)
    WHERE $others AND rate.level <> unit.level
),
found AS (
    SELECT figure.*, unit_position, rate_name.name_vi, rate_name.name_en,
           rate_name.position AS name_position,
           dense_rank() OVER (
               ORDER BY unit_position, figure.simulated,
                        array_position(['province', 'district', 'commune'], figure.level),
                        CASE WHEN $layout <> 'periods' THEN period.position END,
                        CASE WHEN $layout <> 'indicators' THEN rate_name.position END
           ) AS line
    FROM figure
    JOIN chosen USING (unit_code)
    JOIN period USING (period)
    JOIN rate_name USING (rate, definition)
    WHERE ($simulated IS NULL OR figure.simulated = $simulated)
      AND (len($periods) = 0 OR list_contains($periods, figure.period))
      AND (len($levels) = 0 OR list_contains($levels, figure.level))
      AND (len($rates) = 0 OR list_contains($rates, figure.rate))
      AND (len($definitions) = 0 OR list_contains($definitions, figure.definition))
)
SELECT unit.name AS unit_name, province.name AS province_name, found.unit_code, found.level, found.period,
       found.rate, found.definition, rate_name.name_vi AS rate_vi, rate_name.name_en AS rate_en, found.name_vi, found.name_en,
       found.numerator::DOUBLE AS numerator, found.denominator::DOUBLE AS denominator, found.percent,
       found.stated_percent::DOUBLE AS stated_percent,
       found.own, report.form, report.file_name, found.report_id, found.simulated, found.line
FROM found
JOIN unit_in_period AS unit USING (unit_code, period)
JOIN report ON report.report_id = found.report_id
LEFT JOIN (
    SELECT territory.member_code, unit.period, unit.name
    FROM territory
    JOIN unit_in_period AS unit ON unit.unit_code = territory.unit_code AND unit.level = 'province'
    WHERE territory.boundary = 'then'
) AS province ON province.member_code = found.unit_code AND province.period = found.period
JOIN period ON period.period = found.period
JOIN rate_name ON rate_name.rate = found.rate AND rate_name.definition IS NULL
WHERE found.line > $offset AND found.line <= $offset + $limit
ORDER BY found.line, period.position, found.name_position;
