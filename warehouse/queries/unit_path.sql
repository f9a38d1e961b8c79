-- Each unit with itself and all that it lies in on a map, in whole or in part, the province first.
SELECT territory.member_no AS unit_no, territory.unit_no AS above_no
FROM territory
JOIN unit AS above ON above.unit_no = territory.unit_no
WHERE territory.boundary = $boundary
ORDER BY unit_no, CASE above.level WHEN 'province' THEN 1 WHEN 'district' THEN 2 ELSE 3 END, above_no;
