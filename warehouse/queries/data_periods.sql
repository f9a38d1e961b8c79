-- The periods for which a unit or those in it have reports, real and simulated ones apart, the newest first.
SELECT report.simulated, period.period, period.span, period.year, period.window_start, period.window_end,
       count(*) AS reports
FROM report_in_force AS report
JOIN territory ON territory.member_code = report.unit_code
JOIN period ON period.period = report.period
WHERE territory.boundary = $boundary AND territory.unit_code = $unit AND ($boundary = 'then' OR report.level <> 'district')
GROUP BY report.simulated, period.period, period.span, period.year, period.window_start, period.window_end, period.position
ORDER BY report.simulated, period.window_end DESC, reports DESC, period.position DESC;
