-- Percentages without parts to hold them to that look like ratios nobody took times 100: 0.985 or 1 where a share is the better
-- the higher it is. Those with parts are judged beside the other printed rates.
SELECT DISTINCT 'share_as_ratio' AS rule, fact.report_id, fact.place, fact.level, fact.indicator, fact.value,
       100 * fact.value::DOUBLE AS percent
FROM checked_fact AS fact
JOIN indicator ON indicator.indicator = fact.indicator AND indicator.kind = 'rate' AND indicator.direction = 'up'
JOIN observation ON observation.report_id = fact.report_id AND observation.indicator = fact.indicator
                AND observation.level = fact.level AND observation.source = 'annex' AND observation.value = fact.value
WHERE fact.value BETWEEN 0.5 AND 1 AND NOT contains(fact.indicator, '_cut_rate_') -- cuts of staff are that small
  AND observation.raw_value NOT LIKE '%\%%' ESCAPE '\'
  AND (fact.report_id, fact.level, fact.place) NOT IN (SELECT (report_id, level, place) FROM printed_percentage
                                                       WHERE numerator IS NOT NULL AND denominator > 0 AND place IS NOT NULL)
ORDER BY fact.report_id, fact.place;
