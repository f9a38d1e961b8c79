-- How many rows `rows` has without its limit.
SELECT count(*) AS rows, count(DISTINCT report.report_id) AS reports
FROM report_in_force AS report
JOIN territory
  ON territory.member_code = report.unit_code AND territory.unit_code = $unit AND territory.boundary = $boundary
JOIN observation ON observation.report_id = report.report_id
LEFT JOIN indicator ON indicator.indicator = observation.indicator
WHERE (len($below) + len($alone) = 0 OR list_contains($alone, report.unit_code)
       OR report.unit_code IN (SELECT member_code FROM territory
                               WHERE boundary = $boundary AND list_contains($below, unit_code)))
  AND ($simulated IS NULL OR report.simulated = $simulated)
  AND (len($periods) = 0 OR list_contains($periods, report.period))
  AND (len($levels) = 0 OR list_contains($levels, observation.level))
  AND (len($themes) = 0 OR list_contains($themes, indicator.theme))
  AND (len($indicators) = 0 OR list_contains($indicators, observation.indicator))
  AND (len($statuses) = 0 OR list_contains($statuses, observation.status));
