-- Each unit with all units of any time that lie in it on a map, as a whole or in part.
SELECT unit_no, member_no, weight = 1 AS is_whole
FROM territory
WHERE boundary = $boundary
ORDER BY unit_no, member_no;
