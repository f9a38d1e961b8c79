-- The figure in force for a unit, level, period and indicator, with the report it is from.
CREATE OR REPLACE VIEW fact AS
SELECT unit.unit_code, fact.level::TEXT AS level, fact.period::TEXT AS period, fact.indicator::TEXT AS indicator, fact.value,
       fact.status::TEXT AS status, report.report_id, coalesce(fact.place, fact.indicator::TEXT) AS place,
       fact.simulated
FROM fact_by_unit AS fact
JOIN unit ON unit.unit_no = fact.unit_no
JOIN report ON report.unit_code = unit.unit_code AND report.period = fact.period AND report.superseded_by IS NULL;
