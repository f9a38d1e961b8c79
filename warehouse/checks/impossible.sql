-- Figures that cannot be, or hardly: an answer code that its row does not offer, a share above 100 %, more people than posts,
-- far more dossiers resolved or published than received (what was carried over makes some more).
WITH own AS MATERIALIZED (
    SELECT fact.*, indicator.kind
    FROM checked_fact AS fact
    JOIN indicator USING (indicator)
    WHERE fact.value IS NOT NULL
),
answers AS (
    SELECT DISTINCT observation.report_id, observation.annex || ', ' || observation.place AS place, observation.label, observation.value,
           observation.unit_of_measure, regexp_extract_all(observation.unit_of_measure, '=\s*(\d+)', 1) AS offered
    FROM observation
    JOIN report USING (report_id)
    JOIN touched USING (unit_code, period)
    WHERE report.superseded_by IS NULL AND observation.source = 'annex' AND observation.column_period = report.period
      AND observation.value IS NOT NULL
),
posts(held, given) AS (
    VALUES ('cadres_present', 'cadre_quota'), ('civil_servants_present', 'civil_servant_quota'), ('staff_present', 'staff_quota'),
           ('service_staff_present', 'service_staff_quota')
),
done AS (
    SELECT report_id, level, indicator, value, place FROM own
    WHERE indicator IN ('dossiers_resolved', 'dossiers_resolved_on_time', 'results_published_portal', 'results_published_website')
)
SELECT 'code_unknown' AS rule, report_id, place, NULL AS level, NULL AS indicator, label AS subject, value, unit_of_measure AS printed, NULL AS other
FROM answers
WHERE len(offered) >= 2 AND NOT list_contains(offered, CAST(value AS BIGINT)::VARCHAR)
UNION ALL
SELECT 'rate_above_hundred', report_id, place, level, indicator, NULL, value, NULL, NULL
FROM own
WHERE kind = 'rate' AND value > 100
  AND (report_id, level, place) NOT IN (SELECT (report_id, level, place) FROM printed_percentage
                                        WHERE numerator IS NOT NULL AND denominator > 0 AND place IS NOT NULL)
UNION ALL
SELECT 'staff_over_quota', held.report_id, concat_ws(', ', held.place, given.place), held.level, held.indicator, NULL, held.value, NULL, given.value
FROM posts
JOIN own AS held ON held.indicator = posts.held
JOIN own AS given ON given.indicator = posts.given AND given.report_id = held.report_id AND given.level = held.level
WHERE held.value > given.value
UNION ALL
SELECT 'more_done_than_received', done.report_id, concat_ws(', ', done.place, received.place), done.level, done.indicator, NULL, done.value, NULL, received.value
FROM done
JOIN own AS received ON received.indicator = 'dossiers_received' AND received.report_id = done.report_id AND received.level = done.level
WHERE done.value::DOUBLE > 1.2 * received.value::DOUBLE AND done.value - received.value >= 20
ORDER BY report_id, rule, place;
