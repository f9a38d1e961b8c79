-- A note that splits the row's figure between tiers ("Cấp huyện: 55 Cấp xã: 21") must add up to it.
WITH noted AS (
    SELECT observation.report_id, observation.annex, observation.place, observation.label, observation.value, observation.note,
           try_cast(replace(regexp_extract(observation.note, '(?i)cấp huyện\s*:?\s*(\d[\d.]*\d|\d)', 1), '.', '') AS DECIMAL(18, 4)) AS of_district,
           try_cast(replace(regexp_extract(observation.note, '(?i)cấp xã\s*:?\s*(\d[\d.]*\d|\d)', 1), '.', '') AS DECIMAL(18, 4)) AS of_communes
    FROM observation
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL AND observation.source = 'annex' AND observation.value IS NOT NULL
      AND observation.note IS NOT NULL AND observation.column_period = report.period
)
SELECT DISTINCT 'note_differs' AS rule, report_id, annex || ', ' || place AS place, label AS subject, value,
       of_district, of_communes, of_district + of_communes AS total
FROM noted
WHERE of_district + of_communes <> value
ORDER BY report_id, place;
