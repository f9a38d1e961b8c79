-- Shares that exclude each other, and together pass 100 %: documents sent only electronically, and those sent on paper too.
SELECT 'shares_exceed_hundred' AS rule, fact.report_id, concat_ws(', ', fact.place, other.place) AS place, fact.level,
       [fact.indicator, other.indicator] AS part_names, [fact.value, other.value] AS part_values, fact.value + other.value AS total
FROM fact
JOIN touched USING (unit_code, period)
JOIN fact AS other
  ON other.unit_code = fact.unit_code AND other.period = fact.period AND other.level = fact.level
 AND other.indicator = 'electronic_and_paper_documents_rate_stated'
WHERE fact.indicator = 'electronic_documents_rate_stated' AND fact.value + other.value > 100
ORDER BY report_id, place;
