-- One indicator of one unit in a period and the year before: its own figure, which a union without one of its parts has not.
SELECT period = $period AS now, given::BIGINT AS units, value::DECIMAL(18, 4) AS value, basis = 'estimated' AS estimated
FROM own_fact_of($reach_first, $reach_last)
WHERE boundary = $boundary AND counting = 'printed' AND unit_code = $unit AND level = $level AND indicator = $indicator
  AND value IS NOT NULL AND simulated = $simulated AND period IN ($period, $year_before)
ORDER BY now DESC;
