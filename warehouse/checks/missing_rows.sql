-- Rows that the form asks for and the report does not print, in annexes that are else complete; and figures in the column
-- of a period that was not over. The simulation prints some rows of its forms only, so its reports are not looked at.
WITH reports AS (
    SELECT report.*, period.window_end AS nominal_end
    FROM report
    JOIN touched USING (unit_code, period)
    JOIN period USING (period)
    WHERE superseded_by IS NULL AND NOT simulated
),
printed AS (
    SELECT DISTINCT observation.report_id, observation.indicator, observation.level
    FROM observation
    JOIN reports USING (report_id)
    WHERE observation.source = 'annex' AND observation.indicator IS NOT NULL
),
asked AS (
    SELECT reports.report_id, form_row.annex, form_row.position, form_row.code, form_row.label, printed.indicator IS NOT NULL AS there
    FROM reports
    JOIN form_row ON form_row.form = reports.form AND form_row.indicator IS NOT NULL
    LEFT JOIN printed ON printed.report_id = reports.report_id AND printed.indicator = form_row.indicator
                     AND printed.level = coalesce(form_row.level, reports.level)
)
SELECT 'rows_missing' AS rule, report_id, 'report' AS place, annex,
       count(*) FILTER (NOT there) AS times,
       string_agg(concat_ws(' ', code, '“' || label || '”'), '; ' ORDER BY position) FILTER (NOT there) AS subject
FROM asked
GROUP BY report_id, annex
HAVING bool_or(NOT there) AND count(*) FILTER (there) >= 0.8 * count(*)
UNION ALL
SELECT 'figures_of_later_period', observation.report_id, observation.annex || ', ' || string_agg(DISTINCT observation.place, ', '), observation.annex,
       count(DISTINCT row_no), observation.column_label
FROM observation
JOIN reports USING (report_id)
JOIN period AS later ON later.period = observation.column_period
WHERE observation.source = 'annex' AND observation.value IS NOT NULL AND later.window_end > reports.nominal_end
GROUP BY observation.report_id, observation.annex, observation.column_label
ORDER BY report_id, rule, annex;
