-- Whose figures behind a rate are contradicted by another figure of their own report, gravely or fairly, in any period. On
-- today's map under the unit that a reporting one went into.
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
    SELECT DISTINCT behind.level, behind.period, behind.unit_no, finding.compared->>'$.level' AS counted,
           unnest(list_concat([finding.compared->>'$.subject', finding.compared->>'$.indicator', finding.compared->>'$.whole'],
                              coalesce((finding.compared->'$.part_names')::VARCHAR[], []))) AS subject
    FROM finding
    JOIN behind USING (report_id)
    WHERE finding.severity IN ('high', 'medium')
)
SELECT DISTINCT about.level, about.period, about.unit_no, unit.unit_code, rate_term.rate, rate_term.definition
FROM about
JOIN rate_term
  ON about.subject IN (rate_term.indicator, rate_term.rate, rate_term.rate || '_stated')
 AND rate_term.side <> 'unless' AND (rate_term.level IS NULL OR rate_term.level = about.level)
 AND coalesce(rate_term.term_level, about.level) = about.counted
JOIN unit ON unit.unit_no = about.unit_no
ORDER BY about.level, about.period, about.unit_no, rate_term.rate, rate_term.definition;
