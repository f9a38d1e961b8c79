-- Rows printed with a unit of measure that is another kind of thing's: dossiers counted as procedures, people in %.
WITH printed AS (
    SELECT observation.*, indicator.measure, told.measure AS told_measure, meant.name_vi AS expected, meant.name_en AS expected_en
    FROM observation
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    JOIN indicator USING (indicator)
    JOIN measure AS meant ON meant.measure = indicator.measure
    JOIN measure AS told ON list_contains(told.printed, lower(observation.unit_of_measure))
    WHERE report.superseded_by IS NULL AND observation.source = 'annex' AND observation.column_period = report.period
)
SELECT DISTINCT 'wrong_measure' AS rule, report_id, annex || ', ' || place AS place, label AS subject,
       unit_of_measure AS printed, expected, expected_en
FROM printed
WHERE measure <> told_measure AND measure NOT IN ('code', 'text')
UNION ALL
-- Money in another unit than the form's: a thousandfold error for who reads the number only. What is read now has no value
-- there, and a finding of its own; this tells of what was read before.
SELECT DISTINCT 'wrong_measure', report_id, annex || ', ' || observation.place, label, unit_of_measure, meant.name_vi, meant.name_en
FROM observation
JOIN report USING (report_id)
JOIN touched USING (unit_code, period)
JOIN indicator USING (indicator)
JOIN measure AS meant ON meant.measure = indicator.measure
WHERE report.superseded_by IS NULL AND observation.source = 'annex' AND observation.column_period = report.period
  AND indicator.measure = 'million_vnd' AND observation.value IS NOT NULL
  AND regexp_full_match(lower(nfc_normalize(trim(observation.unit_of_measure))), '(nghìn |ngàn |trăm |tỷ |tỉ )?(đồng|đ|vnđ|vnd)|tỷ|tỉ')
ORDER BY report_id, place;
