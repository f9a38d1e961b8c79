-- What a unit came of and what it went into, at any remove of one step, with dates; districts under `former`.
SELECT 'predecessor' AS relation, old.unit_code, old.name, old.level, parent.name AS parent_name, unit_lineage.date,
       unit_lineage.kind, unit_lineage.share
FROM unit_lineage
JOIN unit AS old ON old.unit_code = unit_lineage.old_code
JOIN unit AS new ON new.unit_code = unit_lineage.new_code AND new.level = old.level
LEFT JOIN unit AS parent ON parent.unit_code = old.parent_code
WHERE unit_lineage.new_code = $unit
UNION ALL
SELECT 'successor', new.unit_code, new.name, new.level, parent.name, unit_lineage.date, unit_lineage.kind, unit_lineage.share
FROM unit_lineage
JOIN unit AS new ON new.unit_code = unit_lineage.new_code
LEFT JOIN unit AS parent ON parent.unit_code = new.parent_code
WHERE unit_lineage.old_code = $unit
UNION ALL
SELECT 'former_district', district.unit_code, district.name, district.level, parent.name, NULL,
       CASE WHEN former_district.whole THEN 'whole' ELSE 'part' END, NULL
FROM former_district
JOIN unit AS district ON district.unit_code = former_district.district_code
LEFT JOIN unit AS parent ON parent.unit_code = district.parent_code
WHERE former_district.unit_code = $unit
ORDER BY relation, kind DESC, name COLLATE vi, unit_code;
