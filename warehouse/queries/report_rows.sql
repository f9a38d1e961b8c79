-- Every row of one report in printed order, with what was found at its place: `line:12`, or `sheet:BC, row:12`, which has
-- the mark in it that parts the places of a finding.
SELECT observation.annex, observation.row_no, observation.source, observation.code, observation.label,
       observation.parent_label, observation.column_label, observation.unit_of_measure, observation.raw_value,
       observation.value::DOUBLE AS value, observation.status, observation.note, observation.indicator,
       observation.level, observation.column_period, observation.known_row, observation.place,
       list(finding.message_vi ORDER BY finding.rule) FILTER (finding.rule IS NOT NULL) AS messages_vi,
       list(finding.message_en ORDER BY finding.rule) FILTER (finding.rule IS NOT NULL) AS messages_en
FROM observation
LEFT JOIN finding
  ON finding.report_id = observation.report_id
 AND contains(', ' || finding.place || ',', ', ' || observation.place || ',')
 AND (observation.annex = '' OR contains(finding.place, observation.annex))
WHERE observation.report_id = $report
GROUP BY ALL
ORDER BY observation.source, min(observation.rowid);
