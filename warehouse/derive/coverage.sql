-- How far the reports of a unit cover each indicator and each rate over all periods, anew for the touched units. A unit has
-- one report in force for a period: reports are counted as periods.
DELETE FROM indicator_coverage WHERE unit_no IN (SELECT unit_no FROM keyed);
DELETE FROM rate_coverage WHERE unit_no IN (SELECT unit_no FROM keyed);

INSERT INTO indicator_coverage BY NAME
WITH answer AS (
    SELECT unit_no, indicator, simulated, period,
           bool_or(status = 'reported') AS reported, bool_and(status = 'blank') AS blank
    FROM fact_by_unit
    WHERE unit_no IN (SELECT unit_no FROM keyed)
    GROUP BY ALL
)
SELECT answer.unit_no, answer.indicator, answer.simulated,
       count(*) AS asked, count(*) FILTER (reported) AS reported, count(*) FILTER (blank) AS blank,
       min(position) FILTER (reported) AS first_position, max(position) FILTER (reported) AS last_position
FROM answer
JOIN period USING (period)
GROUP BY ALL
ORDER BY answer.unit_no, answer.indicator;

-- Under a formula for any level those count that have the rate at one of them.
INSERT INTO rate_coverage BY NAME
WITH answer AS (
    SELECT rate.unit_no, formula.formula, rate.simulated, rate.period,
           bool_or(rate.numerator IS NOT NULL AND rate.denominator > 0) AS reported
    FROM rate_by_unit AS rate
    JOIN (SELECT DISTINCT formula, rate, definition, level FROM rate_term) AS formula
      ON formula.rate = rate.rate AND formula.definition = rate.definition
     AND (formula.level IS NULL OR formula.level = rate.level)
    WHERE rate.unit_no IN (SELECT unit_no FROM keyed)
    GROUP BY ALL
)
SELECT answer.unit_no, answer.formula, answer.simulated, count(*) AS asked,
       count(*) FILTER (reported) AS reported,
       min(position) FILTER (reported) AS first_position, max(position) FILTER (reported) AS last_position
FROM answer
JOIN period USING (period)
GROUP BY ALL
ORDER BY answer.unit_no, answer.formula;
