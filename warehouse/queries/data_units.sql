-- The provinces with reports, the most reports first.
WITH found AS (
    SELECT unit.unit_code, unit.name, count(*) AS reports, count(*) FILTER (report.simulated) AS simulated
    FROM report_in_force AS report
    JOIN unit_ancestor USING (unit_code)
    JOIN unit ON unit.unit_code = unit_ancestor.ancestor_code AND unit.level = 'province'
    GROUP BY ALL
)
FROM found
ORDER BY reports DESC, name COLLATE vi;
