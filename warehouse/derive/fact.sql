-- Facts of the touched units and periods: the report in force, its own period's column, mapped rows.
-- A form maps one row to an indicator and level; should a document print that row twice, the first
-- row that carries a number is the fact, and the check `duplicate_row` says so. Of several columns of one row the
-- first printed one counts: rows are stored in their printed order.
INSERT INTO fact_by_unit BY NAME
SELECT unit.unit_no, observation.level, report.period, observation.indicator,
       observation.value, observation.status, observation.annex || ', ' || observation.place AS place, report.simulated
FROM observation
JOIN report USING (report_id)
JOIN unit USING (unit_code)
JOIN printed ON printed.unit_no = unit.unit_no AND printed.period = report.period
SEMI JOIN indicator ON indicator.indicator = observation.indicator
WHERE report.superseded_by IS NULL
  AND observation.source = 'annex'
  AND observation.indicator IS NOT NULL
  AND observation.column_period = report.period
QUALIFY row_number() OVER (
    PARTITION BY report.unit_code, observation.level, report.period, observation.indicator
    ORDER BY observation.status <> 'reported', observation.annex, observation.row_no, observation.rowid
) = 1
ORDER BY unit.unit_no, report.period, observation.level, observation.indicator;

INSERT INTO fact_by_indicator BY NAME
SELECT fact.*
FROM fact_by_unit AS fact
JOIN printed USING (unit_no, period)
ORDER BY indicator, period, unit_no, level;
