-- Whether a percentage told in running text is the one worked out: within a tenth, or rounded or cut off to the decimals told.
CREATE OR REPLACE MACRO told_alike(told, worked_out, steps) AS
    abs(told::DOUBLE - round(worked_out::DOUBLE, 2)) <= 0.1 + 1e-9
    OR told::DOUBLE IN (round(worked_out::DOUBLE * steps) / steps, floor(worked_out::DOUBLE * steps) / steps);
