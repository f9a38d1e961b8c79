-- One indicator of some units in every period: their own figures, as printed, carried or counted.
SELECT unit_no, period, value::DOUBLE AS value, given AS units, coalesce(problem, CASE WHEN value IS NULL THEN 'left_blank' END)
       AS problem, basis, report_id
FROM own_fact_of($reach_first, $reach_last)
WHERE boundary = $boundary AND counting = $counting AND level = $level AND indicator = $indicator AND simulated = $simulated
  AND unit_no BETWEEN $first AND $last AND unit_no IN (SELECT unnest($units))
ORDER BY unit_no, period;
