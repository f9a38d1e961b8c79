-- Which way each rate is better, whether both its parts count cases, not money, so that an interval means something, and
-- what its denominator is measured in.
WITH term AS (
    SELECT rate_term.rate, rate_term.definition,
           NOT bool_or(indicator.measure IN ('million_vnd', 'percent', 'code', 'text')) AS cases,
           min(indicator.measure) FILTER (side = 'denominator') AS measure
    FROM rate_term
    JOIN indicator USING (indicator)
    WHERE side IN ('numerator', 'denominator')
    GROUP BY rate_term.rate, rate_term.definition
)
SELECT term.rate, term.definition, coalesce(rate_name.direction, 'up') AS direction, term.cases,
       measure.name_vi AS measure_vi, measure.name_en AS measure_en
FROM term
LEFT JOIN rate_name ON rate_name.rate = term.rate AND rate_name.definition IS NULL
LEFT JOIN measure ON measure.measure = term.measure
ORDER BY term.rate, term.definition;
