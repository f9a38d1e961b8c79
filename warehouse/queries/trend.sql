-- One rate under one definition, or one indicator, over periods, for several units: each unit's own figure at its own
-- level, else the sum over the units of the chosen level in it that reported (an indicator only where it may be added).
-- A period without a figure is a row with a null value; `problem` says why.
WITH wanted AS (
    SELECT unit.unit_code, unit.level, list_position($units, unit.unit_code) AS position
    FROM unit
    WHERE list_contains($units, unit.unit_code)
),
expected AS (
    SELECT member.unit_code, member.period, count(*) AS expected
    FROM wanted
    JOIN member ON member.boundary = $boundary AND member.unit_code = wanted.unit_code AND member.level = $level
    GROUP BY ALL
),
own AS (
    SELECT unit_code, period, numerator, denominator, percent AS value, given, expected, report_id, basis, problem
    FROM own_rate
    WHERE boundary = $boundary AND counting = $counting AND rate = $rate AND definition = $definition
      AND simulated = $simulated AND level = $level AND list_contains($units, unit_code)
    UNION ALL
    SELECT unit_code, period, NULL, NULL, value, given, expected, report_id, basis, problem
    FROM own_fact
    WHERE boundary = $boundary AND counting = $counting AND indicator = $indicator
      AND simulated = $simulated AND level = $level AND list_contains($units, unit_code)
),
part AS (
    SELECT unit_code, period, numerator, denominator, percent AS value, report_id, problem
    FROM own_rate
    WHERE boundary = 'then' AND counting = $counting AND rate = $rate AND definition = $definition
      AND simulated = $simulated AND level = $level
    UNION ALL
    SELECT unit_code, period, NULL, NULL, value, report_id, problem
    FROM own_fact
    JOIN indicator USING (indicator)
    WHERE boundary = 'then' AND counting = $counting AND indicator = $indicator AND additive
      AND simulated = $simulated AND level = $level
),
added AS (
    SELECT member.unit_code, member.period, count(part.value * member.weight) AS units,
           (sum(part.numerator * member.weight) FILTER (part.value IS NOT NULL))::DECIMAL(18, 4) AS numerator,
           (sum(part.denominator * member.weight) FILTER (part.value IS NOT NULL))::DECIMAL(18, 4) AS denominator,
           sum(part.value * member.weight) AS total,
           any_value(part.report_id) FILTER (part.value IS NOT NULL) AS report_id,
           bool_or(member.weight < 1 AND part.value IS NOT NULL) AS estimated,
           any_value(part.problem) AS problem
    FROM wanted
    JOIN member ON member.boundary = $boundary AND member.unit_code = wanted.unit_code AND member.level = $level
    LEFT JOIN part ON part.unit_code = member.member_code AND part.period = member.period
    WHERE wanted.level <> $level
    GROUP BY ALL
),
figure AS (
    SELECT unit_code, period, numerator, denominator, value::DOUBLE AS value, given AS units, report_id, basis, problem
    FROM own
    UNION ALL
    SELECT unit_code, period, numerator, denominator,
           CASE WHEN $rate IS NULL THEN total::DOUBLE
                WHEN denominator > 0 THEN 100.0 * numerator::DOUBLE / denominator::DOUBLE END,
           units, CASE WHEN units = 1 THEN report_id END, CASE WHEN estimated THEN 'estimated' ELSE 'sum' END,
           CASE WHEN units = 0 THEN problem END
    FROM added
),
axis AS (
    SELECT period.*
    FROM period
    WHERE list_contains($spans, span)
      AND window_end BETWEEN (SELECT min(window_end) FROM figure JOIN period USING (period) WHERE value IS NOT NULL)
                         AND (SELECT max(window_end) FROM figure JOIN period USING (period) WHERE value IS NOT NULL)
)
SELECT wanted.unit_code, unit.name, axis.period, axis.window_end, figure.numerator, figure.denominator, figure.value,
       coalesce(figure.units, 0) AS units, coalesce(expected.expected, 0) AS expected,
       report.file_name, report.window_start, report.window_end AS stated_end, report.as_of, report.signed_on,
       figure.basis,
       CASE WHEN figure.value IS NOT NULL THEN NULL
            WHEN expected.expected IS NULL THEN 'no_unit'
            ELSE coalesce(figure.problem, 'no_figure') END AS problem,
       report.report_id
FROM wanted
CROSS JOIN axis
JOIN unit_in_period AS unit ON unit.unit_code = wanted.unit_code AND unit.period = (SELECT max_by(period, position) FROM axis)
LEFT JOIN figure ON figure.unit_code = wanted.unit_code AND figure.period = axis.period
LEFT JOIN expected ON expected.unit_code = wanted.unit_code AND expected.period = axis.period
LEFT JOIN report ON report.report_id = figure.report_id
ORDER BY wanted.position, axis.position;
