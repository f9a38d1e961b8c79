-- A ratio of sums under one definition, beside the percentage printed in the report; the percentage is null where the
-- denominator is 0 or a part is missing.
CREATE OR REPLACE VIEW rate AS
SELECT unit.unit_code, rate.level::TEXT AS level, rate.period::TEXT AS period, rate.rate::TEXT AS rate,
       rate.definition::TEXT AS definition, rate.numerator, rate.denominator,
       CASE WHEN rate.denominator > 0
            THEN round(100.0 * rate.numerator::DOUBLE / rate.denominator::DOUBLE, 6) END AS percent,
       rate.stated_percent, report.report_id, rate.simulated
FROM rate_by_unit AS rate
JOIN unit ON unit.unit_no = rate.unit_no
JOIN report ON report.unit_code = unit.unit_code AND report.period = rate.period AND report.superseded_by IS NULL;
