-- Units whose folded name holds every word of the folded search text: the whole phrase first ("hoang hoa" is also
-- in "hoang hai" letter by letter), then those with most reports. Of namesakes with reports, and of those without, the
-- one that exists today comes before those that ended.
WITH found AS (
    SELECT unit.*, (SELECT count(*) FROM report_in_force AS report WHERE report.unit_code = unit.unit_code) AS reports
    FROM unit
    WHERE unit.unit_code = $text
       OR len(list_filter(string_split($text, ' '), lambda part: NOT contains(unit.search_name, part))) = 0
)
SELECT found.unit_code, found.name, found.level, found.kind, parent.name AS parent_name,
       grandparent.name AS grandparent_name, found.valid_to, found.reports
FROM found
LEFT JOIN unit AS parent ON parent.unit_code = found.parent_code
LEFT JOIN unit AS grandparent ON grandparent.unit_code = parent.parent_code
ORDER BY contains(' ' || found.search_name || ' ', ' ' || $text || ' ') DESC,
         contains(found.search_name, $text) DESC, found.reports > 0 DESC,
         max(found.reports) OVER (PARTITION BY found.level, found.name) DESC,
         array_position(['province', 'district', 'commune'], found.level), found.name COLLATE vi,
         found.valid_to IS NULL DESC, found.reports DESC, found.unit_code
LIMIT $limit;
