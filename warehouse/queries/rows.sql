-- Every printed row of the reports in force, with its source; filtered, never changed. A report's annexes come first, in the
-- order it prints them, then its running text. `period` is the report's, `column_period` that of the column the figure
-- stands in.
SELECT unit.name AS unit_name, province.province_name, report.unit_code, observation.level, report.period,
       indicator.theme, observation.indicator, observation.source, observation.annex, observation.row_no, observation.code,
       observation.label, observation.parent_label, observation.column_label, observation.column_period,
       observation.unit_of_measure, observation.raw_value,
       observation.value::DOUBLE AS value, observation.status, observation.note,
       report.form, report.file_name, observation.place, report.report_id, report.simulated
FROM report_in_force AS report
JOIN territory
  ON territory.member_code = report.unit_code AND territory.unit_code = $unit AND territory.boundary = $boundary
JOIN unit ON unit.unit_code = report.unit_code
JOIN period ON period.period = report.period
JOIN observation ON observation.report_id = report.report_id
LEFT JOIN indicator ON indicator.indicator = observation.indicator
LEFT JOIN (
    SELECT territory.member_code, unit.period, unit.name AS province_name
    FROM territory
    JOIN unit_in_period AS unit ON unit.unit_code = territory.unit_code AND unit.level = 'province'
    WHERE territory.boundary = 'then'
) AS province ON province.member_code = report.unit_code AND province.period = report.period
WHERE (len($below) + len($alone) = 0 OR list_contains($alone, report.unit_code)
       OR report.unit_code IN (SELECT member_code FROM territory
                               WHERE boundary = $boundary AND list_contains($below, unit_code)))
  AND ($simulated IS NULL OR report.simulated = $simulated)
  AND (len($periods) = 0 OR list_contains($periods, report.period))
  AND (len($levels) = 0 OR list_contains($levels, observation.level))
  AND (len($themes) = 0 OR list_contains($themes, indicator.theme))
  AND (len($indicators) = 0 OR list_contains($indicators, observation.indicator))
  AND (len($statuses) = 0 OR list_contains($statuses, observation.status))
ORDER BY unit.name COLLATE vi, report.unit_code, period.position, report.report_id, observation.source, observation.rowid
LIMIT $limit OFFSET $offset;
