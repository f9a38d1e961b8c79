-- What one report says of itself, and how many of its rows were read as what. Left blank are those that its form asks a
-- figure for: its headings are not.
SELECT report.report_id, report.file_name, report.sha256, report.form, form.name_vi AS form_vi, form.name_en AS form_en,
       report.unit_code, unit.name AS unit_name, report.level, report.period, report.signed_on, report.as_of,
       report.document_number, report.simulated, report.superseded_by,
       count(*) AS rows,
       count(*) FILTER (observation.status = 'reported') AS reported,
       count(*) FILTER (observation.status = 'blank' AND (report.form IS NULL OR observation.indicator IS NOT NULL)) AS blank,
       count(*) FILTER (NOT observation.known_row) AS unmapped
FROM report
JOIN unit USING (unit_code)
LEFT JOIN form ON form.form = report.form
JOIN observation ON observation.report_id = report.report_id AND observation.source = 'annex'
WHERE report.report_id = $report
GROUP BY ALL;
