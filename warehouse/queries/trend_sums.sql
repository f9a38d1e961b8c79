-- One rate in every period, under every definition, added up over the units of a level in each of some units. `short` of
-- the reports do not cover the period.
SELECT unit_no, period, definition, numerator, denominator, units, problem,
       CASE WHEN estimated THEN 'estimated' ELSE 'sum' END AS basis, short
FROM added_rate
WHERE boundary = $boundary AND level = $level AND rate = $rate AND simulated = $simulated
  AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($units))
ORDER BY unit_no, period, definition;
