-- Facts of the units numbered from `first` to `last` under both ways of counting, as `counted_rate_of`: a flow's quarter is
-- as printed or a difference; a stock at the end of a quarter is what the report of that day says, whatever window its
-- flows have. A printed percentage of a cumulative report speaks of the whole window and cannot be subtracted: there is
-- none for the quarter (`percentage`).
CREATE OR REPLACE MACRO counted_fact_of(first, last) AS TABLE
WITH printed AS (FROM printed_fact_of(first, last)),
difference AS (
    SELECT until.* REPLACE (quarter.period AS period), since.value AS value_before,
           indicator.kind IN ('flow', 'cumulative') AS subtracts,
           CASE WHEN until.value IS NULL THEN NULL
                WHEN indicator.kind = 'rate' THEN 'percentage'
                WHEN indicator.kind NOT IN ('flow', 'cumulative') THEN NULL
                WHEN until.valid_from > before.window_end THEN 'lineage'
                WHEN since.value IS NULL THEN 'missing_before'
                WHEN until.form IS DISTINCT FROM since.form THEN 'form'
                WHEN until.value < since.value THEN 'falls'
           END AS problem
    FROM printed AS until
    JOIN quarter ON quarter.until_period = until.period
    JOIN period AS before ON before.period = quarter.since_period
    JOIN indicator ON indicator.indicator = until.indicator
    LEFT JOIN printed AS since
      ON since.period = quarter.since_period AND since.unit_no = until.unit_no AND since.level = until.level
     AND since.indicator = until.indicator AND since.simulated = until.simulated
    LEFT JOIN (FROM fact_by_unit WHERE unit_no BETWEEN first::USMALLINT AND last::USMALLINT) AS sent
      ON sent.period = quarter.period AND sent.unit_no = until.unit_no AND sent.level = until.level
     AND sent.indicator = until.indicator AND sent.simulated = until.simulated
    WHERE sent.unit_no IS NULL  -- no anti join: what is asked would not be passed on to its other side
)
SELECT 'printed' AS counting, unit_no, unit_code, level, period, indicator, value, status, report_id, place, simulated,
       NULL::TEXT AS problem, 'own' AS basis
FROM printed
UNION ALL
SELECT 'discrete', unit_no, unit_code, level, period, indicator, value, status, report_id, place, simulated, NULL, 'own'
FROM printed
WHERE period IN (SELECT period FROM quarter)
UNION ALL
SELECT 'discrete', unit_no, unit_code, level, period, indicator,
       CASE WHEN problem IS NULL THEN CASE WHEN subtracts THEN value - value_before ELSE value END END,
       CASE WHEN problem IS NULL THEN status END,
       report_id, place, simulated, problem, CASE WHEN subtracts THEN 'difference' ELSE 'own' END
FROM difference;
