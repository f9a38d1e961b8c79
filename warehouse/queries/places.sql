-- The communes of today with their place in degrees: together they show the shape of the country, islands included.
SELECT unit.unit_code, unit.name, unit.short_name, province.short_name AS parent_name, unit_place.latitude, unit_place.longitude
FROM unit
JOIN unit_place USING (unit_code)
LEFT JOIN unit AS province ON province.unit_code = unit.parent_code
WHERE unit.level = 'commune' AND unit.valid_to IS NULL AND unit_place.latitude IS NOT NULL
ORDER BY unit.unit_code;
