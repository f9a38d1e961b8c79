-- How many units of a level lie in each unit on a map, whole or in part, by the days from and until which they exist.
SELECT territory.unit_no, unit.valid_from, unit.valid_to, count(*) AS units
FROM territory
JOIN unit ON unit.unit_no = territory.member_no
WHERE territory.boundary = $boundary AND unit.level = $level
GROUP BY territory.unit_no, unit.valid_from, unit.valid_to
ORDER BY territory.unit_no;
