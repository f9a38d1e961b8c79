-- Rows as printed: codes used twice, a form row printed twice, formulas left unfilled, figures too long to be any.
WITH printed AS (
    -- Numbers start again under each section (I, II, A): a code is used twice only within one.
    SELECT observation.*,
           last_value(CASE WHEN regexp_full_match(observation.code, '[IVXLC]+|[A-ZĐ]') THEN observation.row_no END IGNORE NULLS)
               OVER (PARTITION BY observation.report_id, observation.annex ORDER BY observation.row_no) AS section
    FROM observation
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL AND observation.source = 'annex'
      AND observation.column_period = report.period
),
codes AS (
    SELECT 'duplicate_code' AS rule, report_id, annex, code AS subject,
           list(DISTINCT place ORDER BY place) AS places, count(DISTINCT row_no) AS times
    FROM printed
    WHERE code IS NOT NULL
    GROUP BY report_id, annex, section, code
    HAVING count(DISTINCT row_no) > 1
),
twice AS (
    SELECT 'duplicate_row' AS rule, report_id, any_value(annex) AS annex, any_value(label) AS subject,
           list(DISTINCT place ORDER BY place) AS places, count(DISTINCT (annex, row_no)) AS times
    FROM printed
    WHERE indicator IS NOT NULL
    GROUP BY report_id, indicator, level
    HAVING count(DISTINCT (annex, row_no)) > 1 AND count(value) > 0 -- none of figures that contradict each other is used
),
formulas AS (
    SELECT DISTINCT 'formula_left' AS rule, report_id, annex, label AS subject, [place] AS places, 1 AS times
    FROM printed
    WHERE status = 'formula'
),
endless AS (
    SELECT DISTINCT 'figure_too_long' AS rule, report_id, annex, label AS subject, [place] AS places, 1 AS times
    FROM printed
    WHERE status = 'text' AND regexp_full_match(trim(raw_value), '[-+]?[0-9][0-9., ]*%?')
      AND NOT EXISTS (
          FROM remark
          WHERE remark.report_id = printed.report_id AND starts_with(remark.place, printed.annex || ', ')
            AND contains(remark.place || ',', ', ' || printed.place || ',')
            AND rule IN ('figure_negative', 'figure_negative_cut', 'figure_not_whole', 'figure_in_percent',
                         'figure_ambiguous', 'figure_too_large', 'figure_with_words', 'figure_merged', 'figure_repeated',
                         'figure_as_ratio', 'figure_perhaps_ratio',
                         'measure_multiplied') -- these say why it was not used
      )
)
SELECT rule, report_id, annex || ', ' || array_to_string(places, ', ') AS place, annex, subject, times
FROM (FROM codes UNION ALL FROM twice UNION ALL FROM formulas UNION ALL FROM endless)
ORDER BY report_id, rule, place;
