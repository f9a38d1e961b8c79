-- The targets with what they are for and where they are written.
SELECT target.rate, target.definition, target.indicator, coalesce(rate_name.name_vi, indicator.name_vi) AS name_vi,
       coalesce(rate_name.name_en, indicator.name_en) AS name_en, target.value, target.valid_from, target.valid_to,
       target.source_vi, target.source_en
FROM target
LEFT JOIN rate_name ON rate_name.rate = target.rate AND rate_name.definition IS NOT DISTINCT FROM target.definition
LEFT JOIN indicator ON indicator.indicator = target.indicator
ORDER BY target.rate, target.indicator, target.valid_from;
