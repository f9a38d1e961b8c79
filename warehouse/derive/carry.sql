-- Facts of reports without printed rows (simulated at national scale): nothing could derive them anew.
INSERT INTO fact_by_unit BY NAME
SELECT unit.unit_no, fact.period, fact.level, fact.indicator, fact.value, fact.status, fact.place, fact.simulated
FROM source.fact
JOIN unit USING (unit_code)
JOIN report USING (report_id)
SEMI JOIN indicator ON indicator.indicator = fact.indicator
ANTI JOIN observation USING (report_id)
ORDER BY unit.unit_no, fact.period, fact.level, fact.indicator;
