-- Units of a level under a unit by one rate under one definition: ties share a rank, with the Wilson 95 % interval
-- (Wilson 1927) and the rank of the same period a year before. Ranks count only units with a rate of at least the
-- minimum denominator; the others are listed by `left_out`.
WITH better AS (
    SELECT coalesce(any_value(direction), 'up') AS direction
    FROM rate_name
    WHERE rate = $rate AND definition IS NULL
),
chosen AS (
    SELECT period FROM period
    WHERE period = $period OR period = (SELECT year_before FROM period WHERE period = $period)
),
ranked AS (
    SELECT rate.*,
           rank() OVER (
               PARTITION BY rate.period
               ORDER BY CASE WHEN (SELECT direction FROM better) = 'down' THEN rate.percent ELSE -rate.percent END
           ) AS place
    FROM chosen
    JOIN member ON member.period = chosen.period AND member.unit_code = $unit AND member.level = $level
    JOIN own_rate AS rate ON rate.unit_code = member.member_code AND rate.period = chosen.period
    WHERE rate.rate = $rate AND rate.definition = $definition
      AND rate.percent IS NOT NULL AND rate.denominator >= $minimum AND rate.simulated = $simulated
),
interval AS (
    SELECT *, denominator::DOUBLE AS n, least(numerator / denominator, 1)::DOUBLE AS p, 1.959964 AS z FROM ranked
)
SELECT this.place AS rank, this.unit_code, unit.name, parent.name AS parent_name,
       this.percent, this.numerator, this.denominator, this.stated_percent,
       100 * (this.p + this.z ** 2 / (2 * this.n)
              - this.z * sqrt(this.p * (1 - this.p) / this.n + this.z ** 2 / (4 * this.n ** 2)))
           / (1 + this.z ** 2 / this.n) AS low,
       100 * (this.p + this.z ** 2 / (2 * this.n)
              + this.z * sqrt(this.p * (1 - this.p) / this.n + this.z ** 2 / (4 * this.n ** 2)))
           / (1 + this.z ** 2 / this.n) AS high,
       before.place AS rank_before, before.percent AS percent_before,
       report.report_id, report.file_name
FROM interval AS this
JOIN unit USING (unit_code)
LEFT JOIN unit AS parent ON parent.unit_code = unit.parent_code
LEFT JOIN ranked AS before ON before.unit_code = this.unit_code AND before.period <> $period
JOIN report ON report.report_id = this.report_id
WHERE this.period = $period
ORDER BY this.place, unit.name COLLATE vi, this.unit_code;
