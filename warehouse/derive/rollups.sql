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
FROM carried_rate
SEMI JOIN heir USING (boundary, unit_no, period)
WHERE counting = 'printed' AND period IN (SELECT period FROM part)
ORDER BY boundary, rate, definition, level, period, unit_no;

INSERT INTO added_rate BY NAME
SELECT member.boundary, member.unit_no, member.level, member.period, rate.rate, rate.definition,
       sum(rate.numerator * member.weight)::DECIMAL(18, 4) AS numerator,
       sum(rate.denominator * member.weight)::DECIMAL(18, 4) AS denominator, count(*) AS units,
       bool_or(member.weight < 1) AS estimated, rate.simulated
FROM above
JOIN member USING (boundary, unit_no, period)
LEFT JOIN unit ON unit.unit_no = member.unit_no
JOIN shown_rate AS rate
  ON rate.boundary = 'then' AND rate.unit_no = member.member_no AND rate.period = member.period
WHERE unit.level IS DISTINCT FROM member.level AND member.weight IS NOT NULL AND rate.denominator > 0
  AND rate.numerator IS NOT NULL
GROUP BY ALL
ORDER BY ALL;

INSERT INTO reporting BY NAME
SELECT member.boundary, member.period, member.level, member.unit_no, count(*) AS reported,
       min(coalesce(report.as_of, report.window_end, report.signed_on)) AS data_end, report.simulated
FROM above
JOIN member USING (boundary, unit_no, period)
JOIN report_in_force AS report ON report.unit_code = member.member_code AND report.period = member.period
GROUP BY ALL
ORDER BY ALL;
