-- Facts about a unit's own work, one per unit, period and indicator.
CREATE OR REPLACE VIEW own_fact AS
SELECT fact.*
FROM fact
JOIN unit USING (unit_code, level);
