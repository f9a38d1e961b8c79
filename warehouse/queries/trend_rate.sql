-- One rate under one definition over periods, for several units: each unit's own figure at its own level, else the
-- sum over its descendants of the chosen level that reported. Periods without a figure come back as nulls.
WITH wanted AS (
    SELECT unit.unit_code, unit.name, list_position($units, unit.unit_code) AS position
    FROM unit
    WHERE list_contains($units, unit.unit_code)
),
added AS (
    SELECT member.unit_code, member.period, count(*) AS expected,
           count(rate.percent) AS units,
           sum(rate.numerator) FILTER (rate.percent IS NOT NULL) AS numerator,
           sum(rate.denominator) FILTER (rate.percent IS NOT NULL) AS denominator,
           any_value(rate.report_id) FILTER (rate.percent IS NOT NULL) AS report_id
    FROM wanted
    JOIN member ON member.unit_code = wanted.unit_code AND member.level = $level
    LEFT JOIN own_rate AS rate
      ON rate.unit_code = member.member_code AND rate.period = member.period
     AND rate.rate = $rate AND rate.definition = $definition AND rate.simulated = $simulated
    GROUP BY ALL
),
axis AS (
    SELECT period.*
    FROM period
    WHERE list_contains($spans, span)
      AND window_end BETWEEN (SELECT min(window_end) FROM added JOIN period USING (period) WHERE units > 0)
                         AND (SELECT max(window_end) FROM added JOIN period USING (period) WHERE units > 0)
)
SELECT wanted.unit_code, wanted.name, axis.period, axis.window_end, added.numerator, added.denominator,
       CASE WHEN added.denominator > 0 THEN 100.0 * added.numerator::DOUBLE / added.denominator::DOUBLE END AS value,
       coalesce(added.units, 0) AS units, coalesce(added.expected, 0) AS expected,
       CASE WHEN added.units = 1 THEN report.file_name END AS file_name,
       report.window_start, report.window_end AS stated_end, report.as_of
FROM wanted
CROSS JOIN axis
LEFT JOIN added ON added.unit_code = wanted.unit_code AND added.period = axis.period
LEFT JOIN report ON report.report_id = added.report_id AND added.units = 1
ORDER BY wanted.position, axis.position;
