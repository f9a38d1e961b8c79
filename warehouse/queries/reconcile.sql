-- Up and down: for each tier below a unit, what the unit's own report prints for it, beside the sum over the reports of
-- that tier's own units, and what is left. The two are never added. Where some units gave no figure, the residual is what
-- theirs must be; where all did, it is a contradiction. Additive indicators only.
WITH tier AS (
    SELECT member.level, count(*) AS expected, count(report.report_id) AS reported
    FROM member
    LEFT JOIN report_in_force AS report
      ON report.unit_code = member.member_code AND report.period = member.period AND report.simulated = $simulated
    WHERE member.boundary = 'then' AND member.unit_code = $unit AND member.period = $period
      AND member.level IS DISTINCT FROM (SELECT level FROM unit WHERE unit_code = $unit)
    GROUP BY member.level
),
printed AS (
    SELECT level, indicator, value, report_id, place
    FROM fact
    WHERE unit_code = $unit AND period = $period AND simulated = $simulated AND value IS NOT NULL
),
summed AS (
    SELECT member.level, fact.indicator, count(fact.value) AS given, sum(fact.value) AS value
    FROM member
    JOIN fact_by_unit AS fact
      ON fact.unit_no = member.member_no AND fact.level = member.level AND fact.period = member.period
     AND fact.simulated = $simulated
    WHERE member.boundary = 'then' AND member.unit_code = $unit AND member.period = $period
      AND fact.period = $period AND fact.unit_no BETWEEN $reach_first AND $reach_last
    GROUP BY ALL
)
SELECT tier.level, indicator.indicator, indicator.name_vi, indicator.name_en, indicator.decimals,
       tier.expected, tier.reported, coalesce(summed.given, 0) AS given,
       printed.value AS printed, summed.value AS summed, printed.value - summed.value AS residual,
       CASE WHEN printed.value IS NULL THEN 'not_printed'
            WHEN tier.reported = 0 THEN 'none_reported'
            WHEN summed.value IS NULL THEN 'not_asked'
            WHEN printed.value < summed.value THEN 'exceeds'
            WHEN printed.value = summed.value THEN CASE WHEN summed.given = tier.expected THEN 'agrees' ELSE 'agrees_so_far' END
            WHEN summed.given = tier.expected THEN 'differs'
            ELSE 'implied' END AS verdict,
       printed.report_id, printed.place
FROM tier
JOIN indicator ON indicator.additive
LEFT JOIN printed ON printed.level = tier.level AND printed.indicator = indicator.indicator
LEFT JOIN summed ON summed.level = tier.level AND summed.indicator = indicator.indicator
WHERE printed.value IS NOT NULL OR summed.value IS NOT NULL
ORDER BY array_position(['province', 'district', 'commune'], tier.level), verdict = 'not_printed', indicator.position;
