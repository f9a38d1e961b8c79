-- The report that counts for each unit and period.
CREATE OR REPLACE VIEW report_in_force AS
SELECT * FROM report WHERE superseded_by IS NULL;
