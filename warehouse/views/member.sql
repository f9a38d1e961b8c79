-- Who is counted: for each unit and period, its descendants (and itself) that were valid at the window's end,
-- by their level. A unit valid later or earlier is not expected to have reported.
CREATE OR REPLACE VIEW member AS
SELECT unit_ancestor.ancestor_code AS unit_code, unit.level, period.period, unit.unit_code AS member_code
FROM unit_ancestor
JOIN unit USING (unit_code)
JOIN period
  ON (unit.valid_from IS NULL OR unit.valid_from <= period.window_end)
 AND (unit.valid_to IS NULL OR period.window_end < unit.valid_to);
