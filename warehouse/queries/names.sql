-- Every unit under the name it bore on a day, with what stands above it and the old district it came of, by number.
SELECT unit.unit_no, unit.unit_code, unit.level, named.name, named.kind, named.name_order, unit.valid_from, unit.valid_to,
       unit.parent_code,
       parent.name AS parent_name, parent.name_order AS parent_order,
       former.unit_code AS former_district, former.name AS former_district_name,
       former_district.whole AS former_whole
FROM unit
JOIN unit_name AS named
  ON named.unit_no = unit.unit_no AND (named.valid_from IS NULL OR named.valid_from <= $day)
 AND (named.valid_to IS NULL OR $day < named.valid_to)
LEFT JOIN unit_name AS parent
  ON parent.unit_code = unit.parent_code AND (parent.valid_from IS NULL OR parent.valid_from <= $day)
 AND (parent.valid_to IS NULL OR $day < parent.valid_to)
LEFT JOIN former_district ON former_district.unit_no = unit.unit_no
LEFT JOIN unit AS former ON former.unit_code = former_district.district_code
ORDER BY unit.unit_no;
