-- The definitions of a rate in use among the units of a level under a unit, the widest coverage first.
SELECT shown.definition, count(*) AS units
FROM shown_rate AS shown
JOIN unit USING (unit_no)
WHERE shown.boundary = $boundary AND shown.rate = $rate AND shown.level = $level AND shown.period = $period
  AND shown.simulated = $simulated AND shown.numerator IS NOT NULL AND shown.denominator > 0
  AND ($unit_no = 0 OR shown.unit_no IN (SELECT member_no FROM territory
                                         WHERE boundary = $boundary AND unit_no = $unit_no AND weight = 1))
  AND CASE WHEN $boundary = 'then' THEN (unit.valid_from IS NULL OR unit.valid_from <= $window_end)
                                    AND (unit.valid_to IS NULL OR $window_end < unit.valid_to)
           ELSE unit.valid_to IS NULL END
GROUP BY shown.definition
ORDER BY units DESC, shown.definition;
