-- The dossier balance of the running text: what was received, and carried over or not, is resolved, pending or given
-- back. The balance holds where either sum does, for forms differ on whether "received" counts what was carried over.
-- Without a pending figure only a large gap is told. A figure that the text gives twice, differently, or as a
-- bound (`trên 3.800`), is left out.
WITH told AS (
    SELECT figure.report_id, figure.level, figure.indicator, min(figure.value) AS value, min(figure.place) AS place
    FROM told_figure AS figure
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL AND figure.column_period = report.period AND figure.bound = ''
    GROUP BY ALL
    HAVING count(DISTINCT figure.value) = 1
),
figures AS (
    SELECT report_id, level, indicator, value, place FROM told
    UNION ALL
    SELECT report_id, level, indicator, value, place
    FROM fact
    JOIN touched USING (unit_code, period)
    WHERE value IS NOT NULL AND indicator IN ('dossiers_received', 'dossiers_resolved')
      AND (report_id, level, indicator) NOT IN (SELECT (report_id, level, indicator) FROM told)
),
balance AS (
    SELECT report_id, level,
           any_value(value) FILTER (indicator = 'dossiers_received') AS received,
           any_value(value) FILTER (indicator = 'dossiers_resolved') AS resolved,
           any_value(value) FILTER (indicator = 'dossiers_pending') AS pending,
           coalesce(any_value(value) FILTER (indicator = 'dossiers_carried_over'), 0) AS carried,
           coalesce(any_value(value) FILTER (indicator = 'dossiers_pending_late'), 0) AS late,
           coalesce(sum(value) FILTER (indicator IN ('dossiers_pending_late', 'dossiers_waiting', 'dossiers_withdrawn')), 0) AS other,
           string_agg(DISTINCT place, ', ' ORDER BY place) FILTER (indicator IN ('dossiers_received', 'dossiers_resolved', 'dossiers_pending')) AS place
    FROM figures
    GROUP BY ALL
)
SELECT 'dossiers_unexplained' AS rule, report_id, place, level, received, carried, resolved, pending, other,
       received + carried - resolved - pending - other AS gap
FROM balance
-- What is overdue may be counted among what is pending, and what was carried over among what was received.
WHERE received - resolved - pending - other NOT IN (0, -carried, -late, -carried - late)
UNION ALL
SELECT 'dossiers_far_apart', report_id, place, level, received, carried, resolved, NULL, other,
       received + carried - resolved - other
FROM balance
WHERE pending IS NULL AND (received + carried - other)::DOUBLE > 1.5 * resolved::DOUBLE AND received - resolved >= 100
ORDER BY report_id, rule, place;
