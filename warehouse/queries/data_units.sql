-- The provinces with reports on a boundary's map, those with the most real reports first, then by all reports.
WITH found AS (
    SELECT unit.unit_code, unit.name, count(*) AS reports, count(*) FILTER (report.simulated) AS simulated
    FROM report_in_force AS report
    JOIN territory ON territory.member_code = report.unit_code AND territory.boundary = $boundary
    JOIN unit ON unit.unit_code = territory.unit_code AND unit.level = 'province'
    GROUP BY ALL
)
FROM found
ORDER BY reports - simulated DESC, reports DESC, name COLLATE vi;
