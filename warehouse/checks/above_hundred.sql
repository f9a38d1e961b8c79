-- Rates whose numerator is larger than their denominator, where no check of parts against their whole says so, nor the one of
-- far more dossiers done than received. A few more may have been carried over from the period before.
WITH parts AS (
    SELECT rate.report_id, rate.rate AS subject, rate.definition, rate.level, rate.numerator, rate.denominator,
           list(fact.indicator) FILTER (term.side = 'numerator') AS above,
           list(fact.indicator) FILTER (term.side = 'denominator') AS whole,
           string_agg(DISTINCT fact.place, ', ' ORDER BY fact.place) AS place
    FROM rate
    JOIN touched USING (unit_code, period)
    JOIN rate_term AS term ON term.rate = rate.rate AND term.definition = rate.definition
                          AND term.side IN ('numerator', 'denominator') AND (term.level IS NULL OR term.level = rate.level)
    JOIN checked_fact AS fact ON fact.unit_code = rate.unit_code AND fact.period = rate.period AND fact.indicator = term.indicator
                             AND fact.level = coalesce(term.term_level, rate.level)
    WHERE rate.numerator > rate.denominator AND rate.denominator > 0
    GROUP BY ALL
),
told AS ( -- of the relations that hold the two together one looks at each part, or at the sum of several that are given
    SELECT parts.report_id, parts.subject, parts.definition, parts.level
    FROM parts
    JOIN whole_part AS related ON list_contains(parts.above, related.part) AND list_contains(parts.whole, related.whole)
    JOIN whole_part AS every ON every.rule = related.rule
    JOIN checked_fact AS fact ON fact.report_id = parts.report_id AND fact.level = parts.level
                             AND fact.indicator = every.part AND fact.value IS NOT NULL
    GROUP BY parts.report_id, parts.subject, parts.definition, parts.level, related.rule, related.relation
    HAVING related.relation = 'each_at_most' OR count(DISTINCT fact.indicator) > 1
)
SELECT CASE WHEN definition = 'received' THEN 'done_exceeds_received' ELSE 'numerator_exceeds' END AS rule,
       report_id, place, subject, level, numerator, denominator
FROM parts
ANTI JOIN told USING (report_id, subject, definition, level)
WHERE NOT (definition = 'received' AND numerator::DOUBLE > 1.2 * denominator::DOUBLE AND numerator - denominator >= 20)
ORDER BY report_id, place;
