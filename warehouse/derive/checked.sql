-- The checks are about what is printed: what came as figures alone is passed over. Facts and printed percentages of the rest
-- are put into tables first, for joins of the views would be planned by guesswork.
CREATE OR REPLACE TEMP TABLE touched AS -- made anew: the planner counts rows that were deleted
SELECT touched.*
FROM touched
JOIN unit USING (unit_code)
SEMI JOIN printed ON printed.unit_no = unit.unit_no AND printed.period = touched.period;

CREATE OR REPLACE TEMP TABLE checked_fact AS
SELECT fact.* FROM fact JOIN touched USING (unit_code, period);

-- Every percentage that a report prints beside its parts: those of the rates, and those no rate is made of.
CREATE OR REPLACE TEMP TABLE printed_percentage AS
SELECT rate.report_id, rate.unit_code, rate.period, rate.level, rate.rate AS subject, fact.place,
       rate.numerator, rate.denominator, rate.percent, rate.stated_percent
FROM rate
JOIN touched USING (unit_code, period)
JOIN rate_term ON rate_term.rate = rate.rate AND rate_term.definition = rate.definition AND rate_term.side = 'stated'
              AND (rate_term.level IS NULL OR rate_term.level = rate.level)
JOIN checked_fact AS fact ON fact.unit_code = rate.unit_code AND fact.period = rate.period
                 AND fact.level = coalesce(rate_term.term_level, rate.level) AND fact.indicator = rate_term.indicator
UNION ALL
SELECT stated.report_id, stated.unit_code, stated.period, stated.level, stated.indicator, stated.place,
       numerator.value, denominator.value,
       100.0 * numerator.value::DOUBLE / nullif(denominator.value, 0)::DOUBLE, stated.value
FROM stated_rate
JOIN checked_fact AS stated ON stated.indicator = stated_rate.stated
JOIN checked_fact AS numerator
  ON numerator.report_id = stated.report_id AND numerator.level = stated.level AND numerator.indicator = stated_rate.numerator
JOIN checked_fact AS denominator
  ON denominator.report_id = stated.report_id AND denominator.level = stated.level
 AND denominator.indicator = stated_rate.denominator;
