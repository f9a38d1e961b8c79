-- The provinces with reports, the most reports first.
SELECT unit.unit_code, unit.name, count(*) AS reports, count(*) FILTER (report.simulated) AS simulated
FROM report_in_force AS report
JOIN unit_ancestor USING (unit_code)
JOIN unit ON unit.unit_code = unit_ancestor.ancestor_code AND unit.level = 'province'
GROUP BY ALL
ORDER BY reports DESC, unit.name COLLATE vi;
