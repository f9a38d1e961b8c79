-- The indicators with their themes and measures, in catalogue order.
SELECT indicator.indicator, indicator.theme, indicator.name_vi, indicator.name_en, indicator.kind, indicator.decimals,
       indicator.direction, indicator.additive, indicator.measure,
       measure.name_vi AS measure_vi, measure.name_en AS measure_en, theme.name_vi AS theme_vi, theme.name_en AS theme_en,
       indicator.indicator IN (SELECT DISTINCT indicator FROM fact_by_indicator WHERE value IS NOT NULL) AS has_data
FROM indicator
JOIN theme USING (theme)
JOIN measure USING (measure)
ORDER BY indicator.position;
