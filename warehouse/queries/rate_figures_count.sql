-- What `rate_figures` finds, before its page is cut; the columns of `figures_count`, an indicator being `rate.definition`.
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
    FROM own_rate_of($reach_first, $reach_last)
    WHERE boundary = $boundary AND counting = $counting
    UNION ALL BY NAME
    SELECT rate.* EXCLUDE (valid_from, form), 'own' AS basis, false AS own
    FROM printed_rate_of($reach_first, $reach_last) AS rate
    JOIN unit USING (unit_no)
    WHERE $others AND $boundary = 'then' AND $counting = 'printed' AND rate.level <> unit.level
),
found AS (
    SELECT figure.*, unit_position, figure.rate || '.' || figure.definition AS subject,
           CASE $layout WHEN 'periods' THEN period.position WHEN 'indicators' THEN rate_name.position END AS head_position,
           CASE $layout WHEN 'periods' THEN period.period
                        WHEN 'indicators' THEN figure.rate || '.' || figure.definition END AS head
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
SELECT unit_code, head, count(*) AS figures,
       CASE WHEN $layout = 'long' THEN count(*)
            ELSE count(DISTINCT CASE $layout WHEN 'periods' THEN (simulated, level, subject)
                                             WHEN 'indicators' THEN (simulated, level, period) END) END AS rows,
       count(DISTINCT CASE WHEN report_id IS NOT NULL THEN period END) AS reports
FROM found
GROUP BY GROUPING SETS ((unit_position, unit_code), (head_position, head))
ORDER BY unit_position, head_position;
