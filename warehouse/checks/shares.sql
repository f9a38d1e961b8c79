-- Shares that exclude each other, and together pass 100 %: documents sent only electronically, and those sent on paper too;
-- the answers of a survey.
WITH answers(question, share) AS (
    VALUES ('documents', 'electronic_documents_rate_stated'), ('documents', 'electronic_and_paper_documents_rate_stated'),
           ('own_survey', 'satisfaction_own_survey_satisfied_stated'), ('own_survey', 'satisfaction_own_survey_neutral_stated'),
           ('own_survey', 'satisfaction_own_survey_dissatisfied_stated')
)
SELECT 'shares_exceed_hundred' AS rule, fact.report_id, string_agg(fact.place, ', ' ORDER BY fact.place) AS place, fact.level,
       list(fact.indicator ORDER BY fact.place) AS part_names, list(fact.value ORDER BY fact.place) AS part_values, sum(fact.value) AS total
FROM fact
JOIN touched USING (unit_code, period)
JOIN answers ON answers.share = fact.indicator
WHERE fact.value IS NOT NULL
GROUP BY fact.report_id, fact.level, question
HAVING count(*) > 1 AND sum(fact.value) > 100.1  -- rounding each of three may pass it by a tenth
ORDER BY report_id, place;
