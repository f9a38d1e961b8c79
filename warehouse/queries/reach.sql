-- For each unit between which numbers all units of a level (null: of any) lie that its figures, and those of the units in it,
-- may be made of on a map.
WITH needed AS (
    SELECT unit_no, member_no
    FROM territory
    WHERE boundary = $boundary
    UNION ALL
    SELECT territory.unit_no, heritage.member_no
    FROM territory
    JOIN heritage ON heritage.boundary = $boundary AND heritage.unit_no = territory.member_no
    WHERE territory.boundary = $boundary
)
SELECT needed.unit_no, min(unit.unit_no) AS first, max(unit.unit_no) AS last
FROM needed
JOIN unit ON unit.unit_no = needed.member_no
WHERE $level IS NULL OR unit.level = $level
GROUP BY needed.unit_no
ORDER BY needed.unit_no;
