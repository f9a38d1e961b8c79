-- Rates of every unit's own work, on every map and under both ways of counting (`own_rate_of`).
CREATE OR REPLACE VIEW own_rate AS
SELECT * REPLACE (level::TEXT AS level, period::TEXT AS period, rate::TEXT AS rate, definition::TEXT AS definition)
FROM own_rate_of(0, 65535);
