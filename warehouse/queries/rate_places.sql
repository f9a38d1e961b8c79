-- The places that bear on the rates of some reports: the rows of their terms, and where a finding speaks of the rate itself.
WITH asked AS (
    SELECT rate.*
    FROM rate
    WHERE report_id IN (SELECT unnest($reports))
)
SELECT asked.report_id, asked.rate, asked.definition, asked.level, fact.place
FROM asked
JOIN rate_term
  ON rate_term.rate = asked.rate AND rate_term.definition = asked.definition AND rate_term.side <> 'unless'
 AND (rate_term.level IS NULL OR rate_term.level = asked.level)
JOIN fact
  ON fact.unit_code = asked.unit_code AND fact.period = asked.period
 AND fact.level = coalesce(rate_term.term_level, asked.level) AND fact.indicator = rate_term.indicator
UNION
SELECT asked.report_id, asked.rate, asked.definition, asked.level, finding.place
FROM asked
JOIN finding
  ON finding.report_id = asked.report_id AND finding.compared->>'$.level' = asked.level
 AND coalesce(finding.compared->>'$.subject', finding.compared->>'$.indicator') IN (asked.rate, asked.rate || '_stated')
ORDER BY ALL;
