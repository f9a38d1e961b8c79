-- A unit and its ancestors, the province first.
SELECT above.unit_code, above.name, above.level, above.kind, above.parent_code, above.valid_from, above.valid_to
FROM unit_ancestor
JOIN unit AS above ON above.unit_code = unit_ancestor.ancestor_code
WHERE unit_ancestor.unit_code = $unit
ORDER BY array_position(['province', 'district', 'commune'], above.level);
