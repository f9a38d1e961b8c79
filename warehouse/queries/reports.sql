-- The reports in force of some units for a period, with how many rows were read, how many of them no form knows, and the
-- findings of each severity.
WITH chosen AS (
    SELECT unit.unit_no, report.*
    FROM report
    JOIN unit ON unit.unit_code = report.unit_code
    WHERE report.period = $period AND report.simulated = $simulated AND report.superseded_by IS NULL
      AND unit.unit_no BETWEEN $first AND $last AND unit.unit_no IN (SELECT unnest($units))
),
read AS (
    SELECT report_id, count(*) AS rows, count(*) FILTER (NOT known_row) AS unmapped
    FROM observation
    WHERE report_id IN (SELECT report_id FROM chosen)
    GROUP BY report_id
),
found AS (
    SELECT report_id, count(*) FILTER (severity = 'high') AS high, count(*) FILTER (severity = 'medium') AS medium,
           count(*) FILTER (severity = 'low') AS low
    FROM finding
    WHERE report_id IN (SELECT report_id FROM chosen)
    GROUP BY report_id
)
SELECT chosen.unit_no, chosen.report_id, chosen.file_name, chosen.form, chosen.signed_on, chosen.as_of, chosen.document_number,
       coalesce(read.rows, 0) AS rows, coalesce(read.unmapped, 0) AS unmapped, found.high, found.medium, found.low
FROM chosen
LEFT JOIN read USING (report_id)
LEFT JOIN found USING (report_id)
ORDER BY chosen.unit_no;
