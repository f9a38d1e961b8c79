-- What `rate_figures` finds, before its page is cut; the columns of `figures_count`, a subject being `rate.definition`.
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
    FROM own_rate_of($reach_first, $reach_last)
    WHERE boundary = $boundary AND counting = $counting
    UNION ALL BY NAME
    SELECT rate.*, 'own' AS basis, false AS own
    FROM rate
    JOIN unit USING (unit_code)
    WHERE $others AND $boundary = 'then' AND $counting = 'printed' AND rate.level <> unit.level
),
found AS (
    SELECT figure.*, period.position AS period_position, rate_name.position AS subject_position,
           figure.rate || '.' || figure.definition AS subject
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
SELECT count(*) AS figures,
       count(DISTINCT (unit_code, simulated, level, CASE WHEN $layout <> 'periods' THEN period END,
                       CASE WHEN $layout <> 'indicators' THEN subject END)) AS rows,
       count(DISTINCT unit_code) AS units, count(DISTINCT report_id) AS reports,
       list_transform(list_sort(coalesce(list(DISTINCT {'position': period_position, 'code': period}), [])),
                      lambda one: one.code) AS periods,
       list_transform(list_sort(coalesce(list(DISTINCT {'position': subject_position, 'code': subject}), [])),
                      lambda one: one.code) AS subjects
FROM found;
