-- One rate of several units in every period, under every definition: their own at the counted level, else added up over the
-- units of that level in them. `basis` is sum there, and `short` of the reports do not cover the period.
SELECT unit_no, period, definition, numerator, denominator, units, problem,
       CASE WHEN estimated THEN 'estimated' ELSE 'sum' END AS basis, NULL::USMALLINT AS source_no, short, FALSE AS own
FROM added_rate
WHERE boundary = $boundary AND level = $level AND rate = $rate AND simulated = $simulated
  AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($sums))
UNION ALL
SELECT unit_no, period, definition, numerator, denominator, given, problem, basis, source_no, NULL, TRUE
FROM unit_rate
WHERE boundary = $boundary AND level = $level AND rate = $rate AND simulated = $simulated
  AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($own))
ORDER BY unit_no, period, definition;
