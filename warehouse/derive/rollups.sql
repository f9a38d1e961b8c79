-- What is kept ready for the pages, anew for the units and periods of `part` (touched ones of one year) and all that they
-- are counted in.
CREATE OR REPLACE TEMP TABLE heir AS
SELECT 'then'::boundary_key AS boundary, unit.unit_no, part.period::period_key AS period
FROM part
JOIN unit USING (unit_code)
UNION
SELECT heritage.boundary, heritage.unit_no, part.period
FROM heritage
JOIN part ON part.unit_code = heritage.member_code;

CREATE OR REPLACE TEMP TABLE above AS
SELECT DISTINCT territory.boundary::boundary_key AS boundary, territory.unit_no, part.period::period_key AS period
FROM territory
JOIN part ON part.unit_code = territory.member_code;

DELETE FROM shown_rate AS rate USING heir
WHERE rate.boundary = heir.boundary AND rate.unit_no = heir.unit_no AND rate.period = heir.period;
DELETE FROM added_rate AS rate USING above
WHERE rate.boundary = above.boundary AND rate.unit_no = above.unit_no AND rate.period = above.period;
DELETE FROM reporting USING above
WHERE reporting.boundary = above.boundary AND reporting.unit_no = above.unit_no AND reporting.period = above.period;

INSERT INTO shown_rate BY NAME
SELECT 'then' AS boundary, rate.period, rate.rate, rate.definition, rate.level, rate.unit_no, rate.numerator,
       rate.denominator, rate.stated_percent, rate.unit_no AS source_no, 'own' AS basis,
       (rate.numerator IS NOT NULL AND rate.denominator IS NOT NULL)::INTEGER AS given, 1 AS expected, rate.simulated
FROM rate_by_unit AS rate
JOIN unit USING (unit_no, level)
JOIN heir ON heir.boundary = 'then' AND heir.unit_no = rate.unit_no AND heir.period = rate.period
UNION ALL BY NAME
SELECT boundary, period, rate, definition, level, unit_no, numerator, denominator, stated_percent, source_no, basis,
       problem, given, expected, simulated
FROM carried_rate_of(0, 65535)
SEMI JOIN heir USING (boundary, unit_no, period)
WHERE counting = 'printed' AND period IN (SELECT period FROM part)
ORDER BY boundary, rate, definition, level, period, unit_no;

CREATE OR REPLACE TEMP TABLE window_of AS
SELECT unit.unit_no, covered.period::period_key AS period, covered.short, covered.days_missing, covered.data_end,
       report.simulated
FROM covered_window AS covered
JOIN report_in_force AS report USING (report_id)
JOIN unit ON unit.unit_code = covered.unit_code
WHERE covered.period IN (SELECT period FROM part);

INSERT INTO added_rate BY NAME
WITH known AS (
    SELECT *, denominator > 0 AND numerator IS NOT NULL AS whole FROM shown_rate WHERE boundary = 'then'
)
SELECT member.boundary, member.unit_no, member.level, rate.rate, rate.definition, member.period,
       (sum(rate.numerator * member.weight) FILTER (rate.whole))::DECIMAL(18, 4) AS numerator,
       (sum(rate.denominator * member.weight) FILTER (rate.whole))::DECIMAL(18, 4) AS denominator,
       count(*) FILTER (rate.whole) AS units,
       coalesce(bool_or(member.weight < 1) FILTER (rate.whole), false) AS estimated,
       count(*) FILTER (rate.whole AND window_of.short) AS short,
       CASE WHEN count(*) FILTER (rate.whole) = 0
            THEN min(CASE WHEN rate.denominator = 0 THEN 'nothing_counted' ELSE 'parts_missing' END) END AS problem,
       rate.simulated
FROM above
JOIN member USING (boundary, unit_no, period)
LEFT JOIN unit ON unit.unit_no = member.unit_no
JOIN known AS rate ON rate.unit_no = member.member_no AND rate.period = member.period
LEFT JOIN window_of ON window_of.unit_no = member.member_no AND window_of.period = member.period
WHERE unit.level IS DISTINCT FROM member.level AND member.weight IS NOT NULL
GROUP BY ALL
ORDER BY ALL;

INSERT INTO reporting BY NAME
SELECT member.boundary, member.period, member.level, member.unit_no, count(*) AS reported,
       min(window_of.data_end) AS data_end, max(window_of.days_missing) AS days_missing,
       count(*) FILTER (window_of.short) AS short, window_of.simulated
FROM above
JOIN member USING (boundary, unit_no, period)
JOIN window_of ON window_of.unit_no = member.member_no AND window_of.period = member.period
GROUP BY ALL
ORDER BY ALL;
