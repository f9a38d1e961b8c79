-- The rates that a ranking compares, in a period and the year before: those of one rate under one definition that the units
-- of a level have, with a denominator of at least the minimum. Of those numbered between two, which hold all that are asked.
SELECT period = $period AS now, unit_no, numerator, denominator, stated_percent, basis, given
FROM shown_rate
WHERE boundary = $boundary AND rate = $rate AND definition = $definition AND level = $level
  AND period IN ($period, $year_before) AND simulated = $simulated AND unit_no BETWEEN $first AND $last
  AND numerator IS NOT NULL AND denominator > 0 AND denominator >= $minimum
ORDER BY now, unit_no;
