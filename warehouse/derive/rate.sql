-- Rates of the touched units and periods: a ratio of sums of facts, never a mean of rates.
-- A definition applies where the report asks for all its terms and for none of its `unless` terms
-- (a blank answer was asked for; a row the form lacks was not). Where it applies there is a row, with a null
-- percentage when a part is missing or the denominator is 0: who could not be ranked must be told from who was not asked.
INSERT INTO rate_by_unit BY NAME
WITH evaluated AS (
    SELECT DISTINCT fact.unit_no, fact.period, fact.level, fact.simulated,
           rate_term.formula, rate_term.rate, rate_term.definition
    FROM fact_by_unit AS fact
    JOIN keyed USING (unit_no, period)
    JOIN rate_term
      ON rate_term.side = 'denominator'
     AND rate_term.indicator = fact.indicator
     AND (rate_term.level IS NULL OR rate_term.level = fact.level)
     AND (rate_term.term_level IS NULL OR rate_term.term_level = fact.level)
),
side AS (
    SELECT evaluated.*, rate_term.side,
           count(*) AS terms, count(fact.status) AS asked, count(fact.value) AS given, sum(fact.value) AS total
    FROM evaluated
    JOIN rate_term USING (formula)
    LEFT JOIN fact_by_unit AS fact
      ON fact.unit_no = evaluated.unit_no
     AND fact.period = evaluated.period
     AND fact.indicator = rate_term.indicator
     AND fact.level = coalesce(rate_term.term_level, evaluated.level)
    GROUP BY ALL
),
sides AS (
    SELECT unit_no, level, period, rate, definition, simulated,
           bool_and(asked = terms) FILTER (side IN ('numerator', 'denominator')) AS whole,
           coalesce(bool_or(asked > 0) FILTER (side = 'unless'), false) AS barred,
           any_value(CASE WHEN given = terms THEN total END) FILTER (side = 'numerator') AS numerator,
           any_value(CASE WHEN given = terms THEN total END) FILTER (side = 'denominator') AS denominator,
           any_value(total) FILTER (side = 'stated') AS stated_percent
    FROM side
    GROUP BY ALL
)
SELECT unit_no, level, period, rate, definition, numerator, denominator, stated_percent, simulated
FROM sides
WHERE whole AND NOT barred
ORDER BY unit_no, period, rate, definition, level;
