-- What a unit of today was made of in a period: every former unit that its figure needs, with its own figure, undivided, and
-- the share of it that counts; null for a part that is not to be guessed at. The largest stands first.
-- `<> ''` leaves the half that is not asked for out of the plan.
WITH part AS (
    SELECT unit_code, numerator, denominator, percent AS value, problem, report_id
    FROM counted_rate_of($reach_first, $reach_last)
    WHERE counting = $counting AND level = $level AND period = $period
      AND $rate <> '' AND rate = $rate AND definition = $definition AND simulated = $simulated
    UNION ALL BY NAME
    SELECT unit_code, value, problem, report_id
    FROM counted_fact_of($reach_first, $reach_last)
    WHERE counting = $counting AND level = $level AND period = $period
      AND $indicator <> '' AND indicator = $indicator AND simulated = $simulated
)
SELECT heritage.member_code AS unit_code, named.name, heritage.weight AS share, part.numerator::DOUBLE AS numerator,
       part.denominator::DOUBLE AS denominator, part.value::DOUBLE AS value,
       CASE WHEN part.value IS NOT NULL THEN NULL WHEN part.problem IS NOT NULL THEN part.problem
            WHEN sent.report_id IS NULL THEN 'no_report' ELSE 'no_figure' END AS problem,
       report.file_name, report.report_id
FROM heritage
JOIN period
  ON period.period = $period
 AND (heritage.valid_from IS NULL OR heritage.valid_from <= period.window_end)
 AND (heritage.valid_to IS NULL OR period.window_end < heritage.valid_to)
JOIN unit_in_period AS named ON named.unit_code = heritage.member_code AND named.period = $period
LEFT JOIN part ON part.unit_code = heritage.member_code
LEFT JOIN report ON report.report_id = part.report_id
LEFT JOIN report_in_force AS sent
  ON sent.unit_code = heritage.member_code AND sent.period = $period AND sent.simulated = $simulated
WHERE heritage.boundary = $boundary AND heritage.unit_code = $unit AND heritage.level = $level
ORDER BY coalesce(part.denominator, part.value) DESC NULLS LAST, named.name COLLATE vi, heritage.member_code;
