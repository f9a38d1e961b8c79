-- The figure in force for a unit, level, period and indicator, with the report it is from.
CREATE OR REPLACE VIEW fact AS
SELECT unit_code, level::TEXT AS level, period::TEXT AS period, indicator::TEXT AS indicator, value, status::TEXT AS status,
       report_id, place, simulated
FROM printed_fact_of(0, 65535);
