-- For each period in which a unit or one of those in it reported: how many reports were expected and received,
-- and what was found in them, by level.
WITH wanted AS (
    SELECT DISTINCT report.period
    FROM report_in_force AS report
    JOIN territory ON territory.member_code = report.unit_code
    WHERE territory.boundary = $boundary AND territory.unit_code = $unit AND report.simulated = $simulated
),
found AS (
    SELECT report_id, count(*) FILTER (severity = 'high') AS high, count(*) FILTER (severity = 'medium') AS medium,
           count(*) FILTER (severity = 'low') AS low
    FROM finding
    GROUP BY report_id
)
SELECT period.period, member.level, count(*) AS expected, count(report.report_id) AS reported,
       coalesce(sum(found.high), 0)::BIGINT AS high, coalesce(sum(found.medium), 0)::BIGINT AS medium,
       coalesce(sum(found.low), 0)::BIGINT AS low
FROM wanted
JOIN period USING (period)
JOIN member ON member.boundary = $boundary AND member.unit_code = $unit AND member.period = wanted.period
LEFT JOIN report_in_force AS report
  ON report.unit_code = member.member_code AND report.period = member.period AND report.simulated = $simulated
LEFT JOIN found ON found.report_id = report.report_id
GROUP BY period.period, period.position, period.window_end, member.level
ORDER BY period.window_end DESC, period.position DESC,
         array_position(['province', 'district', 'commune'], member.level);
