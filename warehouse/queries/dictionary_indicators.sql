-- The indicators as the catalogue describes them, and what the reports of a unit and those below make of each: how many
-- gave a figure, left it blank, wrote something else (asked less the two), or are on a form that does not ask for it.
WITH counted AS (
    SELECT count(*) AS reports
    FROM report_in_force
    WHERE ($simulated IS NULL OR simulated = $simulated)
      AND unit_code IN (SELECT member_code FROM territory WHERE boundary = 'then' AND unit_code = $unit)
),
-- A unit has one report in force for a period, so reports are counted as units, each a bit.
answer AS (
    SELECT indicator, period, bit_count(bitstring_agg(unit_no, $reach_first, $reach_last)) AS asked,
           bit_count(bitstring_agg(unit_no, $reach_first, $reach_last) FILTER (status = 'reported')) AS reported,
           bit_count(bitstring_agg(unit_no, $reach_first, $reach_last) FILTER (status <> 'blank')) AS written
    FROM fact_by_unit
    WHERE ($simulated IS NULL OR simulated = $simulated) AND unit_no BETWEEN $reach_first AND $reach_last
      AND unit_no IN (SELECT member_no FROM territory WHERE boundary = 'then' AND unit_code = $unit)
    GROUP BY ALL
)
SELECT indicator.indicator, indicator.theme, theme.name_vi AS theme_vi, theme.name_en AS theme_en,
       indicator.name_vi, indicator.name_en, measure.name_vi AS measure_vi, measure.name_en AS measure_en,
       indicator.kind, indicator.direction, indicator.additive, indicator.decimals,
       (SELECT count(DISTINCT form) FROM form_row WHERE form_row.indicator = indicator.indicator) AS forms,
       coalesce(sum(answer.asked), 0)::BIGINT AS asked, coalesce(sum(answer.reported), 0)::BIGINT AS reported,
       coalesce(sum(answer.asked - coalesce(answer.written, 0)), 0)::BIGINT AS blank,
       (SELECT reports FROM counted) - coalesce(sum(answer.asked), 0)::BIGINT AS not_asked,
       arg_min(period.period, period.position) FILTER (answer.reported > 0) AS first_period,
       arg_max(period.period, period.position) FILTER (answer.reported > 0) AS last_period
FROM indicator
JOIN theme USING (theme)
JOIN measure USING (measure)
LEFT JOIN answer ON answer.indicator = indicator.indicator
LEFT JOIN period ON period.period = answer.period
GROUP BY ALL
ORDER BY min(indicator.position);
