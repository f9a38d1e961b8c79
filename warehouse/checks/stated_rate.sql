-- Printed percentages against the ones recomputed from their parts. Rounding is no fault; truncation is
-- told apart from error; a percentage printed on 0/0 is a fault of its own. The billionth that is added keeps a half
-- a half: 201/20000 is 1.005 %, which a DOUBLE holds as 1.00499..., and 4.35 % is no 4.34 cut off.
WITH printed AS (
    SELECT rate.*, fact.place, observation.raw_value,
           CASE WHEN stated_percent = round(stated_percent, 0) THEN 0
                WHEN stated_percent = round(stated_percent, 1) THEN 1
                WHEN stated_percent = round(stated_percent, 2) THEN 2
                WHEN stated_percent = round(stated_percent, 3) THEN 3 ELSE 4 END AS decimals
    FROM rate
    JOIN touched USING (unit_code, period)
    JOIN rate_term ON rate_term.rate = rate.rate AND rate_term.definition = rate.definition
                  AND rate_term.side = 'stated'
                  AND (rate_term.level IS NULL OR rate_term.level = rate.level)
    JOIN fact ON fact.unit_code = rate.unit_code AND fact.period = rate.period
             AND fact.level = coalesce(rate_term.term_level, rate.level) AND fact.indicator = rate_term.indicator
    JOIN observation ON observation.report_id = rate.report_id
                    AND observation.annex || ', ' || observation.place = fact.place
                    AND observation.column_period = rate.period
    WHERE stated_percent IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY rate.unit_code, rate.level, rate.period, rate.rate, rate.definition
        ORDER BY observation.status <> 'reported', observation.rowid
    ) = 1
),
judged AS (
    SELECT *,
           CASE WHEN numerator IS NULL OR denominator IS NULL THEN NULL
                WHEN denominator = 0 THEN 'rate_on_zero'
                WHEN round(percent + 1e-9, decimals) = stated_percent THEN NULL
                WHEN trunc((percent + 1e-9) * 10 ** decimals) / 10 ** decimals = stated_percent THEN 'rate_truncated'
                ELSE 'rate_differs' END AS rule
    FROM printed
)
SELECT rule, report_id, place, rate, definition, level, numerator, denominator, percent, stated_percent, raw_value
FROM judged
WHERE rule IS NOT NULL
ORDER BY report_id, place;
