-- Who is shown: for each unit and period, the units in it that are on the boundary's map, by their level: those of
-- the period, or those of today whatever the period.
CREATE OR REPLACE VIEW placed AS
SELECT territory.boundary, territory.unit_code, unit.level, period.period, territory.member_code AS placed_code
FROM territory
JOIN unit ON unit.unit_code = territory.member_code
JOIN period
  ON CASE WHEN territory.boundary = 'then'
          THEN (unit.valid_from IS NULL OR unit.valid_from <= period.window_end)
           AND (unit.valid_to IS NULL OR period.window_end < unit.valid_to)
          ELSE unit.valid_to IS NULL END
WHERE territory.weight = 1;
