-- The findings in the reports in force, the gravest first; of the named reports, or of all when none is named.
SELECT * EXCLUDE (position)
FROM finding_in_force
WHERE len($reports) = 0 OR list_contains($reports, report_id)
ORDER BY position, unit_name COLLATE vi, period, place, message_vi COLLATE vi;
