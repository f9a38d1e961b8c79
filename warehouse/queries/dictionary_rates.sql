-- The rates under each definition: their words, each formula as lists of terms, and how many reports of a unit and those
-- below give them. A definition with two formulas (one a level) is two rows.
WITH formula AS (
    SELECT rate_term.formula, rate_term.rate, rate_term.definition, rate_term.level,
           list({'indicator': indicator, 'level': term_level, 'name_vi': name_vi, 'name_en': name_en} ORDER BY position, term_level DESC)
               FILTER (side = 'numerator') AS numerator,
           list({'indicator': indicator, 'level': term_level, 'name_vi': name_vi, 'name_en': name_en} ORDER BY position, term_level DESC)
               FILTER (side = 'denominator') AS denominator,
           list({'indicator': indicator, 'level': term_level, 'name_vi': name_vi, 'name_en': name_en} ORDER BY position, term_level DESC)
               FILTER (side = 'stated') AS stated,
           list({'indicator': indicator, 'level': term_level, 'name_vi': name_vi, 'name_en': name_en} ORDER BY position, term_level DESC)
               FILTER (side = 'unless') AS unless
    FROM rate_term
    JOIN indicator USING (indicator)
    GROUP BY ALL
)
SELECT definition.rate, definition.definition, title.name_vi AS rate_vi, title.name_en AS rate_en,
       definition.name_vi, definition.name_en, definition.note_vi, definition.note_en, title.direction, formula.level,
       formula.numerator, formula.denominator, formula.stated, formula.unless,
       count(DISTINCT report.report_id) AS asked,
       count(DISTINCT report.report_id) FILTER (rate.percent IS NOT NULL) AS reported,
       arg_min(period.period, period.position) FILTER (rate.percent IS NOT NULL) AS first_period,
       arg_max(period.period, period.position) FILTER (rate.percent IS NOT NULL) AS last_period
FROM rate_name AS definition
JOIN rate_name AS title ON title.rate = definition.rate AND title.definition IS NULL
JOIN formula ON formula.rate = definition.rate AND formula.definition = definition.definition
LEFT JOIN rate
  ON rate.rate = definition.rate AND rate.definition = definition.definition
 AND (formula.level IS NULL OR formula.level = rate.level) AND ($simulated IS NULL OR rate.simulated = $simulated)
 AND rate.unit_code IN (SELECT member_code FROM territory WHERE boundary = 'then' AND unit_code = $unit)
LEFT JOIN report ON report.report_id = rate.report_id
LEFT JOIN period ON period.period = rate.period
GROUP BY ALL
ORDER BY min(definition.position), formula.level;
