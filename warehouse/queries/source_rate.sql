-- One rate of a unit's own report: as printed, as recomputed from its parts, and the verdict of the checks on the two.
SELECT rate.numerator::DOUBLE AS numerator, rate.denominator::DOUBLE AS denominator, rate.percent,
       rate.stated_percent::DOUBLE AS stated_percent, rate.report_id,
       CASE WHEN rate.stated_percent IS NULL THEN 'not_stated'
            WHEN finding.rule IS NOT NULL THEN finding.rule
            WHEN rate.percent IS NULL THEN 'not_computed'
            ELSE 'agrees' END AS verdict
FROM rate
LEFT JOIN finding
  ON finding.report_id = rate.report_id AND starts_with(finding.rule, 'rate_')
 AND finding.compared->>'$.subject' = rate.rate AND finding.compared->>'$.level' = rate.level
WHERE rate.unit_code = $unit AND rate.level = $level AND rate.period = $period
  AND rate.rate = $rate AND rate.definition = $definition;
