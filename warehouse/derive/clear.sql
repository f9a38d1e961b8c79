-- What was derived for the touched units and periods goes, before it is derived anew.
DELETE FROM fact USING touched WHERE fact.unit_code = touched.unit_code AND fact.period = touched.period;
DELETE FROM rate USING touched WHERE rate.unit_code = touched.unit_code AND rate.period = touched.period;
DELETE FROM finding WHERE report_id IN (SELECT report_id FROM report JOIN touched USING (unit_code, period));
