-- The definitions of a rate in use among the units of a level under a unit, the widest coverage first.
SELECT rate.definition, count(*) AS units
FROM member
JOIN own_rate AS rate ON rate.unit_code = member.member_code AND rate.period = member.period
WHERE member.unit_code = $unit AND member.level = $level AND member.period = $period
  AND rate.rate = $rate AND rate.percent IS NOT NULL AND rate.simulated = $simulated
GROUP BY rate.definition
ORDER BY units DESC, rate.definition;
