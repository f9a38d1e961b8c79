-- The numbered rows of one report's form as the form itself prints them, headings among them; none where no form is known.
SELECT form_row.annex, form_row.code, form_row.label
FROM report
JOIN form_row USING (form)
WHERE report.report_id = $report AND form_row.code IS NOT NULL
ORDER BY form_row.position;
