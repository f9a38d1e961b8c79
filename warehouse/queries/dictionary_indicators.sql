-- The indicators as the catalogue describes them, and what the reports of a unit and those below make of each: how many
-- gave a figure, left it blank, wrote something else (asked less the two), or are on a form that does not ask for it.
WITH counted AS (
    SELECT *
    FROM report_in_force
    WHERE ($simulated IS NULL OR simulated = $simulated)
      AND unit_code IN (SELECT member_code FROM territory WHERE boundary = 'then' AND unit_code = $unit)
),
answer AS (
    SELECT fact.indicator, fact.report_id, fact.period,
           bool_or(fact.status = 'reported') AS reported, bool_and(fact.status = 'blank') AS blank
    FROM fact
    JOIN counted USING (report_id)
    GROUP BY ALL
)
SELECT indicator.indicator, indicator.theme, theme.name_vi AS theme_vi, theme.name_en AS theme_en,
       indicator.name_vi, indicator.name_en, measure.name_vi AS measure_vi, measure.name_en AS measure_en,
       indicator.kind, indicator.direction, indicator.additive, indicator.decimals,
       (SELECT count(DISTINCT form) FROM form_row WHERE form_row.indicator = indicator.indicator) AS forms,
       count(answer.report_id) AS asked,
       count(answer.report_id) FILTER (answer.reported) AS reported,
       count(answer.report_id) FILTER (answer.blank) AS blank,
       (SELECT count(*) FROM counted) - count(answer.report_id) AS not_asked,
       arg_min(period.period, period.position) FILTER (answer.reported) AS first_period,
       arg_max(period.period, period.position) FILTER (answer.reported) AS last_period
FROM indicator
JOIN theme USING (theme)
JOIN measure USING (measure)
LEFT JOIN answer ON answer.indicator = indicator.indicator
LEFT JOIN period ON period.period = answer.period
GROUP BY ALL
ORDER BY min(indicator.position);
