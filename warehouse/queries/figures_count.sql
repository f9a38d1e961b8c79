-- What `figures` finds, before its page is cut: figures, lines of the layout and reports of each unit, in order, and of each
-- period or indicator that becomes a column (`head`) of a wide layout.
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
found AS (
    SELECT figure.*, unit_position, CASE $layout WHEN 'periods' THEN period.position WHEN 'indicators' THEN indicator.position END AS head_position,
           CASE $layout WHEN 'periods' THEN period.period WHEN 'indicators' THEN indicator.indicator END AS head
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
SELECT unit_code, head, count(*) AS figures,
       CASE WHEN $layout = 'long' THEN count(*)
            ELSE count(DISTINCT CASE $layout WHEN 'periods' THEN (simulated, level, indicator)
                                             WHEN 'indicators' THEN (simulated, level, period) END) END AS rows,
       count(DISTINCT CASE WHEN report_id IS NOT NULL THEN period END) AS reports
FROM found
GROUP BY GROUPING SETS ((unit_position, unit_code), (head_position, head))
ORDER BY unit_position, head_position;
