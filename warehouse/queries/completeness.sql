-- How many of the units that should report did, by level, for a unit and a period.
SELECT member.level,
       count(*) AS expected,
       count(report.report_id) AS reported
FROM member
LEFT JOIN report_in_force AS report
  ON report.unit_code = member.member_code AND report.period = member.period AND report.simulated = $simulated
WHERE member.boundary = $boundary AND member.unit_code = $unit AND member.period = $period
GROUP BY member.level
ORDER BY array_position(['province', 'district', 'commune'], member.level);
