-- The figures whose own row, or the head of whose annex, says that they cover only part of the period, in the words
-- `printed` there, in any period: rates by their terms, and indicators; of the reporting unit's own tier. On today's map
-- under the unit that a reporting one went into.
WITH said AS (
    SELECT DISTINCT report.report_id, report.period, unit.level, coalesce(heritage.unit_no, unit.unit_no) AS unit_no,
           observation.indicator AS subject, observation.level AS counted, finding.compared->>'$.printed' AS printed
    FROM finding
    JOIN report_in_force AS report ON report.report_id = finding.report_id
    JOIN unit ON unit.unit_code = report.unit_code
    JOIN observation
      ON observation.report_id = finding.report_id AND observation.source = 'annex' AND observation.value IS NOT NULL
     AND (finding.place = observation.annex || ', ' || observation.place OR finding.compared->>'$.subject' = observation.annex)
    LEFT JOIN heritage ON heritage.boundary = $boundary AND heritage.member_no = unit.unit_no
    WHERE finding.rule = 'row_window_short' AND report.simulated = $simulated
      AND observation.column_period = report.period AND observation.indicator IS NOT NULL
),
touched AS (
    SELECT said.*, rate_term.rate, rate_term.definition, NULL AS indicator
    FROM said
    JOIN rate_term
      ON said.subject = rate_term.indicator AND rate_term.side <> 'unless'
     AND (rate_term.level IS NULL OR rate_term.level = said.level)
     AND coalesce(rate_term.term_level, said.level) = said.counted
    UNION ALL
    SELECT said.*, NULL, NULL, said.subject
    FROM said
    WHERE said.level = said.counted
)
SELECT touched.level, touched.period, touched.unit_no, unit.unit_code, touched.rate, touched.definition,
       touched.indicator, touched.report_id, min(touched.printed) AS printed
FROM touched
JOIN unit ON unit.unit_no = touched.unit_no
GROUP BY ALL
ORDER BY touched.level, touched.period, touched.unit_no, touched.rate, touched.definition, touched.indicator, touched.report_id;
