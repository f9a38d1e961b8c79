-- Facts about every unit's own work, on every map and under both ways of counting (`own_fact_of`).
CREATE OR REPLACE VIEW own_fact AS
SELECT * REPLACE (level::TEXT AS level, period::TEXT AS period, indicator::TEXT AS indicator, status::TEXT AS status)
FROM own_fact_of(0, 65535);
