-- The figures in force of the units numbered from `first` to `last`, with the report each is from; a scan passes over the rest.
CREATE OR REPLACE MACRO printed_fact_of(first, last) AS TABLE
SELECT fact.* REPLACE (coalesce(fact.place, fact.indicator::TEXT) AS place), unit.unit_code, unit.valid_from,
       report.report_id, report.form
FROM fact_by_unit AS fact
JOIN unit ON unit.unit_no = fact.unit_no
JOIN report ON report.unit_code = unit.unit_code AND report.period = fact.period AND report.superseded_by IS NULL
WHERE fact.unit_no BETWEEN first::USMALLINT AND last::USMALLINT;
