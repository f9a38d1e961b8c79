-- The findings about some rows of a report, the gravest first: at their places, about their indicators or rates as wholes or
-- parts, and those about the whole report.
SELECT finding.severity, finding.rule, finding.place, finding.message_vi, finding.message_en,
       finding.level
FROM tiered_finding AS finding
WHERE finding.report_id = $report
  AND (finding.place = 'report'
       OR len(list_filter($places, lambda one: contains(finding.place, split_part(one, ', ', 1))
                                              AND contains(', ' || finding.place || ',',
                                                           substr(one, strpos(one, ', ')) || ','))) > 0
       OR (list_contains($levels, finding.compared->>'$.level')
           AND (list_contains($subjects, finding.compared->>'$.subject')
                OR list_contains($subjects, finding.compared->>'$.indicator')
                OR list_contains($subjects, finding.compared->>'$.whole')
                OR list_has_any($subjects, coalesce((finding.compared->'$.part_names')::VARCHAR[], [])))))
ORDER BY array_position(['high', 'medium', 'low'], finding.severity), finding.place = 'report', finding.place, finding.rule;
