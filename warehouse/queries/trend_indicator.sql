-- One indicator over periods, for several units: its own figure at its own level, else, where the indicator may be
-- added, the sum over its descendants of the chosen level that reported.
WITH wanted AS (
    SELECT unit.unit_code, unit.name, unit.level, list_position($units, unit.unit_code) AS position
    FROM unit
    WHERE list_contains($units, unit.unit_code)
),
added AS (
    SELECT member.unit_code, member.period, count(*) AS expected, count(fact.value) AS units,
           sum(fact.value) AS value, any_value(fact.report_id) FILTER (fact.value IS NOT NULL) AS report_id
    FROM wanted
    JOIN member ON member.unit_code = wanted.unit_code AND member.level = $level
    LEFT JOIN own_fact AS fact
      ON fact.unit_code = member.member_code AND fact.period = member.period
     AND fact.indicator = $indicator AND fact.simulated = $simulated
    WHERE wanted.level = $level OR (SELECT additive FROM indicator WHERE indicator = $indicator)
    GROUP BY ALL
),
axis AS (
    SELECT period.*
    FROM period
    WHERE list_contains($spans, span)
      AND window_end BETWEEN (SELECT min(window_end) FROM added JOIN period USING (period) WHERE units > 0)
                         AND (SELECT max(window_end) FROM added JOIN period USING (period) WHERE units > 0)
)
SELECT wanted.unit_code, wanted.name, axis.period, axis.window_end,
       NULL::DECIMAL(18, 4) AS numerator, NULL::DECIMAL(18, 4) AS denominator, added.value::DOUBLE AS value,
       coalesce(added.units, 0) AS units, coalesce(added.expected, 0) AS expected,
       CASE WHEN added.units = 1 THEN report.file_name END AS file_name,
       report.window_start, report.window_end AS stated_end, report.as_of
FROM wanted
CROSS JOIN axis
LEFT JOIN added ON added.unit_code = wanted.unit_code AND added.period = axis.period
LEFT JOIN report ON report.report_id = added.report_id AND added.units = 1
ORDER BY wanted.position, axis.position;
