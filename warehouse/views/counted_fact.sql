-- Facts under both ways of counting, as `counted_rate`: a flow's quarter is as printed or a difference; a stock at the
-- end of a quarter is what the report of that day says, whatever window its flows have. A printed percentage of a
-- cumulative report speaks of the whole window and cannot be subtracted: there is none for the quarter (`percentage`).
CREATE OR REPLACE VIEW counted_fact AS
WITH difference AS (
    SELECT quarter.period, until.* EXCLUDE (period), since.value AS value_before, indicator.kind IN ('flow', 'cumulative') AS subtracts,
           CASE WHEN until.value IS NULL THEN NULL
                WHEN indicator.kind = 'rate' THEN 'percentage'
                WHEN indicator.kind NOT IN ('flow', 'cumulative') THEN NULL
                WHEN unit.valid_from > before.window_end THEN 'lineage'
                WHEN since.value IS NULL THEN 'missing_before'
                WHEN (SELECT form FROM report WHERE report_id = until.report_id)
                     IS DISTINCT FROM (SELECT form FROM report WHERE report_id = since.report_id) THEN 'form'
                WHEN until.value < since.value THEN 'falls'
           END AS problem
    FROM quarter
    JOIN period AS before ON before.period = quarter.since_period
    JOIN fact AS until ON until.period = quarter.until_period
    JOIN unit ON unit.unit_code = until.unit_code
    JOIN indicator ON indicator.indicator = until.indicator
    LEFT JOIN fact AS since
      ON since.period = quarter.since_period AND since.unit_code = until.unit_code AND since.level = until.level
     AND since.indicator = until.indicator AND since.simulated = until.simulated
    ANTI JOIN fact AS sent
      ON sent.period = quarter.period AND sent.unit_code = until.unit_code AND sent.level = until.level
     AND sent.indicator = until.indicator AND sent.simulated = until.simulated
)
SELECT 'printed' AS counting, unit_code, level, period, indicator, value, status, report_id, place, simulated,
       NULL::TEXT AS problem, 'own' AS basis
FROM fact
UNION ALL
SELECT 'discrete', unit_code, level, period, indicator, value, status, report_id, place, simulated, NULL, 'own'
FROM fact
WHERE period IN (SELECT period FROM quarter)
UNION ALL
SELECT 'discrete', unit_code, level, period, indicator,
       CASE WHEN problem IS NULL THEN CASE WHEN subtracts THEN value - value_before ELSE value END END,
       CASE WHEN problem IS NULL THEN status END,
       report_id, place, simulated, problem, CASE WHEN subtracts THEN 'difference' ELSE 'own' END
FROM difference;
