-- Rates of a unit's own work; what a district prints about its communes' work is left out, so that adding up units
-- never counts a dossier twice. On today's map a unit's figure before it existed is the ratio of the sums over the
-- units it was made of, all of which must have one under the same definition (`basis` union); where one of them was
-- split there is none (`problem` split), or an estimate on the boundary `estimated`. `given` of `expected` had a figure.
CREATE OR REPLACE VIEW own_rate AS
WITH carried AS (
    SELECT heritage.boundary, rate.counting, heritage.unit_code, heritage.level, rate.period, rate.rate, rate.definition,
           rate.simulated, any_value(heritage.expected) AS expected, any_value(heritage.split) AS split,
           count(rate.numerator + rate.denominator) AS given,
           sum(rate.numerator) AS numerator, sum(rate.denominator) AS denominator,
           sum(rate.numerator * heritage.weight)::DECIMAL(18, 4) AS numerator_estimated,
           sum(rate.denominator * heritage.weight)::DECIMAL(18, 4) AS denominator_estimated,
           any_value(rate.stated_percent) AS stated_percent, any_value(rate.report_id) AS report_id,
           any_value(rate.basis) AS basis, any_value(rate.problem) AS problem
    FROM heritage
    JOIN counted_rate AS rate ON rate.unit_code = heritage.member_code AND rate.level = heritage.level
    JOIN period
      ON period.period = rate.period
     AND (heritage.valid_from IS NULL OR heritage.valid_from <= period.window_end)
     AND (heritage.valid_to IS NULL OR period.window_end < heritage.valid_to)
    GROUP BY ALL
),
settled AS (
    SELECT *, given = expected AND (NOT split OR boundary = 'estimated') AS whole FROM carried
),
figures AS (
    SELECT *, CASE WHEN whole THEN CASE WHEN split THEN numerator_estimated ELSE numerator END END AS own_numerator,
           CASE WHEN whole THEN CASE WHEN split THEN denominator_estimated ELSE denominator END END AS own_denominator
    FROM settled
)
SELECT 'then' AS boundary, counting, unit_code, level, period, rate, definition, numerator, denominator, percent,
       stated_percent, report_id, simulated, problem, basis,
       (numerator IS NOT NULL AND denominator IS NOT NULL)::BIGINT AS given, 1 AS expected
FROM counted_rate
JOIN unit USING (unit_code, level)
UNION ALL
SELECT boundary, counting, unit_code, level, period, rate, definition, own_numerator, own_denominator,
       CASE WHEN own_denominator > 0 THEN round(100.0 * own_numerator::DOUBLE / own_denominator::DOUBLE, 6) END,
       CASE WHEN expected = 1 AND NOT split THEN stated_percent END, CASE WHEN expected = 1 THEN report_id END, simulated,
       CASE WHEN whole THEN NULL WHEN split AND boundary = 'now' THEN 'split'
            WHEN expected = 1 THEN problem ELSE 'incomplete' END,
       CASE WHEN split THEN 'estimated' WHEN expected = 1 THEN basis ELSE 'union' END, given, expected
FROM figures;
