-- What each unit came of and what it went into, at any remove of one step, with dates; the district it came of as
-- `former_district`.
SELECT new.unit_no, 'predecessor' AS relation, old.unit_code, old.name, old.level, parent.name AS parent_name, unit_lineage.date,
       unit_lineage.kind, unit_lineage.share
FROM unit_lineage
JOIN unit AS old ON old.unit_code = unit_lineage.old_code
JOIN unit AS new ON new.unit_code = unit_lineage.new_code AND new.level = old.level
LEFT JOIN unit AS parent ON parent.unit_code = old.parent_code
UNION ALL
SELECT old.unit_no, 'successor', new.unit_code, new.name, new.level, parent.name, unit_lineage.date, unit_lineage.kind, unit_lineage.share
FROM unit_lineage
JOIN unit AS old ON old.unit_code = unit_lineage.old_code
JOIN unit AS new ON new.unit_code = unit_lineage.new_code
LEFT JOIN unit AS parent ON parent.unit_code = new.parent_code
UNION ALL
SELECT former_district.unit_no, 'former_district', district.unit_code, district.name, district.level, parent.name, NULL,
       CASE WHEN former_district.whole THEN 'whole' ELSE 'part' END, NULL
FROM former_district
JOIN unit AS district ON district.unit_code = former_district.district_code
LEFT JOIN unit AS parent ON parent.unit_code = district.parent_code
ORDER BY unit_no, relation, kind DESC, name COLLATE vi, unit_code;
