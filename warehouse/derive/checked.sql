-- The checks are about what is printed: what came as figures alone is passed over.
DELETE FROM touched
WHERE NOT EXISTS (FROM printed JOIN unit USING (unit_no)
                  WHERE unit.unit_code = touched.unit_code AND printed.period = touched.period);
