-- Rates of the units numbered from `first` to `last` under both ways of counting. `printed`: over the window of the report's
-- own period. `discrete`: quarter by quarter, as printed where the unit sent the quarter, else the difference of two
-- cumulative reports, of the numerators and of the denominators, never of the percentages. Where that is not sound there
-- is no figure and `problem` says why: parts_missing, lineage, definition, form, missing_before, falls, and standing where a
-- part is no count of the time but what stands at the end of it, such as the plan of the whole year.
CREATE OR REPLACE MACRO counted_rate_of(first, last) AS TABLE
WITH printed AS (FROM printed_rate_of(first, last)),
-- Under which rates, whatever their definition, a unit has a figure in a period.
known AS (
    SELECT DISTINCT unit_no, level, rate, period, simulated
    FROM rate_by_unit
    WHERE unit_no BETWEEN first::USMALLINT AND last::USMALLINT
),
-- The rates of which a part is not counted over time.
standing AS (
    SELECT DISTINCT rate_term.rate, rate_term.definition
    FROM rate_term
    JOIN indicator USING (indicator)
    WHERE side IN ('numerator', 'denominator') AND indicator.kind NOT IN ('flow', 'cumulative')
),
difference AS (
    SELECT until.* REPLACE (quarter.period AS period), since.numerator AS numerator_before,
           since.denominator AS denominator_before,
           CASE WHEN standing.rate IS NOT NULL THEN 'standing'
                WHEN until.numerator IS NULL OR until.denominator IS NULL THEN 'parts_missing'
                WHEN until.valid_from > before.window_end THEN 'lineage'
                WHEN since.report_id IS NULL AND other.unit_no IS NOT NULL THEN 'definition'
                WHEN since.numerator IS NULL OR since.denominator IS NULL THEN 'missing_before'
                WHEN until.form IS DISTINCT FROM since.form THEN 'form'
                WHEN until.numerator < since.numerator OR until.denominator < since.denominator THEN 'falls'
           END AS problem
    FROM printed AS until
    JOIN quarter ON quarter.until_period = until.period
    JOIN period AS before ON before.period = quarter.since_period
    LEFT JOIN standing ON standing.rate = until.rate AND standing.definition = until.definition
    LEFT JOIN printed AS since
      ON since.period = quarter.since_period AND since.unit_no = until.unit_no AND since.level = until.level
     AND since.rate = until.rate AND since.definition = until.definition AND since.simulated = until.simulated
    LEFT JOIN known AS other
      ON other.period = quarter.since_period AND other.unit_no = until.unit_no AND other.level = until.level
     AND other.rate = until.rate AND other.simulated = until.simulated
    LEFT JOIN known AS sent
      ON sent.period = quarter.period AND sent.unit_no = until.unit_no AND sent.level = until.level
     AND sent.rate = until.rate AND sent.simulated = until.simulated
    WHERE sent.unit_no IS NULL  -- no anti join: what is asked would not be passed on to its other side
)
SELECT 'printed' AS counting, unit_no, unit_code, level, period, rate, definition, numerator, denominator, percent,
       stated_percent, report_id, simulated, NULL::TEXT AS problem, 'own' AS basis
FROM printed
UNION ALL
SELECT 'discrete', unit_no, unit_code, level, period, rate, definition, numerator, denominator, percent, stated_percent,
       report_id, simulated, NULL, 'own'
FROM printed
WHERE period IN (SELECT period FROM quarter)
UNION ALL
SELECT 'discrete', unit_no, unit_code, level, period, rate, definition,
       CASE WHEN problem IS NULL THEN numerator - numerator_before END,
       CASE WHEN problem IS NULL THEN denominator - denominator_before END,
       CASE WHEN problem IS NULL AND denominator > denominator_before
            THEN round(100.0 * (numerator - numerator_before)::DOUBLE / (denominator - denominator_before)::DOUBLE, 6) END,
       NULL, report_id, simulated, problem, 'difference'
FROM difference;
