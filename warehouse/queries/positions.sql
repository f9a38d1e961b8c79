-- Where every unit stands on a map, in degrees; `approximate` where its own position is unknown.
SELECT unit.unit_no, unit_place.latitude, unit_place.longitude, unit_place.approximate
FROM unit
JOIN unit_place USING (unit_code)
ORDER BY unit.unit_no;
