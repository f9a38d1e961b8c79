-- Where units stand on a map, in degrees: their own position, else the middle of those they went into, else the
-- middle of those they came of (`approximate`). Null where none of these is known.
CREATE OR REPLACE VIEW unit_place AS
WITH successor AS (
    SELECT unit_lineage.old_code AS unit_code, round(avg(unit.latitude), 5) AS latitude, round(avg(unit.longitude), 5) AS longitude
    FROM unit_lineage
    JOIN unit ON unit.unit_code = unit_lineage.new_code
    GROUP BY unit_lineage.old_code
),
predecessor AS (
    SELECT unit_lineage.new_code AS unit_code, round(avg(unit.latitude), 5) AS latitude, round(avg(unit.longitude), 5) AS longitude
    FROM unit_lineage
    JOIN unit ON unit.unit_code = unit_lineage.old_code
    JOIN unit AS new ON new.unit_code = unit_lineage.new_code AND new.level = unit.level  -- not the old district
    GROUP BY unit_lineage.new_code
)
SELECT unit.unit_code,
       coalesce(unit.latitude, successor.latitude, predecessor.latitude) AS latitude,
       coalesce(unit.longitude, successor.longitude, predecessor.longitude) AS longitude,
       unit.latitude IS NULL AS approximate
FROM unit
LEFT JOIN successor USING (unit_code)
LEFT JOIN predecessor USING (unit_code);
