-- Rates of a unit's own work, on every map and under both ways of counting; what a district prints about its communes'
-- work is left out, so that adding up units never counts a dossier twice. As printed they are stored (`shown_rate`).
CREATE OR REPLACE VIEW own_rate AS
WITH figure AS (
    SELECT boundary, 'printed' AS counting, unit_code, level, period, rate, definition, numerator, denominator,
           stated_percent, report_id, simulated, problem, basis, given, expected
    FROM shown
    UNION ALL
    SELECT 'then', counting, unit_code, level, period, rate, definition, numerator, denominator, stated_percent, report_id,
           simulated, problem, basis, (numerator IS NOT NULL AND denominator IS NOT NULL)::INTEGER, 1
    FROM counted_rate
    JOIN unit USING (unit_code, level)
    WHERE counting = 'discrete'
    UNION ALL
    SELECT boundary, counting, unit_code, level, period, rate, definition, numerator, denominator, stated_percent,
           report_id, simulated, problem, basis, given, expected
    FROM carried_rate
    WHERE counting = 'discrete'
)
SELECT boundary, counting, unit_code, level, period, rate, definition, numerator, denominator,
       CASE WHEN denominator > 0 THEN round(100.0 * numerator::DOUBLE / denominator::DOUBLE, 6) END AS percent,
       stated_percent, report_id, simulated, problem, basis, given, expected
FROM figure;
