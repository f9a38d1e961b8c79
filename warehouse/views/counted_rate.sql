-- Rates under both ways of counting. `printed`: over the window of the report's own period. `discrete`: quarter by
-- quarter, as printed where the unit sent the quarter, else the difference of two cumulative reports, of the
-- numerators and of the denominators, never of the percentages. Where that is not sound there is no figure and
-- `problem` says why: lineage, definition, form, missing_before, falls.
CREATE OR REPLACE VIEW counted_rate AS
WITH difference AS (
    SELECT quarter.period, until.*, since.numerator AS numerator_before, since.denominator AS denominator_before,
           CASE WHEN until.numerator IS NULL OR until.denominator IS NULL THEN 'parts_missing'
                WHEN unit.valid_from > before.window_end THEN 'lineage'
                WHEN since.report_id IS NULL AND EXISTS (
                    FROM rate AS other
                    WHERE other.unit_code = until.unit_code AND other.level = until.level AND other.rate = until.rate
                      AND other.period = quarter.since_period AND other.simulated = until.simulated) THEN 'definition'
                WHEN since.numerator IS NULL OR since.denominator IS NULL THEN 'missing_before'
                WHEN (SELECT form FROM report WHERE report_id = until.report_id)
                     IS DISTINCT FROM (SELECT form FROM report WHERE report_id = since.report_id) THEN 'form'
                WHEN until.numerator < since.numerator OR until.denominator < since.denominator THEN 'falls'
           END AS problem
    FROM quarter
    JOIN period AS before ON before.period = quarter.since_period
    JOIN rate AS until ON until.period = quarter.until_period
    JOIN unit ON unit.unit_code = until.unit_code
    LEFT JOIN rate AS since
      ON since.period = quarter.since_period AND since.unit_code = until.unit_code AND since.level = until.level
     AND since.rate = until.rate AND since.definition = until.definition AND since.simulated = until.simulated
    ANTI JOIN rate AS sent
      ON sent.period = quarter.period AND sent.unit_code = until.unit_code AND sent.level = until.level
     AND sent.rate = until.rate AND sent.simulated = until.simulated
)
SELECT 'printed' AS counting, unit_code, level, period, rate, definition, numerator, denominator, percent,
       stated_percent, report_id, simulated, NULL::TEXT AS problem, 'own' AS basis
FROM rate
UNION ALL
SELECT 'discrete', unit_code, level, period, rate, definition, numerator, denominator, percent, stated_percent,
       report_id, simulated, NULL, 'own'
FROM rate
WHERE period IN (SELECT period FROM quarter)
UNION ALL
SELECT 'discrete', unit_code, level, period, rate, definition,
       CASE WHEN problem IS NULL THEN numerator - numerator_before END,
       CASE WHEN problem IS NULL THEN denominator - denominator_before END,
       CASE WHEN problem IS NULL AND denominator > denominator_before
            THEN round(100.0 * (numerator - numerator_before)::DOUBLE / (denominator - denominator_before)::DOUBLE, 6) END,
       NULL, report_id, simulated, problem, 'difference'
FROM difference;
