-- Every indicator of a unit's own work in a period and the year before, in catalogue order. What no report of the period
-- asked for has no row; what was asked and left blank has one, with its status.
WITH figure AS (
    SELECT *
    FROM own_fact
    WHERE boundary = $boundary AND counting = 'printed' AND unit_code = $unit AND period IN ($period, $year_before)
      AND simulated = $simulated
)
SELECT indicator.indicator, indicator.theme, theme.name_vi AS theme_vi, theme.name_en AS theme_en,
       indicator.name_vi, indicator.name_en, measure.name_vi AS measure_vi, measure.name_en AS measure_en,
       indicator.decimals, indicator.kind, indicator.direction,
       this.value, this.status, this.basis, this.problem, before.value AS value_before, before.problem AS problem_before,
       this.report_id, this.place
FROM figure AS this
JOIN indicator USING (indicator)
JOIN theme USING (theme)
JOIN measure USING (measure)
LEFT JOIN figure AS before ON before.indicator = this.indicator AND before.period = $year_before
WHERE this.period = $period
ORDER BY theme.position, indicator.position;
