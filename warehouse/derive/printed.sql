-- Of what is touched, the units and periods whose report in force has printed rows: the facts of the others are as they
-- were given, and stay.
CREATE OR REPLACE TEMP TABLE printed AS
SELECT unit.unit_no, TRY_CAST(touched.period AS period_key) AS period
FROM touched
JOIN unit USING (unit_code)
JOIN report USING (unit_code, period)
SEMI JOIN observation USING (report_id)
WHERE report.superseded_by IS NULL;

CREATE OR REPLACE TEMP TABLE keyed AS
SELECT unit.unit_no, TRY_CAST(touched.period AS period_key) AS period
FROM touched
JOIN unit USING (unit_code);
