-- Facts of the touched units and periods: the report in force, its own period's column, mapped rows.
-- A form maps one row to an indicator and level; should a document print that row twice, the first
-- row that carries a number is the fact, and the check `duplicate_row` says so. Of several columns of one row the
-- first printed one counts: rows are stored in their printed order.
INSERT INTO fact
SELECT report.unit_code, observation.level, report.period, observation.indicator,
       observation.value, observation.status, report.report_id, observation.annex || ', ' || observation.place, report.simulated
FROM observation
JOIN report USING (report_id)
JOIN touched USING (unit_code, period)
WHERE report.superseded_by IS NULL
  AND observation.source = 'annex'
  AND observation.indicator IS NOT NULL
  AND observation.column_period = report.period
QUALIFY row_number() OVER (
    PARTITION BY report.unit_code, observation.level, report.period, observation.indicator
    ORDER BY observation.status <> 'reported', observation.annex, observation.row_no, observation.rowid
) = 1
ORDER BY observation.indicator, report.period, report.unit_code, observation.level;
