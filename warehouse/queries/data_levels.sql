-- The levels of the units that reported under a unit in a period; on today's map those of units that are still there.
SELECT member.level, count(*) AS reports
FROM member
JOIN report_in_force AS report ON report.unit_code = member.member_code AND report.period = member.period
WHERE member.boundary = $boundary AND member.unit_code = $unit AND member.period = $period
  AND report.simulated = $simulated AND ($boundary = 'then' OR member.level <> 'district')
GROUP BY member.level
ORDER BY array_position(['province', 'district', 'commune'], member.level);
