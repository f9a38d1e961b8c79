-- Each quarter with the cumulative periods whose difference it is: the second is six months less the first.
CREATE OR REPLACE VIEW quarter AS
SELECT period::period_key AS period,
       (year || '-' || CASE span WHEN 'Q2' THEN '6M' WHEN 'Q3' THEN '9M' WHEN 'Q4' THEN '12M' END)::period_key AS until_period,
       (year || '-' || CASE span WHEN 'Q2' THEN 'Q1' WHEN 'Q3' THEN '6M' WHEN 'Q4' THEN '9M' END)::period_key AS since_period
FROM period
WHERE span IN ('Q1', 'Q2', 'Q3', 'Q4');
