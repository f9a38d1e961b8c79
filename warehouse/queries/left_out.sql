-- The units that a ranking cannot show, each with the reason.
SELECT placed.placed_code AS unit_code, unit.name, parent.name AS parent_name,
       CASE WHEN same.problem = 'split' THEN 'split'
            WHEN same.problem = 'incomplete' THEN 'incomplete'
            WHEN same.denominator = 0 OR same.denominator < $minimum THEN 'small_denominator'
            WHEN same.unit_code IS NOT NULL THEN 'parts_missing'
            WHEN other.definition IS NOT NULL THEN 'other_definition'
            WHEN reported.units IS NULL THEN 'no_report'
            ELSE 'not_asked' END AS reason,
       other.definition AS other_definition, coalesce(same.percent, other.percent) AS percent,
       coalesce(same.denominator, other.denominator) AS denominator
FROM placed
JOIN unit_in_period AS unit ON unit.unit_code = placed.placed_code AND unit.period = placed.period
LEFT JOIN unit_in_period AS parent ON parent.unit_code = unit.parent_code AND parent.period = placed.period
LEFT JOIN (
    SELECT member.unit_code, count(*) AS units
    FROM member
    JOIN report_in_force AS report ON report.unit_code = member.member_code AND report.period = member.period
    WHERE member.boundary = $boundary AND member.level = $level AND member.period = $period
      AND report.simulated = $simulated
    GROUP BY member.unit_code
) AS reported ON reported.unit_code = placed.placed_code
LEFT JOIN own_rate AS same
  ON same.boundary = placed.boundary AND same.counting = 'printed' AND same.unit_code = placed.placed_code
 AND same.level = placed.level AND same.period = placed.period
 AND same.rate = $rate AND same.definition = $definition AND same.simulated = $simulated
LEFT JOIN (
    SELECT boundary, unit_code, level, period, definition, percent, denominator
    FROM own_rate
    WHERE rate = $rate AND definition <> $definition AND counting = 'printed' AND simulated = $simulated
      AND boundary = $boundary AND period = $period AND level = $level
    QUALIFY row_number() OVER (PARTITION BY unit_code ORDER BY percent IS NULL, definition) = 1
) AS other ON other.unit_code = placed.placed_code
WHERE placed.boundary = $boundary AND placed.unit_code = $unit AND placed.level = $level AND placed.period = $period
  AND NOT coalesce(same.percent IS NOT NULL AND same.denominator >= $minimum, false)
ORDER BY reason, unit.name COLLATE vi, unit.unit_code;
