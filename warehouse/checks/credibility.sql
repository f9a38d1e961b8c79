-- Figures too alike to be counted: one number down a column, nothing late although apologies were sent, and as many
-- procedures newly announced as there are.
WITH figures AS (
    SELECT fact.*, indicator.measure
    FROM fact
    JOIN touched USING (unit_code, period)
    JOIN indicator USING (indicator)
    WHERE fact.value >= 100 AND indicator.kind = 'flow' AND indicator.measure IN ('dossier', 'procedure', 'document')
      -- A channel may well have as many as another.
      AND NOT regexp_matches(fact.indicator, '_(direct|post|online_level_[34](_area)?)$')
),
repeated AS (
    SELECT report_id, level, value, list(indicator ORDER BY indicator) AS part_names, list(value) AS part_values,
           string_agg(place, ', ' ORDER BY place) AS place
    FROM figures
    GROUP BY report_id, level, value
    HAVING count(*) >= 3
       -- Received, resolved and on time are the same number wherever nothing is pending or late.
       AND count(*) FILTER (indicator NOT IN ('dossiers_received', 'dossiers_resolved', 'dossiers_resolved_on_time')) > 0
)
SELECT 'same_figure_repeated' AS rule, report_id, place, level, value, part_names, part_values
FROM repeated
UNION ALL
SELECT 'perfect_with_apologies', rate.report_id, sent.place, sent.level, sent.value, [rate.rate], [rate.percent::DECIMAL(18, 4)]
FROM rate
JOIN touched USING (unit_code, period)
JOIN fact AS sent
  ON sent.unit_code = rate.unit_code AND sent.period = rate.period AND sent.level = rate.level
 AND sent.indicator = 'public_apologies' AND sent.value > 0
WHERE rate.rate = 'on_time_rate' AND rate.percent = 100
UNION ALL
SELECT 'all_newly_announced', fact.report_id, fact.place, fact.level, fact.value, [whole.indicator], [whole.value]
FROM fact
JOIN touched USING (unit_code, period)
JOIN fact AS whole
  ON whole.unit_code = fact.unit_code AND whole.period = fact.period AND whole.level = fact.level
 AND whole.indicator = 'procedures_in_force' AND whole.value = fact.value
WHERE fact.indicator = 'procedures_newly_announced' AND fact.value > 0
ORDER BY report_id, rule, place;
