-- A ratio of sums under one definition, beside the percentage printed in the report.
CREATE OR REPLACE VIEW rate AS
SELECT unit_code, level::TEXT AS level, period::TEXT AS period, rate::TEXT AS rate, definition::TEXT AS definition, numerator,
       denominator, percent, stated_percent, report_id, simulated
FROM printed_rate_of(0, 65535);
