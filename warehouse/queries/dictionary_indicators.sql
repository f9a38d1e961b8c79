-- The indicators as the catalogue describes them, and what the reports of a unit and those below make of each: how many
-- gave a figure, left it blank, wrote something else (asked less the two), or are on a form that does not ask for it.
WITH counted AS (
    SELECT count(*) AS reports
    FROM report_in_force
    WHERE ($simulated IS NULL OR simulated = $simulated)
      AND unit_code IN (SELECT member_code FROM territory WHERE boundary = 'then' AND unit_code = $unit)
),
asking AS (SELECT indicator, count(DISTINCT form) AS forms FROM form_row GROUP BY indicator),
answer AS (
    SELECT indicator, sum(asked)::BIGINT AS asked, sum(reported)::BIGINT AS reported, sum(blank)::BIGINT AS blank,
           min(first_position) AS first_position, max(last_position) AS last_position
    FROM indicator_coverage
    WHERE ($simulated IS NULL OR simulated = $simulated) AND unit_no BETWEEN $reach_first AND $reach_last
      AND unit_no IN (SELECT member_no FROM territory WHERE boundary = 'then' AND unit_code = $unit)
    GROUP BY indicator
)
SELECT indicator.indicator, indicator.theme, theme.name_vi AS theme_vi, theme.name_en AS theme_en,
       indicator.name_vi, indicator.name_en, measure.name_vi AS measure_vi, measure.name_en AS measure_en,
       indicator.kind, indicator.direction, indicator.additive, indicator.decimals,
       coalesce(asking.forms, 0) AS forms,
       coalesce(answer.asked, 0) AS asked, coalesce(answer.reported, 0) AS reported, coalesce(answer.blank, 0) AS blank,
       (SELECT reports FROM counted) - coalesce(answer.asked, 0) AS not_asked,
       first.period AS first_period, last.period AS last_period
FROM indicator
JOIN theme USING (theme)
JOIN measure USING (measure)
LEFT JOIN asking ON asking.indicator = indicator.indicator
LEFT JOIN answer ON answer.indicator = indicator.indicator
LEFT JOIN period AS first ON first.position = answer.first_position
LEFT JOIN period AS last ON last.position = answer.last_position
ORDER BY indicator.position;
