-- One figure of a unit's own work as it is carried or counted: its value and parts, how it came about, or why there is none.
-- `<> ''` leaves the half that is not asked for out of the plan.
SELECT numerator::DOUBLE AS numerator, denominator::DOUBLE AS denominator, percent AS value, basis, problem, given, expected
FROM own_rate_of($reach_first, $reach_last)
WHERE boundary = $boundary AND counting = $counting AND unit_code = $unit AND level = $level AND period = $period
  AND $rate <> '' AND rate = $rate AND definition = $definition AND simulated = $simulated
UNION ALL BY NAME
SELECT value::DOUBLE AS value, basis, problem, given, expected
FROM own_fact_of($reach_first, $reach_last)
WHERE boundary = $boundary AND counting = $counting AND unit_code = $unit AND level = $level AND period = $period
  AND $indicator <> '' AND indicator = $indicator AND simulated = $simulated;
