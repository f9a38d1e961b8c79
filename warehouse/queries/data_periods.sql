-- The periods for which a unit or one of its descendants has reported, newest first.
SELECT period.period, period.span, period.year, period.window_start, period.window_end,
       count(*) AS reports
FROM report_in_force AS report
JOIN unit_ancestor USING (unit_code)
JOIN period USING (period)
WHERE unit_ancestor.ancestor_code = $unit AND report.simulated = $simulated
GROUP BY ALL
ORDER BY period.window_end DESC, reports DESC, any_value(period.position) DESC;
