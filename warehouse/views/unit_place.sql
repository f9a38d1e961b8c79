-- Where units stand on a map, in degrees: their own position, else the middle of those they went into, else of those of
-- their level they came of, else that of the old district they lie in (`approximate`).
CREATE OR REPLACE VIEW unit_place AS
WITH successor AS (
    SELECT unit_lineage.old_code AS unit_code, round(avg(unit.latitude), 5) AS latitude, round(avg(unit.longitude), 5) AS longitude
    FROM unit_lineage
    JOIN unit ON unit.unit_code = unit_lineage.new_code
    GROUP BY unit_lineage.old_code
),
predecessor AS (
    SELECT new.unit_code, round(avg(unit.latitude), 5) AS latitude, round(avg(unit.longitude), 5) AS longitude
    FROM unit_lineage
    JOIN unit AS new ON new.unit_code = unit_lineage.new_code
    JOIN unit ON unit.unit_code = unit_lineage.old_code AND unit.level = new.level
    GROUP BY new.unit_code
)
SELECT unit.unit_code,
       coalesce(unit.latitude, successor.latitude, predecessor.latitude, district.latitude) AS latitude,
       coalesce(unit.longitude, successor.longitude, predecessor.longitude, district.longitude) AS longitude,
       unit.latitude IS NULL AS approximate
FROM unit
LEFT JOIN successor USING (unit_code)
LEFT JOIN predecessor USING (unit_code)
LEFT JOIN former_district USING (unit_code)
LEFT JOIN unit AS district
  ON district.unit_code = coalesce(former_district.district_code, unit.parent_code) AND district.level = 'district';
