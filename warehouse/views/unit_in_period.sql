-- Units under the name and kind they bore at the end of each period.
CREATE OR REPLACE VIEW unit_in_period AS
SELECT unit.unit_code, period.period, unit.level, unit.parent_code, unit_name.name, unit_name.kind, unit_name.name_order
FROM unit_name
JOIN unit USING (unit_code)
JOIN period
  ON (unit_name.valid_from IS NULL OR unit_name.valid_from <= period.window_end)
 AND (unit_name.valid_to IS NULL OR period.window_end < unit_name.valid_to);
