-- Between which numbers all units of a level (null: of any) lie that figures of a unit, and of those in it, may be made of
-- on a map.
WITH inside AS (
    SELECT member_no
    FROM territory
    WHERE boundary = $boundary AND unit_no = $unit_no
),
needed AS (
    SELECT member_no FROM inside
    UNION ALL
    SELECT heritage.member_no
    FROM heritage
    JOIN inside ON inside.member_no = heritage.unit_no
    WHERE heritage.boundary = $boundary
)
SELECT min(unit.unit_no) AS first, max(unit.unit_no) AS last
FROM needed
JOIN unit ON unit.unit_no = needed.member_no
WHERE $level IS NULL OR unit.level = $level;
