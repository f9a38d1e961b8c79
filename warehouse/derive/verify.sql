-- Each statement returns rows only where the data contract is broken.
SELECT 'fact key', unit_code, level, period, indicator FROM fact GROUP BY ALL HAVING count(*) > 1;
SELECT 'rate key', unit_code, level, period, rate, definition FROM rate GROUP BY ALL HAVING count(*) > 1;
SELECT 'report in force', unit_code, period FROM report WHERE superseded_by IS NULL GROUP BY ALL HAVING count(*) > 1;
SELECT 'report unit', report_id FROM report ANTI JOIN unit USING (unit_code);
SELECT 'report period', report_id FROM report ANTI JOIN period USING (period);
SELECT 'report without rows', report_id FROM report ANTI JOIN observation USING (report_id);
SELECT 'observation report', report_id FROM observation ANTI JOIN report USING (report_id);
SELECT 'fact indicator', indicator FROM fact ANTI JOIN indicator USING (indicator);
SELECT 'indicator theme', indicator FROM indicator ANTI JOIN theme USING (theme);
SELECT 'indicator measure', indicator FROM indicator ANTI JOIN measure USING (measure);
SELECT 'term indicator', indicator FROM rate_term ANTI JOIN indicator USING (indicator);
SELECT 'unit parent', unit_code FROM unit WHERE parent_code IS NOT NULL AND parent_code NOT IN (SELECT unit_code FROM unit)
