-- The channels that the running text tells against what it says was received. Online may be told as one number, or by
-- class of service; where it is told both ways, they must agree.
WITH told AS (
    SELECT observation.report_id, observation.level, observation.indicator, min(observation.value) AS value,
           min(observation.place) AS place
    FROM observation
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL AND observation.source = 'narrative' AND observation.value IS NOT NULL
      AND observation.column_period = report.period AND observation.note IS NULL
    GROUP BY ALL
    HAVING count(DISTINCT observation.value) = 1
),
parts(relation_name, whole, part) AS (
    VALUES ('told_by_channel', 'dossiers_received', 'dossiers_received_direct'),
           ('told_by_channel', 'dossiers_received', 'dossiers_received_post'),
           ('told_by_channel', 'dossiers_received', 'dossiers_received_online'),
           ('told_online_by_class', 'dossiers_received_online', 'dossiers_full_service_received_online'),
           ('told_online_by_class', 'dossiers_received_online', 'dossiers_partial_service_received_online'),
           ('told_by_outcome', 'dossiers_resolved', 'dossiers_resolved_on_time'),
           ('told_by_outcome', 'dossiers_resolved', 'dossiers_resolved_late')
),
summed AS (
    SELECT whole.report_id, whole.level, relation_name, whole.indicator AS whole, whole.value AS whole_value, whole.place,
           count(told.value) AS given, (SELECT count(*) FROM parts AS every WHERE every.relation_name = parts.relation_name) AS terms,
           sum(told.value) AS total, list(parts.part ORDER BY parts.part) AS part_names, list(told.value ORDER BY parts.part) AS part_values,
           coalesce(sum(told.value) FILTER (parts.part <> 'dossiers_received_post'), 0) AS without_post
    FROM told AS whole
    JOIN parts ON parts.whole = whole.indicator
    JOIN told ON told.report_id = whole.report_id AND told.level = whole.level AND told.indicator = parts.part
    GROUP BY ALL
)
SELECT 'text_parts_do_not_add_up' AS rule, report_id, place, relation_name, level, whole, whole_value, part_names, part_values, total
FROM summed
-- What comes by post may be counted among what is handed in directly.
WHERE given = terms AND total <> whole_value AND without_post <> whole_value
ORDER BY report_id, place, relation_name;
