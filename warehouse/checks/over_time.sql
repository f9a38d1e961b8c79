-- Cumulative figures that fall within a year: what was counted by one date cannot be fewer by a later one.
-- Quarters from the second on stand alone and are left out; the first is where the year's count begins.
WITH counted AS (
    SELECT fact.report_id, fact.place, fact.unit_code, fact.level, fact.indicator, fact.period, fact.value,
           lag(fact.period) OVER series AS period_before, lag(fact.value) OVER series AS value_before
    FROM fact
    JOIN indicator USING (indicator)
    JOIN period USING (period)
    WHERE indicator.kind IN ('flow', 'cumulative') AND fact.value IS NOT NULL
      AND (period.cumulative OR period.span = 'Q1')
      AND (fact.unit_code, period.year) IN (SELECT unit_code, year FROM touched JOIN period USING (period))
    WINDOW series AS (
        PARTITION BY fact.unit_code, fact.level, fact.indicator, period.year, fact.simulated ORDER BY period.window_end
    )
)
SELECT 'cumulative_falls' AS rule, report_id, place, indicator, level, period, value, period_before, value_before
FROM counted
WHERE value < value_before
ORDER BY report_id, place;
