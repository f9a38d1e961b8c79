-- Every rate a unit's own report gives for a period, at every level it counts: its own work and what it prints for
-- the tiers below.
SELECT rate.level, rate.rate, rate.definition, rate.numerator, rate.denominator, rate.percent, rate.stated_percent,
       report.file_name, rate.unit_code, rate.period
FROM rate
JOIN report ON report.report_id = rate.report_id AND report.unit_code = $unit AND report.period = $period
WHERE rate.unit_code = $unit AND rate.period = $period AND rate.simulated = $simulated
  AND (rate.percent IS NOT NULL OR rate.stated_percent IS NOT NULL)
ORDER BY rate.rate, array_position(['province', 'district', 'commune'], rate.level), rate.definition;
