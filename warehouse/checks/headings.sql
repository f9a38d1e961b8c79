-- A heading that bears a figure although no form asks for one: it should be a figure of the rows under it, their sum, or
-- the sum of two of them. Where no row under it bears a figure, nothing can be said.
WITH printed AS (
    SELECT observation.report_id, observation.annex, observation.row_no, observation.code, observation.label, observation.parent_label,
           observation.place, observation.value, observation.indicator, observation.unit_of_measure, report.form
    FROM observation
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL AND observation.source = 'annex' AND report.form IS NOT NULL
      AND observation.column_period = report.period
),
headings AS (
    SELECT *, row_no + 1 AS first,
           coalesce((SELECT min(later.row_no) FROM printed AS later
                     WHERE later.report_id = printed.report_id AND later.annex = printed.annex AND later.row_no > printed.row_no
                       AND later.code IS NOT NULL
                       AND len(string_split(later.code, '.')) <= len(string_split(printed.code, '.'))), 9999) AS after
    FROM printed
    WHERE indicator IS NULL AND value IS NOT NULL AND value <> 0 AND code IS NOT NULL
),
children AS (
    SELECT headings.report_id, headings.annex, headings.row_no, child.row_no AS child_no, child.value, child.unit_of_measure
    FROM headings
    JOIN printed AS child
      ON child.report_id = headings.report_id AND child.annex = headings.annex
     AND child.row_no >= headings.first AND child.row_no < headings.after AND child.parent_label = headings.label
    WHERE child.value IS NOT NULL AND coalesce(child.unit_of_measure, '') NOT LIKE '%\%%' ESCAPE '\'
),
possible AS (
    SELECT report_id, annex, row_no, value FROM children
    UNION ALL
    SELECT report_id, annex, row_no, sum(value) FROM children GROUP BY ALL
    UNION ALL
    SELECT one.report_id, one.annex, one.row_no, one.value + two.value
    FROM children AS one JOIN children AS two USING (report_id, annex, row_no)
    WHERE one.child_no < two.child_no
)
SELECT 'heading_differs' AS rule, report_id, annex || ', ' || place AS place, label AS subject, value,
       (SELECT list(child.value ORDER BY child_no) FROM children AS child
        WHERE child.report_id = headings.report_id AND child.annex = headings.annex AND child.row_no = headings.row_no) AS printed
FROM headings
WHERE (report_id, annex, row_no) IN (SELECT (report_id, annex, row_no) FROM children)
  AND (report_id, annex, row_no, value) NOT IN (SELECT (report_id, annex, row_no, value) FROM possible)
ORDER BY report_id, place;
