-- Who is counted: for each unit and period, the units in it that were valid at the window's end, by their level.
-- A unit valid later or earlier is not expected to have reported. `weight` as in `territory`.
CREATE OR REPLACE VIEW member AS
SELECT territory.boundary, territory.unit_code, unit.level, period.period, territory.member_code, territory.member_no,
       territory.weight, territory.unit_no
FROM territory
JOIN unit ON unit.unit_code = territory.member_code
JOIN period
  ON (unit.valid_from IS NULL OR unit.valid_from <= period.window_end)
 AND (unit.valid_to IS NULL OR period.window_end < unit.valid_to);
