-- The figures in force, one a unit, level, period and indicator, with the row each comes from. `line` counts what stands
-- on one line: a figure, or what a layout with periods or indicators as columns puts side by side; a page is cut by it.
-- `own` tells the unit's own work from what its report prints for the tiers below, which is left out unless $others.
WITH chosen AS (
    SELECT unit.unit_code, row_number() OVER (ORDER BY unit.name COLLATE vi, unit.unit_code) AS unit_position
    FROM territory
    JOIN unit ON unit.unit_code = territory.member_code
    WHERE territory.boundary = $boundary AND territory.unit_code = $unit
      AND (len($below) + len($alone) = 0 OR list_contains($alone, unit.unit_code)
           OR unit.unit_code IN (SELECT member_code FROM territory WHERE boundary = $boundary AND list_contains($below, unit_code)))
),
figure AS (
    SELECT *, true AS own
    FROM own_fact_of($reach_first, $reach_last)
    WHERE boundary = $boundary AND counting = $counting
    UNION ALL BY NAME
    SELECT fact.* EXCLUDE (valid_from, form), 'own' AS basis, false AS own
    FROM printed_fact_of($reach_first, $reach_last) AS fact
    JOIN unit USING (unit_no)
    WHERE $others AND $boundary = 'then' AND $counting = 'printed' AND fact.level <> unit.level
),
found AS MATERIALIZED (
    SELECT figure.*, period.position AS period_position, indicator.position AS subject_position,
           ((unit_position * 2 + figure.simulated::INTEGER) * 3 + array_position(['province', 'district', 'commune'], figure.level))
           * 100_000_000 + CASE WHEN $layout <> 'periods' THEN period.position * 10_000 ELSE 0 END
           + CASE WHEN $layout <> 'indicators' THEN indicator.position ELSE 0 END AS line_key
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
),
line AS (
    SELECT line_key, $offset + row_number() OVER (ORDER BY line_key) AS line
    FROM (SELECT DISTINCT line_key FROM found ORDER BY line_key LIMIT $limit OFFSET $offset)
),
province AS (
    SELECT territory.member_code AS unit_code, unit.unit_code AS province_code, unit.name
    FROM territory
    JOIN unit ON unit.unit_code = territory.unit_code AND unit.level = 'province'
    WHERE territory.boundary = $boundary AND territory.weight = 1
)
SELECT coalesce(unit_name.name, unit.name) AS unit_name, coalesce(province_name.name, province.name) AS province_name,
       found.unit_code, found.level, found.period, indicator.theme, found.indicator,
       indicator.name_vi, indicator.name_en, indicator.measure, found.value::DOUBLE AS value, found.status,
       found.own, found.basis, found.problem,
       found.place, report.form, report.file_name, found.report_id, found.simulated, line.line
FROM found
JOIN line USING (line_key)
JOIN unit USING (unit_code)
JOIN period USING (period)
JOIN indicator ON indicator.indicator = found.indicator
LEFT JOIN report ON report.report_id = found.report_id
LEFT JOIN province USING (unit_code)
LEFT JOIN unit_name
  ON $boundary = 'then' AND unit_name.unit_code = found.unit_code AND period.window_end < unit_name.valid_to
 AND (unit_name.valid_from IS NULL OR unit_name.valid_from <= period.window_end)
LEFT JOIN unit_name AS province_name
  ON $boundary = 'then' AND province_name.unit_code = province.province_code AND period.window_end < province_name.valid_to
 AND (province_name.valid_from IS NULL OR province_name.valid_from <= period.window_end)
ORDER BY line.line, found.period_position, found.subject_position;
