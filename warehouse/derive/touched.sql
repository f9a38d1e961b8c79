-- What a load touches: the units and periods it brought, and the same units' other reports of those years, since
-- cumulative figures are compared within a year.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT DISTINCT report.unit_code, report.period
FROM report
JOIN period ON period.period = report.period
WHERE (report.unit_code, period.year) IN (SELECT fresh.unit_code, year FROM fresh JOIN period USING (period));
