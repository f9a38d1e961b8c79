-- The rates that a ranking compares, in a period and the year before: those of one rate under one definition that the units
-- of a level in a unit have, with a denominator of at least the minimum.
SELECT shown.period, shown.unit_no, shown.numerator, shown.denominator, shown.stated_percent, shown.basis, shown.given
FROM shown_rate AS shown
WHERE shown.boundary = $boundary AND shown.rate = $rate AND shown.definition = $definition AND shown.level = $level
  AND shown.period IN ($period, $year_before) AND shown.simulated = $simulated
  AND shown.numerator IS NOT NULL AND shown.denominator > 0 AND shown.denominator >= $minimum
  AND ($unit_no = 0 OR shown.unit_no IN (SELECT member_no FROM territory
                                         WHERE boundary = $boundary AND unit_no = $unit_no AND weight = 1))
ORDER BY shown.unit_no;
