-- Figures of the running text against those of the annex: the same indicator and tier, two numbers; and the rates it tells
-- against those the annex's rows give, the online one whatever it divides by. Where the annex counts on time out of all
-- received, the text may say more, for it counts out of those resolved. A text figure that says it covers another window
-- or is a bound ("over 98 %") is not compared, save that a part of the period cannot have more than the whole, and that a
-- bound must hold ("nearly" from a tenth below to half a hundredth above, "about" within five); a percentage may be
-- rounded or cut off in the text.
WITH told AS (
    SELECT told_figure.*, indicator.kind
    FROM told_figure
    JOIN indicator USING (indicator)
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL
),
-- What the text may mean by an indicator: the annex's row of that name, or another sum of rows. It agrees where one does.
meant(indicator, meaning, part) AS (
    VALUES ('dossiers_received_online', 1, 'dossiers_received_online_level_3'),
           ('dossiers_received_online', 1, 'dossiers_received_online_level_4'),
           ('procedures_one_stop', 1, 'procedures_operated_announced'),
           ('procedures_one_stop', 2, 'procedures_operated_announced'), ('procedures_one_stop', 2, 'procedures_operated_unannounced'),
           ('procedures_one_stop', 3, 'procedures_one_stop'), ('procedures_one_stop', 3, 'procedures_linked_across_levels'),
           ('procedures_one_stop', 4, 'procedures_one_stop'), ('procedures_one_stop', 4, 'procedures_linked_across_levels'),
           ('procedures_one_stop', 4, 'procedures_linked_same_level'),
           ('procedures_one_stop', 5, 'procedures_linked_across_levels'),
           ('procedures_one_stop', 6, 'procedures_in_force'),
           ('procedures_in_force', 1, 'procedures_in_force_area'),
           ('procedures_online_level_3', 1, 'procedures_online_level_3_area'),
           ('procedures_online_level_4', 1, 'procedures_online_level_4_area'),
           ('procedures_online_level_4', 2, 'procedures_full_online'),
           ('staff_present', 1, 'cadres_present'), ('staff_present', 1, 'civil_servants_present'),
           ('staff_present', 2, 'civil_servants_present')
),
printed AS (
    SELECT report_id, indicator, level, 0 AS meaning, value, place, indicator.kind = 'rate' AS is_rate, false AS summed
    FROM fact JOIN indicator USING (indicator)
    WHERE value IS NOT NULL
    UNION ALL
    SELECT fact.report_id, meant.indicator, fact.level, meant.meaning, sum(fact.value), min(fact.place), false,
           count(*) > 1
    FROM fact
    JOIN meant ON meant.part = fact.indicator
    GROUP BY fact.report_id, meant.indicator, fact.level, meant.meaning
    HAVING count(fact.value) = (SELECT count(*) FROM meant AS every
                                WHERE every.indicator = meant.indicator AND every.meaning = meant.meaning)
    UNION ALL
    SELECT rate.report_id, rate.rate || '_stated', rate.level, CASE rate.definition WHEN 'received' THEN 98 ELSE 99 END,
           round(rate.percent, 2)::DECIMAL(18, 4), NULL, true, true
    FROM rate
    WHERE rate.percent IS NOT NULL
      AND rate.rate IN ('on_time_rate', 'online_rate', 'online_full_rate', 'online_partial_rate', 'plan_completion',
                        'feedback_resolved_rate')
      -- Where the annex prints the rate, that is what the text must say; whether it fits its parts is another finding.
      AND NOT EXISTS (FROM fact WHERE fact.report_id = rate.report_id AND fact.level = rate.level
                                  AND fact.indicator = rate.rate || '_stated' AND fact.value IS NOT NULL)
),
compared AS (
    SELECT told.report_id, told.indicator, told.level, told.kind, told.comparable, told.other_window, told.note, told.bound,
           told.place AS told_place, told.value AS told_value, arg_min(printed.summed, meaning) AS worked_out,
           arg_min(printed.value, meaning) AS value, arg_min(printed.place, meaning) AS place,
           bool_or(CASE WHEN meaning = 98 AND told.value >= printed.value THEN true
                        WHEN is_rate THEN told_alike(told.value, printed.value, told.steps)
                        ELSE told.value = printed.value END) AS agrees,
           bool_and(told.value > printed.value) AS is_more,
           bool_or(CASE WHEN told.other_window THEN NULL
                        WHEN bound IN ('trên', 'hơn', 'tối thiểu', 'ít nhất', 'trở lên') THEN printed.value >= told.value
                        WHEN bound = 'dưới' THEN printed.value < told.value
                        WHEN bound = 'gần' THEN printed.value BETWEEN told.value * 0.9 AND told.value * 1.005
                        WHEN bound <> '' THEN abs(printed.value - told.value) <= told.value * 0.05 END) AS holds
    FROM told
    JOIN printed USING (report_id, indicator, level)
    GROUP BY ALL
)
SELECT DISTINCT CASE WHEN worked_out THEN 'narrative_differs_from_parts' ELSE 'narrative_differs' END AS rule, report_id,
       concat_ws(', ', told_place, place) AS place, indicator, level, told_value, value, NULL AS printed
FROM compared
WHERE comparable AND NOT agrees
  -- The text may count the documents of one body or field only: more than all there are is wrong all the same.
  AND (is_more OR indicator NOT IN ('legal_documents_reviewed', 'legal_documents_checked', 'legal_documents_issued'))
UNION ALL
SELECT DISTINCT 'narrative_part_exceeds', report_id, concat_ws(', ', told_place, place), indicator, level, told_value,
       value, note
FROM compared
WHERE other_window AND is_more AND kind IN ('flow', 'cumulative', 'coded')
  AND bound = '' AND NOT regexp_matches(lower(note), '(^|[^\pL])cũ([^\pL]|$)')
UNION ALL
SELECT DISTINCT 'narrative_bound_differs', report_id, concat_ws(', ', told_place, place), indicator, level, told_value,
       value, bound
FROM compared
WHERE NOT holds
ORDER BY report_id, rule, place;
