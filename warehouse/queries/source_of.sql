-- Where a figure of a unit's own report stands: the printed row of an indicator, or those of all terms of a rate, each with
-- how it was read and the report in force. A term that the report does not ask for has the status not_asked, any term of a
-- unit without a report no_report.
WITH term AS (
    SELECT 0 AS position, 'figure' AS side, $indicator AS indicator, $level AS level
    WHERE $indicator <> ''
    UNION ALL
    SELECT array_position(['numerator', 'denominator', 'stated'], side), side, indicator, coalesce(term_level, $level)
    FROM rate_term
    WHERE rate = $rate AND definition = $definition AND (level IS NULL OR level = $level) AND side <> 'unless'
)
SELECT term.side, term.indicator, indicator.name_vi, indicator.name_en, term.level,
       measure.name_vi AS measure_vi, measure.name_en AS measure_en,
       fact.value::DOUBLE AS value,
       coalesce(fact.status::TEXT, CASE WHEN report.report_id IS NULL THEN 'no_report' ELSE 'not_asked' END) AS status,
       observation.annex, observation.row_no, observation.code, observation.label, observation.parent_label,
       observation.column_label, observation.unit_of_measure, observation.raw_value, observation.note,
       coalesce(fact.place, fact.indicator::TEXT) AS place,
       report.report_id, report.file_name, report.sha256, report.document_number, report.form,
       form.name_vi AS form_vi, form.name_en AS form_en, report.signed_on, report.as_of,
       report.window_start, report.window_end, period.window_start AS nominal_start, period.window_end AS nominal_end,
       report.simulated, report.unit_code, report.period
FROM term
JOIN indicator ON indicator.indicator = term.indicator
JOIN measure ON measure.measure = indicator.measure
LEFT JOIN fact_by_unit AS fact
  ON fact.unit_no = $unit_no AND fact.period = $period AND fact.level = term.level AND fact.indicator = term.indicator
LEFT JOIN report_in_force AS report ON report.unit_code = $unit AND report.period = $period
LEFT JOIN period ON period.period = $period
LEFT JOIN form ON form.form = report.form
LEFT JOIN observation
  ON observation.report_id = report.report_id AND observation.source = 'annex' AND observation.level = fact.level
 AND observation.indicator = fact.indicator AND observation.column_period = fact.period
 AND observation.annex || ', ' || observation.place = coalesce(fact.place, fact.indicator::TEXT)
QUALIFY row_number() OVER (PARTITION BY term.side, term.indicator, term.level ORDER BY observation.rowid) = 1
ORDER BY term.position, indicator.position, term.level;
