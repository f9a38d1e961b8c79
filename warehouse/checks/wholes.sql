-- Parts against their whole, one row for each relation that does not hold.
-- Parts that are not given leave a sum unknown: only an excess can then be told.
WITH parts AS (
    SELECT fact.report_id, fact.unit_code, fact.period, fact.level, whole_part.rule AS relation_name,
           whole_part.relation, whole_part.whole, any_value(fact.value) AS whole_value,
           -- A part in another annex is named with its place.
           concat_ws(', ', any_value(fact.place), string_agg(DISTINCT part.place, ', ' ORDER BY part.place)
               FILTER (part.value IS NOT NULL AND split_part(part.place, ', ', 1) <> split_part(fact.place, ', ', 1)
                       AND (relation <> 'each_at_most' OR part.value > fact.value))) AS place,
           -- An excess of one part is told by the relation that looks at each, where there is one.
           bool_or(EXISTS (FROM whole_part AS single WHERE single.relation = 'each_at_most' AND single.whole = whole_part.whole
                                                  AND single.part = whole_part.part)) AS each_is_looked_at,
           count(*) AS terms, count(part.value) AS given, sum(part.value) AS total, max(part.value) AS largest,
           list(whole_part.part ORDER BY whole_part.part, part.level DESC) FILTER (part.value IS NOT NULL AND (relation <> 'each_at_most' OR part.value > fact.value)) AS part_names,
           list(part.value ORDER BY whole_part.part, part.level DESC) FILTER (part.value IS NOT NULL AND (relation <> 'each_at_most' OR part.value > fact.value)) AS part_values,
           list(part.level ORDER BY whole_part.part, part.level DESC) FILTER (part.value IS NOT NULL AND (relation <> 'each_at_most' OR part.value > fact.value)) AS part_levels
    FROM checked_fact AS fact
    JOIN whole_part ON whole_part.whole = fact.indicator
                   AND (whole_part.level IS NULL OR whole_part.level = fact.level)
    LEFT JOIN checked_fact AS part
      ON part.unit_code = fact.unit_code AND part.period = fact.period AND part.indicator = whole_part.part
     AND part.level = coalesce(whole_part.part_level, fact.level)
    WHERE fact.value IS NOT NULL
    GROUP BY ALL
)
SELECT CASE WHEN relation = 'each_at_most' THEN 'part_exceeds_whole'
            WHEN relation = 'sum_at_most' OR given < terms THEN 'parts_exceed_whole'
            ELSE 'parts_do_not_add_up' END AS rule,
       report_id, place, relation_name, level, whole, whole_value, part_names, part_values, part_levels, total
FROM parts
WHERE CASE relation
          WHEN 'each_at_most' THEN largest > whole_value
          -- A sum of one given part only says what `each_at_most` says better.
          WHEN 'sum_at_most' THEN given > 1 AND total > whole_value
          ELSE NOT (each_is_looked_at AND largest > whole_value) AND ((given > 1 AND total > whole_value) OR (given = terms AND total <> whole_value)) END
ORDER BY report_id, place, relation_name;
