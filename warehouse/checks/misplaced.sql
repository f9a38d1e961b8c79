-- Rows that stand under the heading of another subject than their form has them under: survey forms among the tasks. Only
-- headings that the form itself has are told apart: another wording of the right one is no fault.
WITH asked AS (
    SELECT form, indicator, level, parent_label, lower(strip_accents(nfc_normalize(label))) AS label,
           lower(strip_accents(nfc_normalize(parent_label))) AS parent
    FROM form_row
),
printed AS (
    SELECT DISTINCT observation.report_id, report.form, report.level AS own_level, observation.annex, observation.place, observation.label,
           observation.parent_label, observation.indicator, observation.level,
           lower(strip_accents(nfc_normalize(observation.parent_label))) AS parent
    FROM observation
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL AND observation.source = 'annex' AND observation.indicator IS NOT NULL
      AND observation.column_period = report.period
)
SELECT 'row_misplaced' AS rule, report_id, annex || ', ' || place AS place, printed.label AS subject,
       printed.parent_label AS printed, any_value(asked.parent_label) AS expected
FROM printed
JOIN asked ON asked.form = printed.form AND asked.indicator = printed.indicator AND coalesce(asked.level, own_level) = printed.level
GROUP BY ALL
HAVING NOT bool_or(asked.parent IS NOT DISTINCT FROM printed.parent)
   AND (printed.form, printed.parent) IN (SELECT (form, label) FROM asked WHERE indicator IS NULL)
   AND (printed.form, any_value(asked.parent)) IN (SELECT (form, label) FROM asked WHERE indicator IS NULL)
ORDER BY report_id, place;
