-- One rate, tier by tier and definition by definition: as the unit's own report gives it for the tier, as the sums over
-- the tier's own reports give it, and what follows for the units that gave none: the printed parts less the parts of
-- those that did. Printed and own figures under two definitions are not compared. `short` of the tier's reports do
-- not cover the period, at most `days_missing` of it. A tier without any figure is a row without a definition.
WITH tier AS (
    SELECT member.level, count(*) AS expected, coalesce(any_value(sent.reported), 0)::BIGINT AS reported,
           coalesce(any_value(sent.short), 0)::BIGINT AS short, any_value(sent.days_missing) FILTER (sent.short > 0) AS days_missing,
           member.level IS NOT DISTINCT FROM (SELECT level FROM unit WHERE unit_no = $unit_no) AS own
    FROM member
    LEFT JOIN reporting AS sent
      ON sent.boundary = 'then' AND sent.unit_no = $unit_no AND sent.period = $period AND sent.simulated = $simulated
     AND sent.level = member.level
    WHERE member.boundary = 'then' AND member.unit_no = $unit_no AND member.period = $period
    GROUP BY member.level
),
printed AS (
    SELECT level, definition, numerator, denominator, stated_percent,
           CASE WHEN denominator > 0 THEN round(100.0 * numerator::DOUBLE / denominator::DOUBLE, 6) END AS percent,
           (SELECT report_id FROM report_in_force WHERE unit_code = $unit AND period = $period) AS report_id
    FROM rate_by_unit
    WHERE unit_no = $unit_no AND period = $period AND simulated = $simulated AND rate = $rate
      AND (numerator IS NOT NULL AND denominator > 0 OR stated_percent IS NOT NULL)
),
summed AS (
    SELECT level, definition, units AS given, numerator, denominator
    FROM added_rate
    WHERE boundary = 'then' AND unit_no = $unit_no AND period = $period AND simulated = $simulated AND rate = $rate
      AND units > 0
),
compared AS (
    SELECT tier.*, used.definition,
           (CASE WHEN tier.own THEN (printed.percent IS NOT NULL)::INTEGER ELSE coalesce(summed.given, 0) END)::BIGINT AS given,
           printed.numerator, printed.denominator, printed.percent, printed.stated_percent, printed.report_id,
           summed.numerator AS summed_numerator, summed.denominator AS summed_denominator,
           printed.numerator - summed.numerator AS rest_numerator, printed.denominator - summed.denominator AS rest_denominator,
           printed.definition IS NOT NULL AS is_printed,
           EXISTS (FROM printed AS other WHERE other.level = tier.level) AS any_printed,
           EXISTS (FROM summed AS other WHERE other.level = tier.level) AS any_summed
    FROM tier
    LEFT JOIN (FROM (SELECT level, definition FROM printed UNION SELECT level, definition FROM summed)) AS used
      ON used.level = tier.level
    LEFT JOIN printed ON printed.level = tier.level AND printed.definition = used.definition
    LEFT JOIN summed ON summed.level = tier.level AND summed.definition = used.definition
),
judged AS (
    SELECT *,
           CASE WHEN definition IS NULL THEN 'no_figure'
                WHEN own THEN 'own'
                WHEN NOT is_printed THEN CASE WHEN any_printed THEN 'other_definition' ELSE 'not_printed' END
                WHEN reported = 0 THEN 'none_reported'
                WHEN given = 0 THEN CASE WHEN any_summed THEN 'other_definition' ELSE 'not_asked' END
                WHEN percent IS NULL THEN 'parts_missing'
                WHEN rest_numerator < 0 OR rest_denominator < 0 THEN 'exceeds'
                WHEN rest_numerator = 0 AND rest_denominator = 0
                THEN CASE WHEN given = expected THEN 'agrees' ELSE 'agrees_so_far' END
                WHEN given = expected THEN 'differs'
                WHEN rest_numerator > rest_denominator AND percent <= 100 THEN 'impossible'
                ELSE 'implied' END AS verdict
    FROM compared
)
SELECT level, definition, expected, reported, given, numerator, denominator, percent, stated_percent,
       summed_numerator, summed_denominator,
       100.0 * summed_numerator::DOUBLE / nullif(summed_denominator, 0)::DOUBLE AS summed_percent,
       CASE WHEN NOT own THEN rest_numerator END AS residual_numerator,
       CASE WHEN NOT own THEN rest_denominator END AS residual_denominator,
       CASE WHEN verdict = 'implied' AND rest_denominator > 0
            THEN 100.0 * rest_numerator::DOUBLE / rest_denominator::DOUBLE END AS implied_percent,
       verdict, own, short, days_missing, report_id
FROM judged
ORDER BY array_position(['province', 'district', 'commune'], level), verdict = 'other_definition' AND percent IS NULL,
         given DESC, definition;
