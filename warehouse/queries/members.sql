-- The numbers of all units of any time that lie in a unit on a map, in whole or in part.
SELECT member_no
FROM territory
WHERE boundary = $boundary AND unit_no = $unit_no
ORDER BY member_no;
