-- Some reports, with what they say of their windows; `ends_early` more than a week before the period does.
SELECT report.report_id, report.file_name, report.window_start, report.window_end AS stated_end, report.as_of,
       report.signed_on, covered.short, coalesce(covered.days_early > 7, false) AS ends_early
FROM report
JOIN covered_window AS covered USING (report_id)
WHERE report.report_id IN (SELECT unnest($reports))
ORDER BY report.report_id;
