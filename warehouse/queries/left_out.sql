-- The units that a ranking cannot show, each with the reason.
SELECT member.member_code AS unit_code, unit.name, parent.name AS parent_name,
       CASE WHEN report.report_id IS NULL THEN 'no_report'
            WHEN same.denominator = 0 OR same.denominator < $minimum THEN 'small_denominator'
            WHEN same.report_id IS NOT NULL THEN 'parts_missing'
            WHEN other.definition IS NOT NULL THEN 'other_definition'
            ELSE 'not_asked' END AS reason,
       other.definition AS other_definition, coalesce(same.percent, other.percent) AS percent,
       coalesce(same.denominator, other.denominator) AS denominator
FROM member
JOIN unit ON unit.unit_code = member.member_code
LEFT JOIN unit AS parent ON parent.unit_code = unit.parent_code
LEFT JOIN report_in_force AS report
  ON report.unit_code = member.member_code AND report.period = member.period AND report.simulated = $simulated
LEFT JOIN own_rate AS same
  ON same.unit_code = member.member_code AND same.period = member.period
 AND same.rate = $rate AND same.definition = $definition AND same.simulated = $simulated
LEFT JOIN (
    SELECT unit_code, period, definition, percent, denominator
    FROM own_rate
    WHERE rate = $rate AND definition <> $definition AND simulated = $simulated
    QUALIFY row_number() OVER (PARTITION BY unit_code, period ORDER BY percent IS NULL, definition) = 1
) AS other ON other.unit_code = member.member_code AND other.period = member.period
WHERE member.unit_code = $unit AND member.level = $level AND member.period = $period
  AND NOT coalesce(same.percent IS NOT NULL AND same.denominator >= $minimum, false)
ORDER BY reason, unit.name COLLATE vi, unit.unit_code;
