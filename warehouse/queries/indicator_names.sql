-- The indicators as a unit's profile shows them, theme by theme.
SELECT indicator.indicator, indicator.theme, theme.name_vi AS theme_vi, theme.name_en AS theme_en,
       indicator.name_vi, indicator.name_en, measure.name_vi AS measure_vi, measure.name_en AS measure_en,
       indicator.decimals, indicator.kind, indicator.direction
FROM indicator
JOIN theme USING (theme)
JOIN measure USING (measure)
ORDER BY theme.position, indicator.position;
