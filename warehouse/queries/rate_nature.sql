-- Which way a rate is better, and whether both its parts count cases, not money, so that an interval means something.
SELECT coalesce(any_value(direction), 'up') AS direction,
       NOT EXISTS (FROM rate_term JOIN indicator USING (indicator)
                   WHERE rate_term.rate = $rate AND definition = $definition AND side IN ('numerator', 'denominator')
                     AND measure IN ('million_vnd', 'percent', 'code', 'text')) AS cases
FROM rate_name
WHERE rate = $rate AND definition IS NULL;
