-- Of the reports of one unit and period the one signed last is in force; where a day of signing is not known, or after the
-- loading, or the same, the one loaded last. A report without one stands where it was loaded: over all that were before it.
-- A simulated one never outranks a real one.
WITH dated AS (
    SELECT report_id, unit_code, period, simulated, loaded_at,
           CASE WHEN signed_on <= CAST(loaded_at AS DATE) + INTERVAL 1 DAY THEN signed_on END AS signed_on
    FROM report
    JOIN touched USING (unit_code, period)
), placed AS (
    SELECT report_id, unit_code, period, simulated, loaded_at,
           coalesce(signed_on, max(signed_on) OVER (
               PARTITION BY unit_code, period, simulated ORDER BY loaded_at, report_id)) AS signed_on
    FROM dated
)
UPDATE report
SET superseded_by = ranked.next_id
FROM (
    SELECT report_id, lead(report_id) OVER (
               PARTITION BY unit_code, period
               ORDER BY NOT simulated, signed_on NULLS FIRST, loaded_at, report_id) AS next_id
    FROM placed
) AS ranked
WHERE report.report_id = ranked.report_id;
