-- The figures that a finding, grave or fair, contradicts with another of the same report, in any period: rates by their terms,
-- and indicators; of the reporting unit's own tier. On today's map under the unit that a reporting one went into.
-- `finding_key` is the finding's in `findings_of`.
WITH behind AS (
    SELECT DISTINCT report.report_id, report.period, unit.level, coalesce(heritage.unit_no, unit.unit_no) AS unit_no
    FROM finding
    JOIN report_in_force AS report ON report.report_id = finding.report_id
    JOIN unit ON unit.unit_code = report.unit_code
    JOIN period
      ON period.period = report.period AND (unit.valid_from IS NULL OR unit.valid_from <= period.window_end)
     AND (unit.valid_to IS NULL OR period.window_end < unit.valid_to)
    LEFT JOIN heritage ON heritage.boundary = $boundary AND heritage.member_no = unit.unit_no
    WHERE finding.severity IN ('high', 'medium') AND report.simulated = $simulated
),
about AS (
    SELECT behind.report_id, behind.level, behind.period, behind.unit_no, finding.compared->>'$.level' AS counted,
           hash(report_id, finding.rule, finding.place, finding.message_vi) AS finding_key,
           unnest(list_concat([finding.compared->>'$.subject', finding.compared->>'$.indicator', finding.compared->>'$.whole',
                               CASE WHEN finding.compared->>'$.received' IS NOT NULL THEN 'dossiers_received' END,
                               CASE WHEN finding.compared->>'$.resolved' IS NOT NULL THEN 'dossiers_resolved' END,
                               CASE WHEN finding.compared->>'$.carried' IS NOT NULL THEN 'dossiers_carried_over' END,
                               CASE WHEN finding.compared->>'$.pending' IS NOT NULL THEN 'dossiers_pending' END],
                              coalesce((finding.compared->'$.part_names')::VARCHAR[], []))) AS subject
    FROM finding
    JOIN behind USING (report_id)
    WHERE finding.severity IN ('high', 'medium')
),
touched AS (
    SELECT about.*, rate_term.rate, rate_term.definition, NULL AS indicator
    FROM about
    JOIN rate_term
      ON about.subject IN (rate_term.indicator, rate_term.rate, rate_term.rate || '_stated')
     AND rate_term.side <> 'unless' AND (rate_term.level IS NULL OR rate_term.level = about.level)
     AND coalesce(rate_term.term_level, about.level) = about.counted
    UNION ALL
    SELECT about.*, NULL, NULL, about.subject
    FROM about
    JOIN indicator ON indicator.indicator = about.subject
    WHERE about.level = about.counted
)
SELECT DISTINCT touched.level, touched.period, touched.unit_no, unit.unit_code, touched.rate, touched.definition,
       touched.indicator, touched.report_id, touched.finding_key
FROM touched
JOIN unit ON unit.unit_no = touched.unit_no
ORDER BY touched.level, touched.period, touched.unit_no, touched.rate, touched.definition, touched.indicator, touched.finding_key;
