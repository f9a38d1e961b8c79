-- What a figure over several units is the sum of: the own figures of the units of a level under a unit that have one, the
-- largest first, each with its report; on today's map those of former units, a split one with its estimated share.
-- `<> ''` leaves the half that is not asked for out of the plan.
WITH part AS (
    SELECT unit_code, level, period, numerator, denominator, percent AS value, report_id, simulated
    FROM counted_rate_of($reach_first, $reach_last)
    SEMI JOIN unit USING (unit_no, level)
    WHERE counting = $counting AND $rate <> '' AND rate = $rate AND definition = $definition AND percent IS NOT NULL
    UNION ALL BY NAME
    SELECT unit_code, level, period, value, report_id, simulated
    FROM counted_fact_of($reach_first, $reach_last)
    SEMI JOIN unit USING (unit_no, level)
    WHERE counting = $counting AND $indicator <> '' AND indicator = $indicator AND value IS NOT NULL
)
SELECT unit.unit_code, unit.name, part.level, (part.numerator * member.weight)::DOUBLE AS numerator,
       (part.denominator * member.weight)::DOUBLE AS denominator,
       (CASE WHEN $rate = '' THEN member.weight ELSE 1 END * part.value)::DOUBLE AS value, member.weight AS share,
       report.file_name, report.report_id, report.as_of, report.signed_on
FROM member
JOIN part ON part.unit_code = member.member_code AND part.period = member.period
JOIN unit_in_period AS unit ON unit.unit_code = member.member_code AND unit.period = member.period
JOIN report USING (report_id)
WHERE member.boundary = $boundary AND member.weight IS NOT NULL AND member.unit_code = $unit
  AND member.level = $level AND member.period = $period AND part.simulated = $simulated
ORDER BY coalesce(part.denominator, part.value) DESC, unit.name COLLATE vi, unit.unit_code;
