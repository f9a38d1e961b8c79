-- Units under the name and kind they bore at the end of each period.
CREATE OR REPLACE VIEW unit_in_period AS
SELECT unit.unit_code, period.period, unit.level, unit.parent_code, coalesce(unit_name.name, unit.name) AS name,
       coalesce(unit_name.kind, unit.kind) AS kind
FROM unit
CROSS JOIN period
LEFT JOIN unit_name
  ON unit_name.unit_code = unit.unit_code AND period.window_end < unit_name.valid_to
 AND (unit_name.valid_from IS NULL OR unit_name.valid_from <= period.window_end);
