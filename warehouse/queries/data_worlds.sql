-- Whether a unit or its descendants have real reports, simulated ones, or both; real ones first.
SELECT report.simulated, count(*) AS reports
FROM report_in_force AS report
JOIN unit_ancestor USING (unit_code)
WHERE unit_ancestor.ancestor_code = $unit
GROUP BY report.simulated
ORDER BY report.simulated;
