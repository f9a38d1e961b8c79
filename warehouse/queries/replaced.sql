-- Which reports, real or simulated, the named ones took the place of, with how many figures the forms know in each of the two.
WITH counted AS (
    SELECT report_id, count(value) AS figures
    FROM observation
    WHERE source = 'annex' AND indicator IS NOT NULL
    GROUP BY report_id
)
SELECT report.report_id, earlier.file_name, earlier.simulated, coalesce(before.figures, 0) AS figures_before, coalesce(now.figures, 0) AS figures
FROM report
JOIN report AS earlier ON earlier.superseded_by = report.report_id
LEFT JOIN counted AS before ON before.report_id = earlier.report_id
LEFT JOIN counted AS now ON now.report_id = report.report_id
WHERE list_contains($reports, report.report_id)
ORDER BY report.report_id, earlier.file_name;
