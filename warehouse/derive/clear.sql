-- What was derived for the touched units and periods goes, before it is derived anew.
DELETE FROM fact_by_unit AS fact USING printed WHERE fact.unit_no = printed.unit_no AND fact.period = printed.period;
DELETE FROM fact_by_indicator AS fact USING printed WHERE fact.unit_no = printed.unit_no AND fact.period = printed.period;
DELETE FROM rate_by_unit AS rate USING keyed WHERE rate.unit_no = keyed.unit_no AND rate.period = keyed.period;
DELETE FROM finding WHERE report_id IN (SELECT report_id FROM report JOIN touched USING (unit_code, period));
