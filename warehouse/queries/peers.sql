-- Every rate of a unit and of its peers: the units of the same level within `root`, in a period and the year before, each
-- with its own figure at its own level, else the sums over the units of the counted level in it; with its rank among
-- those that have a figure under the same definition, and their quartiles.
WITH chosen AS (
    SELECT period, period = $period AS now
    FROM period
    WHERE period = $period OR period = (SELECT year_before FROM period WHERE period = $period)
),
peer AS (
    SELECT placed.placed_code AS unit_code, chosen.period, chosen.now
    FROM chosen
    JOIN placed ON placed.period = chosen.period
    WHERE placed.boundary = $boundary AND placed.unit_code = $root AND placed.level = $peer_level
),
figure AS (
    SELECT peer.unit_code, peer.now, rate.rate, rate.definition, rate.numerator, rate.denominator, rate.percent,
           rate.basis, rate.problem
    FROM peer
    JOIN own_rate AS rate ON rate.unit_code = peer.unit_code AND rate.period = peer.period
    WHERE rate.boundary = $boundary AND rate.counting = 'printed' AND rate.simulated = $simulated
      AND rate.level = $level AND $peer_level = $level
    UNION ALL
    SELECT peer.unit_code, peer.now, rate.rate, rate.definition,
           sum(rate.numerator * member.weight)::DECIMAL(18, 4), sum(rate.denominator * member.weight)::DECIMAL(18, 4),
           100.0 * sum(rate.numerator * member.weight)::DOUBLE / nullif(sum(rate.denominator * member.weight), 0)::DOUBLE,
           'sum', NULL
    FROM peer
    JOIN member ON member.boundary = $boundary AND member.unit_code = peer.unit_code AND member.period = peer.period
    JOIN own_rate AS rate ON rate.unit_code = member.member_code AND rate.period = member.period
    WHERE member.level = $level AND member.weight IS NOT NULL AND rate.boundary = 'then'
      AND rate.counting = 'printed' AND rate.simulated = $simulated AND rate.percent IS NOT NULL
      AND $peer_level <> $level
    GROUP BY ALL
)
SELECT this.unit_code, unit.name, this.rate, this.definition, this.numerator, this.denominator, this.percent,
       this.basis, this.problem, before.percent AS percent_before,
       before.numerator AS numerator_before, before.denominator AS denominator_before,
       CASE WHEN this.percent IS NOT NULL THEN rank() OVER (
           PARTITION BY this.rate, this.definition
           ORDER BY CASE WHEN better.direction = 'down' THEN this.percent ELSE -this.percent END NULLS LAST) END AS rank,
       count(this.percent) OVER same AS ranked,
       quantile_cont(this.percent, 0.25) OVER same AS lower_quartile,
       quantile_cont(this.percent, 0.5) OVER same AS median,
       quantile_cont(this.percent, 0.75) OVER same AS upper_quartile
FROM figure AS this
JOIN unit_in_period AS unit ON unit.unit_code = this.unit_code AND unit.period = $period
LEFT JOIN figure AS before
  ON before.unit_code = this.unit_code AND before.rate = this.rate AND before.definition = this.definition
 AND NOT before.now
LEFT JOIN rate_name AS better ON better.rate = this.rate AND better.definition IS NULL
WHERE this.now
WINDOW same AS (PARTITION BY this.rate, this.definition)
ORDER BY this.rate, this.definition, unit.name COLLATE vi, this.unit_code;
