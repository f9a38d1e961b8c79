-- The findings in the reports in force of a unit and those in it for a period, the gravest first.
SELECT * EXCLUDE (position)
FROM finding_in_force
WHERE period = $period AND simulated = $simulated
  AND unit_code IN (SELECT member_code FROM territory WHERE boundary = $boundary AND unit_code = $unit)
ORDER BY position, unit_name COLLATE vi, place;
