-- Whose figures behind a rate are contradicted by another figure of their own report, gravely or fairly: of the units of a
-- level in a unit. On today's map under the unit that a reporting one went into.
WITH behind AS (
    SELECT report.report_id, coalesce(heritage.unit_code, report.unit_code) AS unit_code
    FROM member
    JOIN report_in_force AS report ON report.unit_code = member.member_code AND report.period = member.period
    LEFT JOIN heritage ON heritage.boundary = member.boundary AND heritage.member_code = member.member_code
    WHERE member.boundary = $boundary AND member.unit_code = $unit AND member.level = $level AND member.period = $period
      AND report.simulated = $simulated
),
about AS (
    SELECT DISTINCT behind.unit_code, finding.compared->>'$.level' AS level,
           unnest(list_concat([finding.compared->>'$.subject', finding.compared->>'$.indicator', finding.compared->>'$.whole'],
                              coalesce((finding.compared->'$.part_names')::VARCHAR[], []))) AS subject
    FROM finding
    JOIN behind USING (report_id)
    WHERE finding.severity IN ('high', 'medium')
)
SELECT DISTINCT rate_term.rate, rate_term.definition, about.unit_code
FROM about
JOIN rate_term
  ON about.subject IN (rate_term.indicator, rate_term.rate, rate_term.rate || '_stated')
 AND rate_term.side <> 'unless' AND (rate_term.level IS NULL OR rate_term.level = $level)
 AND coalesce(rate_term.term_level, $level) = about.level
ORDER BY rate_term.rate, rate_term.definition, about.unit_code;
