-- Printed percentages against the ones recomputed from their parts. Rounding is no fault; truncation is
-- told apart from error; a percentage printed on 0/0 is a fault of its own, and so is a ratio that nobody took times 100 (0.985
-- for 98.5 %, from a cell that is not formatted as a percentage). The billionth that is added keeps a half
-- a half: 201/20000 is 1.005 %, which a DOUBLE holds as 1.00499..., and 4.35 % is no 4.34 cut off.
WITH printed AS (
    SELECT printed_percentage.*,
           CASE WHEN stated_percent = round(stated_percent, 0) THEN 0
                WHEN stated_percent = round(stated_percent, 1) THEN 1
                WHEN stated_percent = round(stated_percent, 2) THEN 2
                WHEN stated_percent = round(stated_percent, 3) THEN 3 ELSE 4 END AS decimals
    FROM printed_percentage
    WHERE stated_percent IS NOT NULL AND numerator IS NOT NULL AND denominator IS NOT NULL
),
judged AS (
    SELECT *,
           CASE WHEN denominator = 0 THEN 'rate_on_zero'
                WHEN round(percent + 1e-9, decimals) = stated_percent THEN NULL
                WHEN trunc((percent + 1e-9) * 10 ** decimals) / 10 ** decimals = stated_percent THEN 'rate_truncated'
                WHEN stated_percent > 0 AND (decimals > 0 OR percent = 100)
                     AND stated_percent IN (round(percent / 100 + 1e-9, decimals),
                                            trunc((percent / 100 + 1e-9) * 10 ** decimals) / 10 ** decimals) THEN 'rate_as_ratio'
                ELSE 'rate_differs' END AS rule
    FROM printed
)
SELECT rule, report_id, place, subject, level, numerator, denominator, percent, stated_percent
FROM judged
WHERE rule IS NOT NULL
ORDER BY report_id, place;
