-- What is worked out of what: a rate under a definition (kind `rate`), a printed percentage (`stated`), an indicator that
-- is the sum of others (`sum`, which has no denominator). Each side is a list of terms in catalogue order.
WITH term AS (
    SELECT 'rate' AS kind, rate AS subject, definition, level, formula::TEXT AS formula, side, indicator, term_level
    FROM rate_term
    WHERE side IN ('numerator', 'denominator')
    UNION ALL
    SELECT 'stated', printed.indicator, printed.definition, printed.level, printed.formula::TEXT,
           term.side, term.indicator, term.term_level
    FROM rate_term AS printed
    JOIN rate_term AS term ON term.formula = printed.formula AND term.side IN ('numerator', 'denominator')
    WHERE printed.side = 'stated'
    UNION ALL
    SELECT 'stated', stated, NULL, NULL, stated, 'numerator', numerator, NULL FROM stated_rate
    UNION ALL
    SELECT 'stated', stated, NULL, NULL, stated, 'denominator', denominator, NULL FROM stated_rate
    UNION ALL
    SELECT 'sum', whole, NULL, level, rule, 'numerator', part, part_level
    FROM whole_part
    WHERE relation = 'sum_equals'
)
SELECT term.kind, term.subject, term.definition, term.level, term.formula,
       list({'indicator': indicator, 'level': term_level, 'name_vi': name_vi, 'name_en': name_en} ORDER BY position, term_level DESC)
           FILTER (side = 'numerator') AS numerator,
       list({'indicator': indicator, 'level': term_level, 'name_vi': name_vi, 'name_en': name_en} ORDER BY position, term_level DESC)
           FILTER (side = 'denominator') AS denominator
FROM term
JOIN indicator USING (indicator)
GROUP BY ALL
ORDER BY term.kind, term.subject, term.definition, term.formula;
