-- One indicator of some units in every period, as they print it themselves.
SELECT unit_no, period, value::DOUBLE AS value, CASE WHEN value IS NULL THEN 0 ELSE 1 END AS units,
       CASE WHEN value IS NULL THEN 'left_blank' END AS problem, 'own' AS basis, unit_no AS source_no
FROM fact_by_unit
WHERE level = $level AND indicator = $indicator AND simulated = $simulated
  AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($units))
ORDER BY unit_no, period;
