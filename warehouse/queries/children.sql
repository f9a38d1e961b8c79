-- The units directly below a unit: those valid in a period, or those of today; in Vietnamese order.
SELECT unit.unit_code, named.name, named.kind, unit.level
FROM unit
JOIN unit_in_period AS named ON named.unit_code = unit.unit_code AND named.period = $period
LEFT JOIN former_district ON former_district.unit_code = unit.unit_code AND former_district.district_code = $unit
WHERE EXISTS (SELECT 1 FROM placed WHERE placed.boundary = $boundary AND placed.unit_code = unit.unit_code
              AND placed.placed_code = unit.unit_code AND placed.period = $period)
  AND (coalesce(unit.parent_code, 'VN') = $unit OR ($boundary <> 'then' AND former_district.unit_code IS NOT NULL))
ORDER BY named.name COLLATE vi, unit.unit_code;
