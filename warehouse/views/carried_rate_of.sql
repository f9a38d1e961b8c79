-- Rates on the maps of today and of estimates, made of the figures of the units numbered from `first` to `last`: a unit's
-- figure before it existed is the ratio of the sums over the units it was made of, all of which must have one under the
-- same definition (`basis` union); where one of them was split there is none (`problem` split), or an estimate on the
-- boundary `estimated`. `given` of `expected` had a figure.
CREATE OR REPLACE MACRO carried_rate_of(first, last) AS TABLE
WITH carried AS (
    SELECT heritage.boundary, rate.counting, heritage.unit_code, heritage.unit_no, heritage.level, rate.period, rate.rate, rate.definition,
           rate.simulated, any_value(heritage.expected) AS expected, any_value(heritage.split) AS split,
           any_value(heritage.member_no) AS source_no, any_value(rate.report_id) AS report_id,
           count(rate.numerator + rate.denominator) AS given,
           sum(rate.numerator) AS numerator, sum(rate.denominator) AS denominator,
           sum(rate.numerator * heritage.weight)::DECIMAL(18, 4) AS numerator_estimated,
           sum(rate.denominator * heritage.weight)::DECIMAL(18, 4) AS denominator_estimated,
           any_value(rate.stated_percent) AS stated_percent,
           any_value(rate.basis) AS basis, any_value(rate.problem) AS problem
    FROM heritage
    JOIN counted_rate_of(first, last) AS rate ON rate.unit_no = heritage.member_no AND rate.level = heritage.level
    JOIN period
      ON period.period = rate.period
     AND (heritage.valid_from IS NULL OR heritage.valid_from <= period.window_end)
     AND (heritage.valid_to IS NULL OR period.window_end < heritage.valid_to)
    GROUP BY ALL
),
settled AS (
    SELECT *, given = expected AND (NOT split OR boundary = 'estimated') AS whole FROM carried
)
SELECT boundary, counting, unit_code, unit_no, level, period, rate, definition,
       CASE WHEN whole THEN CASE WHEN split THEN numerator_estimated ELSE numerator END END AS numerator,
       CASE WHEN whole THEN CASE WHEN split THEN denominator_estimated ELSE denominator END END AS denominator,
       CASE WHEN expected = 1 AND NOT split THEN stated_percent END AS stated_percent,
       CASE WHEN expected = 1 THEN source_no END AS source_no, CASE WHEN expected = 1 THEN report_id END AS report_id,
       simulated,
       CASE WHEN whole THEN NULL WHEN problem = 'standing' THEN problem WHEN split AND boundary = 'now' THEN 'split'
            WHEN expected = 1 THEN problem ELSE 'incomplete' END AS problem,
       CASE WHEN split THEN 'estimated' WHEN expected = 1 THEN basis ELSE 'union' END AS basis, given, expected
FROM settled;
