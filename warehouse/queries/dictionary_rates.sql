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
),
answer AS (
    SELECT formula, sum(asked)::BIGINT AS asked, sum(reported)::BIGINT AS reported,
           min(first_position) AS first_position, max(last_position) AS last_position
    FROM rate_coverage
    WHERE ($simulated IS NULL OR simulated = $simulated) AND unit_no BETWEEN $reach_first AND $reach_last
      AND unit_no IN (SELECT member_no FROM territory WHERE boundary = 'then' AND unit_code = $unit)
    GROUP BY formula
)
SELECT definition.rate, definition.definition, title.name_vi AS rate_vi, title.name_en AS rate_en,
       definition.name_vi, definition.name_en, definition.note_vi, definition.note_en, title.direction, formula.level,
       formula.numerator, formula.denominator, formula.stated, formula.unless,
       coalesce(answer.asked, 0) AS asked, coalesce(answer.reported, 0) AS reported,
       first.period AS first_period, last.period AS last_period
FROM rate_name AS definition
JOIN rate_name AS title ON title.rate = definition.rate AND title.definition IS NULL
JOIN formula ON formula.rate = definition.rate AND formula.definition = definition.definition
LEFT JOIN answer ON answer.formula = formula.formula
LEFT JOIN period AS first ON first.position = answer.first_position
LEFT JOIN period AS last ON last.position = answer.last_position
ORDER BY definition.position, formula.level;
