-- The window that the figures of each report cover as far as it says, set against its period: from the stated start to
-- the day they run to, else to the stated end, else to the signing,
-- unless that was before the period. `days_missing` of the period lie outside it, at both
-- ends together, `days_early` of them at its end; null where the report states no day. More than 7 are `short`: a few
-- days early is the custom.
CREATE OR REPLACE VIEW covered_window AS
WITH stated AS (
    SELECT report.report_id, report.unit_code, report.period, report.window_start AS data_start,
           coalesce(report.as_of, report.window_end,
                    CASE WHEN report.signed_on >= period.window_start THEN report.signed_on END) AS data_end,
           period.window_start AS nominal_start, period.window_end AS nominal_end
    FROM report
    JOIN period USING (period)
),
counted AS (
    SELECT *, CASE WHEN data_end IS NOT NULL THEN greatest(nominal_end - data_end, 0) END AS days_early,
           CASE WHEN data_start IS NOT NULL THEN greatest(data_start - nominal_start, 0) END AS days_late
    FROM stated
)
SELECT * EXCLUDE (days_late), coalesce(days_early + days_late, days_early, days_late) AS days_missing,
       coalesce(days_early, 0) + coalesce(days_late, 0) > 7 AS short
FROM counted;
