-- Rows without a figure in their column that have a bare number in the note or in place of the unit of measure: cells that
-- slipped into the next column. One finding an annex.
WITH slipped AS (
    SELECT DISTINCT observation.report_id, observation.annex, observation.row_no, observation.label, observation.place,
           CASE WHEN regexp_full_match(trim(observation.note), '[0-9][0-9.,]*') THEN trim(observation.note)
                ELSE trim(observation.unit_of_measure) END AS number
    FROM observation
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL AND observation.source = 'annex' AND observation.column_period = report.period
      AND observation.indicator IS NOT NULL AND observation.value IS NULL
      AND (regexp_full_match(trim(observation.note), '[0-9][0-9.,]*')
           OR regexp_full_match(trim(observation.unit_of_measure), '[0-9][0-9.,]*'))
)
SELECT 'cells_shifted' AS rule, report_id, annex || ', ' || string_agg(place, ', ' ORDER BY row_no) AS place, annex, count(*) AS times,
       string_agg('“' || label || '” ' || number, '; ' ORDER BY row_no) AS subject
FROM slipped
GROUP BY report_id, annex
ORDER BY report_id, annex;
