-- Units whose folded name holds every word of the folded search text; those with reports first.
SELECT unit.unit_code, unit.name, unit.level, unit.kind, parent.name AS parent_name, grandparent.name AS grandparent_name,
       unit.valid_to, count(report.report_id) AS reports
FROM unit
LEFT JOIN unit AS parent ON parent.unit_code = unit.parent_code
LEFT JOIN unit AS grandparent ON grandparent.unit_code = parent.parent_code
LEFT JOIN report_in_force AS report ON report.unit_code = unit.unit_code
WHERE unit.unit_code = $text
   OR len(list_filter(string_split($text, ' '), lambda part: NOT contains(unit.search_name, part))) = 0
GROUP BY ALL
ORDER BY reports DESC, contains(unit.search_name, $text) DESC,
         array_position(['province', 'district', 'commune'], unit.level), unit.name COLLATE vi, unit.unit_code
LIMIT $limit;
