-- The children of a unit in a period: each with one rate added up over the units of a level in it, the dossiers behind
-- it, how many of the expected units reported, and how many of these reports are `short` of the period (by at most
-- `days_missing`). Children without
-- a figure stay in the list, with nulls. A child of the counted level has its own figure, carried where the boundary is
-- today's. `former` puts the old districts between a province and its communes of today.
WITH child AS (
    SELECT DISTINCT unit.unit_code, unit.level, former_district.district_code, former_district.whole, FALSE AS grouped
    FROM placed AS itself
    JOIN unit ON unit.unit_code = itself.placed_code
    LEFT JOIN former_district ON former_district.unit_code = unit.unit_code
    WHERE itself.boundary = $boundary AND itself.unit_code = itself.placed_code AND itself.period = $period
      AND (coalesce(unit.parent_code, 'VN') = $unit OR ($boundary <> 'then' AND former_district.district_code = $unit))
      AND NOT ($former AND coalesce(former_district.district_code, $unit) <> $unit)
    UNION ALL
    SELECT DISTINCT former_district.district_code, 'district', NULL, NULL::BOOLEAN, TRUE
    FROM former_district
    JOIN unit USING (unit_code)
    JOIN placed AS itself
      ON itself.boundary = $boundary AND itself.period = $period
     AND itself.unit_code = unit.unit_code AND itself.placed_code = unit.unit_code
    WHERE $former AND unit.parent_code = $unit
),
counted AS (
    SELECT child.unit_code, count(*) AS expected, count(report.report_id) AS reported, count(rate.percent) AS units,
           sum(rate.numerator * member.weight) FILTER (rate.percent IS NOT NULL) AS numerator,
           sum(rate.denominator * member.weight) FILTER (rate.percent IS NOT NULL) AS denominator,
           bool_or(member.weight < 1 AND rate.percent IS NOT NULL) AS estimated, count(covered.report_id) AS short,
           max(covered.days_missing) AS days_missing
    FROM child
    JOIN member
      ON member.unit_code = child.unit_code AND member.period = $period AND member.level = $level
     AND member.boundary = CASE WHEN child.grouped AND $boundary = 'then' THEN 'now' ELSE $boundary END
    LEFT JOIN report_in_force AS report
      ON report.unit_code = member.member_code AND report.period = $period AND report.simulated = $simulated
    LEFT JOIN covered_window AS covered ON covered.report_id = report.report_id AND covered.short
    LEFT JOIN own_rate AS rate
      ON rate.boundary = 'then' AND rate.counting = 'printed' AND rate.unit_code = member.member_code
     AND rate.period = $period AND rate.rate = $rate AND rate.definition = $definition AND rate.simulated = $simulated
     AND member.weight IS NOT NULL
    GROUP BY child.unit_code
)
SELECT child.unit_code, named.name, named.kind, child.level,
       child.level <> 'commune' AS has_children,
       coalesce(counted.expected, 0) AS expected, coalesce(counted.reported, 0) AS reported,
       CASE WHEN child.level = $level THEN CASE WHEN own.percent IS NULL THEN 0 ELSE own.given END ELSE coalesce(counted.units, 0) END AS units,
       (CASE WHEN child.level = $level THEN own.numerator ELSE counted.numerator END)::DECIMAL(18, 4) AS numerator,
       (CASE WHEN child.level = $level THEN own.denominator ELSE counted.denominator END)::DECIMAL(18, 4) AS denominator,
       CASE WHEN child.level = $level THEN own.percent
            ELSE 100.0 * counted.numerator::DOUBLE / nullif(counted.denominator, 0)::DOUBLE END AS percent,
       CASE WHEN child.level = $level THEN own.basis WHEN counted.estimated THEN 'estimated'
            WHEN counted.units > 0 THEN 'sum' END AS basis,
       own.problem, child.whole, former.name AS former_name,
       coalesce(counted.short, 0) AS short, counted.days_missing,
       unit_place.latitude, unit_place.longitude, unit_place.approximate
FROM child
JOIN unit_in_period AS named ON named.unit_code = child.unit_code AND named.period = $period
JOIN unit_place ON unit_place.unit_code = child.unit_code
LEFT JOIN counted ON counted.unit_code = child.unit_code
LEFT JOIN unit AS former ON former.unit_code = child.district_code
LEFT JOIN own_rate AS own
  ON own.boundary = $boundary AND own.counting = 'printed' AND own.unit_code = child.unit_code AND own.level = $level
 AND own.period = $period AND own.rate = $rate AND own.definition = $definition AND own.simulated = $simulated
ORDER BY named.name COLLATE vi, child.unit_code;
