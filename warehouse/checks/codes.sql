-- Row codes that jump: 6.1 is followed by 6.3. One finding a report and annex; the simulation prints the forms' own
-- numbering, jumps included, so its reports are not looked at.
WITH coded AS (
    SELECT DISTINCT observation.report_id, observation.annex, observation.row_no, observation.code, observation.place
    FROM observation
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL AND NOT report.simulated AND observation.source = 'annex' AND observation.code IS NOT NULL
),
-- Numbers start again under each section (I, II, A).
numbered AS (
    SELECT *, last_value(CASE WHEN regexp_full_match(code, '[IVXLC]+|[A-ZĐ]') THEN row_no END IGNORE NULLS)
                  OVER (PARTITION BY report_id, annex ORDER BY row_no) AS section
    FROM coded
),
series AS (
    SELECT *, regexp_replace(code, '\.?\d+$', '') AS stem, try_cast(regexp_extract(code, '(\d+)$', 1) AS INTEGER) AS number
    FROM numbered
    WHERE regexp_full_match(code, '\d+(\.\d+)*')
),
followed AS (
    SELECT *, lag(code) OVER one_by_one AS code_before, lag(number) OVER one_by_one AS number_before
    FROM series
    WINDOW one_by_one AS (PARTITION BY report_id, annex, section, stem ORDER BY row_no)
)
SELECT 'skipped_code' AS rule, report_id, annex || ', ' || string_agg(place, ', ' ORDER BY row_no) AS place, annex,
       string_agg(code_before || ' → ' || code, '; ' ORDER BY row_no) AS subject
FROM followed
WHERE number > number_before + 1
GROUP BY report_id, annex
ORDER BY report_id, annex;
