-- One rate under one definition, or one indicator, over periods, for several units: each unit's own figure at its own
-- level, else the sum over the units of the chosen level in it that reported (an indicator only where it may be added).
-- A period without a figure is a row with a null value; `problem` says why. `short` of the `reports` behind a figure
-- leave out more than 7 days of the period; `era` is when the youngest of the units behind it came into being.
WITH wanted AS (
    SELECT unit.unit_code, unit.level, list_position($units, unit.unit_code) AS position
    FROM unit
    WHERE list_contains($units, unit.unit_code)
),
-- Whose figures are needed, before any is looked up: the units themselves, and the members of those of another level.
holding AS MATERIALIZED (
    SELECT wanted.unit_code, wanted.level AS unit_level, member.period, member.member_code, member.weight,
           unit.valid_from
    FROM wanted
    JOIN member ON member.boundary = $boundary AND member.unit_code = wanted.unit_code AND member.level = $level
    JOIN unit ON unit.unit_code = member.member_code
),
expected AS (
    SELECT unit_code, period, count(*) AS expected, max(valid_from) AS era
    FROM holding
    GROUP BY ALL
),
needed AS MATERIALIZED (
    SELECT member_code AS unit_code FROM holding
    UNION
    SELECT unit_code FROM wanted WHERE level = $level
),
known AS MATERIALIZED (
    SELECT boundary, unit_code, period, numerator, denominator, percent AS value, given, expected, report_id, basis,
           coalesce(problem, CASE WHEN percent IS NOT NULL THEN NULL WHEN denominator = 0 THEN 'nothing_counted'
                                  ELSE 'parts_missing' END) AS problem
    FROM own_rate
    SEMI JOIN needed USING (unit_code)
    WHERE boundary IN ('then', $boundary) AND counting = $counting AND rate = $rate AND definition = $definition
      AND simulated = $simulated AND level = $level
    UNION ALL
    SELECT boundary, unit_code, period, NULL, NULL, value, given, expected, report_id, basis,
           coalesce(problem, CASE WHEN value IS NULL THEN 'left_blank' END)
    FROM own_fact
    SEMI JOIN needed USING (unit_code)
    WHERE boundary IN ('then', $boundary) AND counting = $counting AND indicator = $indicator
      AND simulated = $simulated AND level = $level
),
part AS (
    SELECT holding.*, known.numerator, known.denominator, known.value, known.report_id, known.problem, known.basis
    FROM holding
    LEFT JOIN known
      ON known.boundary = 'then' AND known.unit_code = holding.member_code AND known.period = holding.period
),
added AS (
    SELECT unit_code, period, count(value * weight) AS units,
           (sum(numerator * weight) FILTER (value IS NOT NULL))::DECIMAL(18, 4) AS numerator,
           (sum(denominator * weight) FILTER (value IS NOT NULL))::DECIMAL(18, 4) AS denominator,
           sum(value * weight) AS total,
           any_value(report_id) FILTER (value IS NOT NULL) AS report_id,
           bool_or(weight < 1 AND value IS NOT NULL) AS estimated,
           min(problem) AS problem
    FROM part
    WHERE unit_level <> $level AND ($rate IS NOT NULL OR (SELECT additive FROM indicator WHERE indicator = $indicator))
    GROUP BY ALL
),
figure AS (
    SELECT unit_code, period, numerator, denominator, value::DOUBLE AS value, given AS units, report_id, basis, problem
    FROM known
    JOIN wanted USING (unit_code)
    WHERE wanted.level = $level AND known.boundary = $boundary
    UNION ALL
    SELECT unit_code, period, numerator, denominator,
           CASE WHEN $rate IS NULL THEN total::DOUBLE
                WHEN denominator > 0 THEN 100.0 * numerator::DOUBLE / denominator::DOUBLE END,
           units, CASE WHEN units = 1 THEN report_id END, CASE WHEN estimated THEN 'estimated' ELSE 'sum' END,
           CASE WHEN units = 0 THEN problem END
    FROM added
),
-- How many of the reports behind a figure are short of the period; of a difference only the later end counts.
covered AS (
    SELECT part.unit_code, part.period, count(*) AS reports,
           count(*) FILTER (CASE WHEN part.basis = 'difference' THEN days_early > 7 ELSE short END) AS short
    FROM part
    JOIN covered_window USING (report_id)
    WHERE part.value IS NOT NULL AND part.weight IS NOT NULL
    GROUP BY ALL
),
-- Who sent a report at all, and who sent one on which the rate has another definition: why there is no figure.
sent AS (
    SELECT DISTINCT holding.unit_code, holding.period
    FROM holding
    LEFT JOIN quarter ON quarter.period = holding.period AND $counting = 'discrete'
    JOIN report_in_force AS report ON report.unit_code = holding.member_code AND report.simulated = $simulated
    WHERE report.period IN (holding.period, quarter.until_period)
),
otherwise AS (
    SELECT DISTINCT holding.unit_code, holding.period
    FROM holding
    LEFT JOIN quarter ON quarter.period = holding.period AND $counting = 'discrete'
    JOIN rate
      ON rate.unit_code = holding.member_code AND rate.simulated = $simulated AND rate.level = $level
     AND rate.rate = $rate AND rate.definition <> $definition
    WHERE rate.period IN (holding.period, quarter.until_period)
),
axis AS (
    SELECT period.*
    FROM period
    WHERE list_contains($spans, span)
      AND window_end BETWEEN (SELECT min(window_end) FROM figure JOIN period USING (period) WHERE value IS NOT NULL)
                         AND (SELECT max(window_end) FROM figure JOIN period USING (period)
                              WHERE value IS NOT NULL OR basis <> 'sum')
)
SELECT wanted.unit_code, unit.name, axis.period, axis.window_end, figure.numerator, figure.denominator, figure.value,
       coalesce(figure.units, 0) AS units, coalesce(expected.expected, 0) AS expected,
       report.file_name, report.window_start, report.window_end AS stated_end, report.as_of, report.signed_on,
       figure.basis,
       CASE WHEN figure.value IS NOT NULL THEN NULL
            WHEN expected.expected IS NULL THEN 'no_unit'
            WHEN figure.problem IS NOT NULL THEN figure.problem
            WHEN sent.unit_code IS NULL THEN 'no_report'
            WHEN otherwise.unit_code IS NOT NULL THEN 'other_definition'
            WHEN wanted.level <> $level AND $rate IS NULL
             AND NOT (SELECT additive FROM indicator WHERE indicator = $indicator) THEN 'not_additive'
            ELSE 'not_asked' END AS problem,
       report.report_id, coalesce(covered.short, 0) AS short, coalesce(covered.reports, 0) AS reports, expected.era
FROM wanted
CROSS JOIN axis
JOIN unit_in_period AS unit ON unit.unit_code = wanted.unit_code AND unit.period = (SELECT max_by(period, position) FROM axis)
LEFT JOIN figure ON figure.unit_code = wanted.unit_code AND figure.period = axis.period
LEFT JOIN expected ON expected.unit_code = wanted.unit_code AND expected.period = axis.period
LEFT JOIN covered ON covered.unit_code = wanted.unit_code AND covered.period = axis.period
LEFT JOIN sent ON sent.unit_code = wanted.unit_code AND sent.period = axis.period
LEFT JOIN otherwise ON otherwise.unit_code = wanted.unit_code AND otherwise.period = axis.period
LEFT JOIN report ON report.report_id = figure.report_id
ORDER BY wanted.position, axis.position;
