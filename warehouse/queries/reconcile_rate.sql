-- One rate, tier by tier: as the unit's own report prints it for the tier, as the sums over the tier's own reports give
-- it, and what follows for the units that did not report: the printed parts less the parts of those that did.
WITH tier AS (
    SELECT member.level, count(*) AS expected, count(report.report_id) AS reported
    FROM member
    LEFT JOIN report_in_force AS report
      ON report.unit_code = member.member_code AND report.period = member.period AND report.simulated = $simulated
    WHERE member.boundary = 'then' AND member.unit_code = $unit AND member.period = $period
    GROUP BY member.level
),
printed AS (
    SELECT level, definition, numerator, denominator, percent, stated_percent, report_id
    FROM rate
    WHERE unit_code = $unit AND period = $period AND simulated = $simulated AND rate = $rate
),
summed AS (
    SELECT member.level, rate.definition, count(rate.percent) AS given,
           sum(rate.numerator) FILTER (rate.percent IS NOT NULL) AS numerator,
           sum(rate.denominator) FILTER (rate.percent IS NOT NULL) AS denominator
    FROM member
    JOIN own_rate AS rate
      ON rate.boundary = 'then' AND rate.counting = 'printed' AND rate.unit_code = member.member_code
     AND rate.period = member.period AND rate.rate = $rate AND rate.simulated = $simulated
    WHERE member.boundary = 'then' AND member.unit_code = $unit AND member.period = $period
    GROUP BY ALL
),
definition AS (
    SELECT level, definition FROM printed
    UNION
    SELECT level, definition FROM summed WHERE given > 0
)
SELECT tier.level, definition.definition, tier.expected, tier.reported, coalesce(summed.given, 0) AS given,
       printed.numerator, printed.denominator, printed.percent, printed.stated_percent,
       summed.numerator AS summed_numerator, summed.denominator AS summed_denominator,
       100.0 * summed.numerator::DOUBLE / nullif(summed.denominator, 0)::DOUBLE AS summed_percent,
       printed.numerator - summed.numerator AS residual_numerator,
       printed.denominator - summed.denominator AS residual_denominator,
       CASE WHEN coalesce(summed.given, 0) < tier.expected AND printed.numerator >= summed.numerator
             AND printed.denominator > summed.denominator
             AND printed.numerator - summed.numerator <= printed.denominator - summed.denominator
            THEN 100.0 * (printed.numerator - summed.numerator)::DOUBLE
                       / (printed.denominator - summed.denominator)::DOUBLE END AS implied_percent,
       printed.report_id
FROM tier
JOIN definition ON definition.level = tier.level
LEFT JOIN printed ON printed.level = tier.level AND printed.definition = definition.definition
LEFT JOIN summed ON summed.level = tier.level AND summed.definition = definition.definition
ORDER BY array_position(['province', 'district', 'commune'], tier.level), summed.given DESC NULLS LAST, definition.definition;
