-- Figures of the running text against those of the annex: the same indicator and tier, two numbers; and the online rate
-- it tells against the one the annex gives, whatever it divides by. A text figure that says it covers another window
-- or is a bound ("over 98 %") is not compared; a percentage may be rounded or cut off in the text.
WITH told AS (
    SELECT told_figure.*
    FROM told_figure
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL AND told_figure.comparable
),
printed AS (
    SELECT report_id, indicator, level, value, place, indicator.kind = 'rate' AS is_rate
    FROM fact JOIN indicator USING (indicator)
    UNION ALL
    -- A form that counts online dossiers by level only gives their sum.
    SELECT fact.report_id, 'dossiers_received_online', fact.level, sum(fact.value), min(fact.place), false
    FROM fact
    WHERE fact.indicator IN ('dossiers_received_online_level_3', 'dossiers_received_online_level_4')
    GROUP BY fact.report_id, fact.level
    HAVING count(fact.value) = 2
    UNION ALL
    SELECT rate.report_id, 'online_rate_stated', rate.level, round(rate.percent, 2)::DECIMAL(18, 4), NULL, true
    FROM rate
    WHERE rate.rate = 'online_rate'
)
SELECT DISTINCT 'narrative_differs' AS rule, report_id, concat_ws(', ', told.place, printed.place) AS place, indicator, level,
       told.value AS told_value, printed.value
FROM told
JOIN printed USING (report_id, indicator, level)
WHERE CASE WHEN is_rate THEN abs(told.value - printed.value) > 0.1 ELSE told.value <> printed.value END
ORDER BY report_id, place;
