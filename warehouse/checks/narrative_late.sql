-- `Không có hồ sơ trễ hạn` in one place of the running text, and a number of them in another.
SELECT 'text_late_and_none' AS rule, report_id, string_agg(DISTINCT observation.place, ', ' ORDER BY observation.place) AS place, observation.level,
       max(observation.value) AS value
FROM observation
JOIN report USING (report_id)
JOIN touched USING (unit_code, period)
WHERE report.superseded_by IS NULL AND observation.source = 'narrative' AND observation.note IS NULL
  AND observation.column_period = report.period
  AND observation.indicator IN ('dossiers_resolved_late', 'dossiers_pending_late')
GROUP BY report_id, observation.level, observation.indicator
HAVING min(observation.value) = 0 AND max(observation.value) > 0
ORDER BY report_id, place;
