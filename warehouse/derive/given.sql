-- Figures that come as they are, without printed rows.
CREATE OR REPLACE TEMP TABLE touched AS FROM sent;

INSERT INTO fact_by_unit BY NAME
SELECT unit.unit_no, given.period, given.level, given.indicator, given.value, given.status, report.simulated
FROM given
JOIN unit USING (unit_code)
JOIN report_in_force AS report USING (unit_code, period)
ORDER BY unit.unit_no, given.period, given.level, given.indicator;
