-- The levels of the units that have reported under a unit in a period.
SELECT report.level, count(*) AS reports
FROM report_in_force AS report
JOIN unit_ancestor USING (unit_code)
WHERE unit_ancestor.ancestor_code = $unit AND report.period = $period AND report.simulated = $simulated
GROUP BY report.level
ORDER BY array_position(['province', 'district', 'commune'], report.level);
