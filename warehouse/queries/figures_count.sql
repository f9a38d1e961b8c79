-- What `figures` finds, before its page is cut: figures and lines of the layout, units and reports; and the periods and
-- indicators, in order, that become columns of a wide layout.
WITH chosen AS (
    SELECT unit.unit_code
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
    SELECT fact.*, 'own' AS basis, false AS own
    FROM fact
    JOIN unit USING (unit_code)
    WHERE $others AND $boundary = 'then' AND $counting = 'printed' AND fact.level <> unit.level
),
found AS (
    SELECT figure.*, period.position AS period_position, indicator.position AS indicator_position
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
SELECT count(*) AS figures,
       count(DISTINCT (unit_code, simulated, level, CASE WHEN $layout <> 'periods' THEN period END,
                       CASE WHEN $layout <> 'indicators' THEN indicator END)) AS rows,
       count(DISTINCT unit_code) AS units, count(DISTINCT report_id) AS reports,
       list_transform(list_sort(coalesce(list(DISTINCT {'position': period_position, 'code': period}), [])),
                      lambda one: one.code) AS periods,
       list_transform(list_sort(coalesce(list(DISTINCT {'position': indicator_position, 'code': indicator}), [])),
                      lambda one: one.code) AS subjects
FROM found;
