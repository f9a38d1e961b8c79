-- The numbers of all units that lie in a unit as a whole, on a map.
SELECT member_no
FROM territory
WHERE boundary = $boundary AND unit_no = $unit_no AND weight = 1
ORDER BY member_no;
