-- The rates that units print or are made of, by number and in the order of units: at level `level`, which on the map of
-- the period may be that of the tiers below.
CREATE OR REPLACE VIEW unit_rate AS
SELECT 'then'::boundary_key AS boundary, unit_no, period, rate, definition, level, numerator, denominator, stated_percent,
       unit_no AS source_no, 'own' AS basis, NULL::TEXT AS problem,
       (numerator IS NOT NULL AND denominator IS NOT NULL)::USMALLINT AS given, 1::USMALLINT AS expected, simulated
FROM rate_by_unit
UNION ALL
SELECT boundary, unit_no, period, rate, definition, level, numerator, denominator, stated_percent, source_no, basis, problem,
       given, expected, simulated
FROM shown_rate
WHERE boundary <> 'then';
