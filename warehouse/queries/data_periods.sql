-- The periods for which a unit or one of those in it has reported, newest first.
SELECT period.period, period.span, period.year, period.window_start, period.window_end,
       count(*) AS reports
FROM report_in_force AS report
JOIN territory ON territory.member_code = report.unit_code
JOIN period USING (period)
WHERE territory.boundary = $boundary AND territory.unit_code = $unit AND report.simulated = $simulated
  AND ($boundary = 'then' OR report.level <> 'district')
GROUP BY ALL
ORDER BY period.window_end DESC, reports DESC, any_value(period.position) DESC;
