-- Posts given by kind: the total of both kinds printed in the row of each, as the people who hold them show.
WITH kinds(one, other, one_held, other_held) AS (
    VALUES ('cadre_quota', 'civil_servant_quota', 'cadres_present', 'civil_servants_present')
)
SELECT 'total_in_each_part' AS rule, one.report_id, concat_ws(', ', one.place, other.place) AS place, one.level, one.value,
       [one_held.indicator, other_held.indicator] AS part_names, [one_held.value, other_held.value] AS part_values,
       one.indicator AS indicator, other.indicator AS whole
FROM kinds
JOIN fact AS one ON one.indicator = kinds.one
JOIN touched USING (unit_code, period)
JOIN fact AS other ON other.report_id = one.report_id AND other.level = one.level AND other.indicator = kinds.other
JOIN fact AS one_held ON one_held.report_id = one.report_id AND one_held.level = one.level AND one_held.indicator = kinds.one_held
JOIN fact AS other_held ON other_held.report_id = one.report_id AND other_held.level = one.level AND other_held.indicator = kinds.other_held
WHERE one.value = other.value AND one_held.value > 0 AND other_held.value > 0
  AND one.value = one_held.value + other_held.value
ORDER BY report_id, place;
