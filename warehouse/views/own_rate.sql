-- Rates of a unit's own work: what a district prints about its communes' work is left out here, so that
-- adding up units never counts a dossier twice.
CREATE OR REPLACE VIEW own_rate AS
SELECT rate.*
FROM rate
JOIN unit USING (unit_code, level);
