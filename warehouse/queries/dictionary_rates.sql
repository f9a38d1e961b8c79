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
-- A unit has one report in force for a period, so reports are counted as units, each a bit; under a formula for any level
-- those that have the rate at one of them.
answer AS (
    SELECT formula.formula, rate.period, bit_count(bitstring_agg(rate.unit_no, $reach_first, $reach_last)) AS asked,
           bit_count(bitstring_agg(rate.unit_no, $reach_first, $reach_last)
               FILTER (rate.numerator IS NOT NULL AND rate.denominator > 0)) AS reported
    FROM rate_by_unit AS rate
    JOIN formula
      ON formula.rate = rate.rate AND formula.definition = rate.definition
     AND (formula.level IS NULL OR formula.level = rate.level)
    WHERE ($simulated IS NULL OR rate.simulated = $simulated) AND rate.unit_no BETWEEN $reach_first AND $reach_last
      AND rate.unit_no IN (SELECT member_no FROM territory WHERE boundary = 'then' AND unit_code = $unit)
    GROUP BY ALL
)
SELECT definition.rate, definition.definition, title.name_vi AS rate_vi, title.name_en AS rate_en,
       definition.name_vi, definition.name_en, definition.note_vi, definition.note_en, title.direction, formula.level,
       formula.numerator, formula.denominator, formula.stated, formula.unless,
       coalesce(sum(answer.asked), 0)::BIGINT AS asked, coalesce(sum(answer.reported), 0)::BIGINT AS reported,
       arg_min(period.period, period.position) FILTER (answer.reported > 0) AS first_period,
       arg_max(period.period, period.position) FILTER (answer.reported > 0) AS last_period
FROM rate_name AS definition
JOIN rate_name AS title ON title.rate = definition.rate AND title.definition IS NULL
JOIN formula ON formula.rate = definition.rate AND formula.definition = definition.definition
LEFT JOIN answer ON answer.formula = formula.formula
LEFT JOIN period ON period.period = answer.period
GROUP BY ALL
ORDER BY min(definition.position), formula.level;
