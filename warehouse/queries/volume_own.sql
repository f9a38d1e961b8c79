-- One indicator of one unit in every period of a kind up to a day, the newest first: its own figure, which a union without
-- one of its parts has not.
SELECT own.period, own.given::BIGINT AS units, own.value::DECIMAL(18, 4) AS value, own.basis = 'estimated' AS estimated
FROM own_fact_of($reach_first, $reach_last) AS own
JOIN period ON period.period = own.period AND period.span = $span AND period.window_end <= $window_end
WHERE own.boundary = $boundary AND own.counting = 'printed' AND own.unit_code = $unit AND own.level = $level
  AND own.indicator = $indicator AND own.value IS NOT NULL AND own.simulated = $simulated
ORDER BY own.period DESC;
