-- Of the reports of one unit and period the last loaded is in force; a simulated one never outranks a real one.
UPDATE report
SET superseded_by = ranked.next_id
FROM (
    SELECT report_id, lead(report_id) OVER (
               PARTITION BY unit_code, period ORDER BY NOT simulated, loaded_at, report_id) AS next_id
    FROM report
    JOIN touched USING (unit_code, period)
) AS ranked
WHERE report.report_id = ranked.report_id;
