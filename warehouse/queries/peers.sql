-- Every rate of a unit and of its peers: the units of the same level within `root`, in a period and the year before, each
-- with its own figure at its own level, else the sums over the units of the counted level in it; with its rank among
-- those that have a figure under the same definition, and their quartiles. `cases`: both parts count cases, not money, so
-- that an interval means something; the measure is that of the denominator.
WITH peer AS MATERIALIZED (
    SELECT placed_code AS unit_code, period
    FROM placed
    WHERE boundary = $boundary AND unit_code = $root AND level = $peer_level AND period IN ($period, $year_before)
),
part AS MATERIALIZED (
    SELECT member.unit_code, member.period, member.member_code, member.weight
    FROM member
    JOIN peer USING (unit_code, period)
    WHERE member.boundary = $boundary AND member.level = $level AND member.weight IS NOT NULL
      AND member.period IN ($period, $year_before) AND $peer_level <> $level
),
rate AS MATERIALIZED (
    SELECT unit_code, period, rate, definition, numerator, denominator, percent, basis, problem
    FROM own_rate
    WHERE boundary = CASE WHEN $peer_level = $level THEN $boundary ELSE 'then' END AND counting = 'printed'
      AND level = $level AND simulated = $simulated AND period IN ($period, $year_before)
),
figure AS (
    SELECT peer.unit_code, peer.period, rate.rate, rate.definition, rate.numerator, rate.denominator, rate.percent,
           rate.basis, rate.problem
    FROM peer
    JOIN rate USING (unit_code, period)
    WHERE $peer_level = $level
    UNION ALL
    SELECT part.unit_code, part.period, rate.rate, rate.definition,
           sum(rate.numerator * part.weight)::DECIMAL(18, 4), sum(rate.denominator * part.weight)::DECIMAL(18, 4),
           100.0 * sum(rate.numerator * part.weight)::DOUBLE / nullif(sum(rate.denominator * part.weight), 0)::DOUBLE,
           CASE WHEN bool_or(part.weight < 1) THEN 'estimated' ELSE 'sum' END, NULL
    FROM part
    JOIN rate ON rate.unit_code = part.member_code AND rate.period = part.period
    WHERE rate.percent IS NOT NULL
    GROUP BY ALL
),
nature AS (
    SELECT rate_term.rate, rate_term.definition,
           NOT bool_or(indicator.measure IN ('million_vnd', 'percent', 'code', 'text')) AS cases,
           min(indicator.measure) FILTER (side = 'denominator') AS measure
    FROM rate_term
    JOIN indicator USING (indicator)
    WHERE side IN ('numerator', 'denominator')
    GROUP BY rate_term.rate, rate_term.definition
)
SELECT this.unit_code, unit.name, this.rate, this.definition, this.numerator, this.denominator, this.percent,
       this.basis, this.problem, before.percent AS percent_before,
       before.numerator AS numerator_before, before.denominator AS denominator_before,
       CASE WHEN this.percent IS NOT NULL THEN rank() OVER (
           PARTITION BY this.rate, this.definition
           ORDER BY CASE WHEN better.direction = 'down' THEN this.percent ELSE -this.percent END NULLS LAST) END AS rank,
       count(this.percent) OVER same AS ranked, coalesce(better.direction, 'up') AS direction, coalesce(nature.cases, true) AS cases,
       measure.name_vi AS measure_vi, measure.name_en AS measure_en,
       quantile_cont(this.percent, 0.25) OVER same AS lower_quartile,
       quantile_cont(this.percent, 0.5) OVER same AS median,
       quantile_cont(this.percent, 0.75) OVER same AS upper_quartile
FROM figure AS this
JOIN unit_in_period AS unit ON unit.unit_code = this.unit_code AND unit.period = $period
LEFT JOIN figure AS before
  ON before.unit_code = this.unit_code AND before.rate = this.rate AND before.definition = this.definition
 AND before.period = $year_before
LEFT JOIN rate_name AS better ON better.rate = this.rate AND better.definition IS NULL
LEFT JOIN nature ON nature.rate = this.rate AND nature.definition = this.definition
LEFT JOIN measure ON measure.measure = nature.measure
WHERE this.period = $period
WINDOW same AS (PARTITION BY this.rate, this.definition)
ORDER BY this.rate, this.definition, unit.name COLLATE vi, this.unit_code;
