-- Each statement returns rows only where the data contract is broken.
SELECT 'report id', report_id FROM report JOIN touched USING (unit_code, period) GROUP BY ALL HAVING count(*) > 1;
SELECT 'fact key', unit_no, level, period, indicator
FROM fact_by_unit JOIN keyed USING (unit_no, period) GROUP BY ALL HAVING count(*) > 1;
SELECT 'rate key', unit_no, level, period, rate, definition
FROM rate_by_unit JOIN keyed USING (unit_no, period) GROUP BY ALL HAVING count(*) > 1;
SELECT 'facts in both orders', *
FROM (SELECT unit_no, period, level, indicator, value, status, place FROM fact_by_unit SEMI JOIN printed USING (unit_no, period)
      EXCEPT ALL
      SELECT unit_no, period, level, indicator, value, status, place FROM fact_by_indicator SEMI JOIN printed USING (unit_no, period));
SELECT 'facts in one order only', fact_by_indicator.*
FROM fact_by_indicator SEMI JOIN printed USING (unit_no, period)
ANTI JOIN fact_by_unit USING (unit_no, period, level, indicator);
SELECT 'report in force', unit_code, period
FROM report JOIN touched USING (unit_code, period) WHERE superseded_by IS NULL GROUP BY ALL HAVING count(*) > 1;
SELECT 'report unit', report_id FROM report ANTI JOIN unit USING (unit_code);
SELECT 'report period', report_id FROM report ANTI JOIN period USING (period);
SELECT 'report without rows', report_id FROM report ANTI JOIN observation USING (report_id) WHERE NOT simulated;
SELECT 'observation report', report_id FROM observation ANTI JOIN report USING (report_id);
SELECT 'fact indicator', indicator FROM observation ANTI JOIN indicator USING (indicator) WHERE indicator IS NOT NULL;
SELECT 'indicator theme', indicator FROM indicator ANTI JOIN theme USING (theme);
SELECT 'indicator measure', indicator FROM indicator ANTI JOIN measure USING (measure);
SELECT 'term indicator', indicator FROM rate_term ANTI JOIN indicator USING (indicator);
SELECT 'unit parent', unit_code FROM unit WHERE parent_code IS NOT NULL AND parent_code NOT IN (SELECT unit_code FROM unit)
