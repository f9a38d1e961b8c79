-- The findings in the reports of a unit and its descendants for a period, the gravest first.
SELECT * EXCLUDE (position)
FROM finding_in_force
WHERE period = $period AND simulated = $simulated
  AND unit_code IN (SELECT unit_code FROM unit_ancestor WHERE ancestor_code = $unit)
ORDER BY position, unit_name COLLATE vi, place;
