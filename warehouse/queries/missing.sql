-- The units below a unit that should have reported for a period and did not, tier by tier, in Vietnamese order.
SELECT unit.level, unit.unit_code, unit.name, parent.name AS parent_name
FROM member
JOIN unit_in_period AS unit ON unit.unit_code = member.member_code AND unit.period = member.period
LEFT JOIN unit_in_period AS parent ON parent.unit_code = unit.parent_code AND parent.period = member.period
ANTI JOIN report_in_force AS report
  ON report.unit_code = member.member_code AND report.period = member.period AND report.simulated = $simulated
WHERE member.boundary = 'then' AND member.unit_code = $unit AND member.period = $period AND member.member_code <> $unit
ORDER BY array_position(['province', 'district', 'commune'], unit.level), parent.name COLLATE vi, unit.name COLLATE vi, unit.unit_code;
