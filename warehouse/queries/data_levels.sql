-- The levels of the units that reported under a unit in a period; on today's map those of units that are still there.
SELECT level, CAST(reported AS BIGINT) AS reports
FROM reporting
WHERE boundary = $boundary AND unit_no = $unit_no AND period = $period AND simulated = $simulated
  AND ($boundary = 'then' OR level <> 'district')
ORDER BY CASE level WHEN 'province' THEN 1 WHEN 'district' THEN 2 ELSE 3 END;
