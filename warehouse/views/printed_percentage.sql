-- Every percentage that a report prints beside its parts: those of the rates, and those no rate is made of.
CREATE OR REPLACE VIEW printed_percentage AS
SELECT rate.report_id, rate.unit_code, rate.period, rate.level, rate.rate AS subject, fact.place,
       rate.numerator, rate.denominator, rate.percent, rate.stated_percent
FROM rate
JOIN rate_term ON rate_term.rate = rate.rate AND rate_term.definition = rate.definition AND rate_term.side = 'stated'
              AND (rate_term.level IS NULL OR rate_term.level = rate.level)
JOIN fact ON fact.unit_code = rate.unit_code AND fact.period = rate.period
         AND fact.level = coalesce(rate_term.term_level, rate.level) AND fact.indicator = rate_term.indicator
UNION ALL
SELECT stated.report_id, stated.unit_code, stated.period, stated.level, stated.indicator, stated.place,
       numerator.value, denominator.value,
       100.0 * numerator.value::DOUBLE / nullif(denominator.value, 0)::DOUBLE, stated.value
FROM stated_rate
JOIN fact AS stated ON stated.indicator = stated_rate.stated
JOIN fact AS numerator
  ON numerator.unit_code = stated.unit_code AND numerator.period = stated.period
 AND numerator.level = stated.level AND numerator.indicator = stated_rate.numerator
JOIN fact AS denominator
  ON denominator.unit_code = stated.unit_code AND denominator.period = stated.period
 AND denominator.level = stated.level AND denominator.indicator = stated_rate.denominator;
