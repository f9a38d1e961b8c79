-- The figures in force, one a unit, level, period and indicator, with the row each comes from. `line` counts what stands
-- on one line: a figure, or what a layout with periods or indicators as columns puts side by side; a page is cut by it.
-- `own` tells the unit's own work from what its report prints for the tiers below, which is left out unless $others.
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
    FROM own_fact
    WHERE boundary = 'then' AND counting = 'printed'
    UNION ALL BY NAME
    SELECT fact.*, false AS own
    FROM fact
    JOIN unit USING (unit_code)
    WHERE $others AND fact.level <> unit.level
),
found AS (
    SELECT figure.*, unit_position, indicator.theme, indicator.name_vi, indicator.name_en, indicator.measure,
           dense_rank() OVER (
               ORDER BY unit_position, figure.simulated,
                        array_position(['province', 'district', 'commune'], figure.level),
                        CASE WHEN $layout <> 'periods' THEN period.position END,
                        CASE WHEN $layout <> 'indicators' THEN indicator.position END
           ) AS line
    FROM figure
    JOIN chosen USING (unit_code)
    JOIN period USING (period)
    JOIN indicator USING (indicator)
    WHERE ($simulated IS NULL OR figure.simulated = $simulated)
      AND (len($periods) = 0 OR list_contains($periods, figure.period))
      AND (len($levels) = 0 OR list_contains($levels, figure.level))
      AND (len($themes) = 0 OR list_contains($themes, indicator.theme))
      AND (len($indicators) = 0 OR list_contains($indicators, figure.indicator))
      AND (len($statuses) = 0 OR list_contains($statuses, figure.status))
)
SELECT unit.name AS unit_name, province.name AS province_name, found.unit_code, found.level, found.period, found.theme,
       found.indicator, found.name_vi, found.name_en, found.measure, found.value::DOUBLE AS value, found.status,
       found.own, found.place, report.form, report.file_name, found.report_id, found.simulated, found.line
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
JOIN indicator ON indicator.indicator = found.indicator
WHERE found.line > $offset AND found.line <= $offset + $limit
ORDER BY found.line, period.position, indicator.position;
