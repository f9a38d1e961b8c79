-- Of some reports, from whose figures those of quarters alone are taken, the report that is taken off, for each quarter;
-- with where each of some indicators that are counted over time stands in it.
WITH indicator_at AS (
    SELECT fact.unit_no, fact.period, fact.level, fact.simulated, fact.indicator, fact.place
    FROM fact_by_unit AS fact
    JOIN indicator USING (indicator)
    WHERE indicator.kind IN ('flow', 'cumulative') AND list_contains($indicators, fact.indicator)
      AND fact.unit_no BETWEEN $reach_first AND $reach_last
)
SELECT until.report_id AS until_report, quarter.period, since.report_id, since.form, since.file_name,
       indicator_at.level, indicator_at.indicator, indicator_at.place
FROM report AS until
JOIN quarter ON quarter.until_period = until.period
JOIN report AS since
  ON since.unit_code = until.unit_code AND since.period = quarter.since_period AND since.simulated = until.simulated
 AND since.superseded_by IS NULL
JOIN unit ON unit.unit_code = since.unit_code
LEFT JOIN indicator_at
  ON indicator_at.unit_no = unit.unit_no AND indicator_at.period = since.period AND indicator_at.simulated = since.simulated
WHERE list_contains($reports, until.report_id)
ORDER BY ALL;
