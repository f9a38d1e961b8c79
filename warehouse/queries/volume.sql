-- One indicator added up over the units of a level under a unit, in a period and the year before; `estimated` where the
-- shares of split units are part of the sum.
SELECT member.period = $period AS now, count(*) AS units, sum(fact.value * member.weight)::DECIMAL(18, 4) AS value,
       bool_or(member.weight < 1) AS estimated
FROM member
JOIN own_fact AS fact
  ON fact.boundary = 'then' AND fact.counting = 'printed' AND fact.unit_code = member.member_code
 AND fact.period = member.period AND fact.indicator = $indicator
WHERE member.boundary = $boundary AND member.weight IS NOT NULL AND member.unit_code = $unit AND member.level = $level
  AND fact.value IS NOT NULL AND fact.simulated = $simulated
  AND member.period IN (SELECT unnest([period, year_before]) FROM period WHERE period = $period)
GROUP BY now
ORDER BY now DESC;
