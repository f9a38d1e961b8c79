-- What the running text of a report tells about the same figures, beside $value as the annex gives it: the rate itself and
-- its terms, or the indicator. A told percentage may be rounded or cut off, as in the check `narrative`.
WITH compared AS (
    SELECT $rate || '_stated' AS indicator, $value AS value
    WHERE $rate <> ''
    UNION
    SELECT indicator, value::DOUBLE
    FROM fact
    WHERE unit_code = $unit AND period = $period AND report_id = $report AND level = $level
      AND list_contains($indicators, indicator)
      AND indicator <> $rate || '_stated'
)
SELECT told_figure.indicator, told_figure.label, told_figure.raw_value, told_figure.value::DOUBLE AS value,
       told_figure.note, told_figure.place, indicator.kind = 'rate' AS is_rate, compared.value AS annex_value,
       CASE WHEN NOT told_figure.comparable THEN 'other_window'
            WHEN compared.value IS NULL THEN 'not_computed'
            WHEN CASE WHEN indicator.kind = 'rate' THEN NOT told_alike(told_figure.value, compared.value, told_figure.steps)
                      ELSE told_figure.value::DOUBLE <> compared.value END THEN 'narrative_differs'
            ELSE 'agrees' END AS verdict
FROM told_figure
JOIN compared USING (indicator)
JOIN indicator USING (indicator)
WHERE told_figure.report_id = $report AND told_figure.level = $level
ORDER BY indicator.kind <> 'rate', told_figure.place, told_figure.label;
