-- One indicator added up over the units of a level under a unit, in a period and the year before; a unit of that level by
-- itself has its own figure. `estimated` where the shares of split units are part of it.
SELECT member.period = $period AS now, count(*) AS units, sum(fact.value * member.weight)::DECIMAL(18, 4) AS value,
       bool_or(member.weight < 1) AS estimated
FROM member
JOIN own_fact AS fact
  ON fact.boundary = 'then' AND fact.counting = 'printed' AND fact.unit_code = member.member_code
 AND fact.period = member.period AND fact.indicator = $indicator
WHERE member.boundary = $boundary AND member.weight IS NOT NULL AND member.unit_code = $unit AND member.level = $level
  AND fact.value IS NOT NULL AND fact.simulated = $simulated
  AND member.period IN (SELECT unnest([period, year_before]) FROM period WHERE period = $period)
  AND (SELECT any_value(level) FROM unit WHERE unit_code = $unit) IS DISTINCT FROM $level
GROUP BY now
UNION ALL
SELECT fact.period = $period, fact.given::BIGINT, fact.value::DECIMAL(18, 4), fact.basis = 'estimated'
FROM own_fact AS fact
WHERE fact.boundary = $boundary AND fact.counting = 'printed' AND fact.unit_code = $unit AND fact.level = $level
  AND fact.indicator = $indicator AND fact.value IS NOT NULL AND fact.simulated = $simulated
  AND (SELECT any_value(level) FROM unit WHERE unit_code = $unit) = $level
  AND fact.period IN (SELECT unnest([period, year_before]) FROM period WHERE period = $period)
ORDER BY now DESC;
