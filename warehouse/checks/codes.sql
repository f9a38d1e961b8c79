-- Row codes that jump: 6.1 is followed by 6.3. One finding a report and annex; the simulation prints the forms' own
-- numbering, jumps included, so its reports are not looked at.
WITH coded AS (
    SELECT DISTINCT observation.report_id, observation.annex, observation.row_no, observation.code, observation.place,
           regexp_replace(observation.code, '\.?\d+$', '') AS stem,
           try_cast(regexp_extract(observation.code, '(\d+)$', 1) AS INTEGER) AS number
    FROM observation
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL AND NOT report.simulated AND observation.source = 'annex'
      AND regexp_full_match(observation.code, '\d+(\.\d+)*')
),
followed AS (
    SELECT *, lag(code) OVER series AS code_before, lag(number) OVER series AS number_before
    FROM coded
    WINDOW series AS (PARTITION BY report_id, annex, stem ORDER BY row_no)
)
SELECT 'skipped_code' AS rule, report_id, annex || ', ' || string_agg(place, ', ' ORDER BY row_no) AS place, annex,
       string_agg(code_before || ' → ' || code, '; ' ORDER BY row_no) AS subject
FROM followed
WHERE number > number_before + 1
GROUP BY report_id, annex
ORDER BY report_id, annex;
