-- The reports behind figures that are carried to today's map from several units: a row for each such figure and unit with a
-- report of its own, with where an indicator stands in it. Of a rate, `place` is null: its rows are those of its terms.
WITH part AS (
    SELECT unit_code, level, period, indicator, NULL AS rate, NULL AS definition, simulated, report_id, place
    FROM counted_fact_of($reach_first, $reach_last)
    WHERE counting = $counting AND value IS NOT NULL AND list_contains($indicators, indicator)
    UNION ALL
    SELECT unit_code, level, period, NULL, rate, definition, simulated, report_id, NULL
    FROM counted_rate_of($reach_first, $reach_last)
    WHERE counting = $counting AND numerator IS NOT NULL AND denominator IS NOT NULL AND list_contains($rates, rate)
)
SELECT heritage.unit_code AS heir_code, part.*, named.name AS unit_name, report.form, report.file_name
FROM heritage
JOIN part ON part.unit_code = heritage.member_code AND part.level = heritage.level
JOIN period
  ON period.period = part.period
 AND (heritage.valid_from IS NULL OR heritage.valid_from <= period.window_end)
 AND (heritage.valid_to IS NULL OR period.window_end < heritage.valid_to)
JOIN report USING (report_id)
JOIN unit_in_period AS named ON named.unit_code = part.unit_code AND named.period = part.period
WHERE heritage.boundary = $boundary AND list_contains($units, heritage.unit_code) AND list_contains($periods, part.period)
ORDER BY heir_code, part.period, part.indicator, part.rate, part.definition, part.unit_code;
