-- The units directly below a unit that were valid in a period, in Vietnamese order.
SELECT child.unit_code, child.name, child.kind, child.level
FROM unit AS child
JOIN member ON member.unit_code = child.unit_code AND member.member_code = child.unit_code AND member.period = $period
WHERE coalesce(child.parent_code, 'VN') = $unit
ORDER BY child.name COLLATE vi, child.unit_code;
