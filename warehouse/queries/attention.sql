-- Units of a level under a unit whose rate changed, with what can be said of it: `low` when the Wilson 95 % interval lies
-- wholly below the rate of all of them together (above it, for a rate that is better low), `change_z` the score of
-- the change on the year before under the two-proportion test (pooled variance), beyond 1.96 either way significant.
WITH better AS (
    SELECT CASE WHEN coalesce(any_value(direction), 'up') = 'down' THEN -1 ELSE 1 END AS sign
    FROM rate_name
    WHERE rate = $rate AND definition IS NULL
),
figure AS (
    SELECT rate.*, rate.period = $period AS now, rate.denominator::DOUBLE AS n,
           least(rate.numerator / nullif(rate.denominator, 0), 1)::DOUBLE AS p, 1.959964 AS z
    FROM placed
    JOIN own_rate AS rate
      ON rate.boundary = placed.boundary AND rate.unit_code = placed.placed_code AND rate.level = placed.level
     AND rate.period = placed.period
    WHERE placed.boundary = $boundary AND placed.unit_code = $unit AND placed.level = $level
      AND placed.period IN (SELECT unnest([period, year_before]) FROM period WHERE period = $period)
      AND rate.counting = 'printed' AND rate.rate = $rate AND rate.definition = $definition
      AND rate.simulated = $simulated AND rate.percent IS NOT NULL
),
pooled AS (
    SELECT sum(numerator)::DOUBLE / sum(denominator)::DOUBLE AS p FROM figure WHERE now
),
compared AS (
    SELECT this.*, before.percent AS percent_before, before.numerator AS numerator_before,
           before.denominator AS denominator_before, before.n AS n_before, before.p AS p_before,
           (this.p * this.n + before.p * before.n) / (this.n + before.n) AS shared,
           (this.p + this.z ** 2 / (2 * this.n)) / (1 + this.z ** 2 / this.n) AS centre,
           this.z * sqrt(this.p * (1 - this.p) / this.n + this.z ** 2 / (4 * this.n ** 2))
               / (1 + this.z ** 2 / this.n) AS reach
    FROM figure AS this
    LEFT JOIN figure AS before ON before.unit_code = this.unit_code AND NOT before.now
    WHERE this.now
)
SELECT compared.unit_code, unit.name, compared.percent, compared.numerator, compared.denominator,
       compared.percent_before, compared.numerator_before, compared.denominator_before,
       compared.percent - compared.percent_before AS change,
       (compared.p - compared.p_before)
           / nullif(sqrt(shared * (1 - shared) * (1 / compared.n + 1 / compared.n_before)), 0) AS change_z,
       CASE WHEN (SELECT sign FROM better) = 1 THEN centre + reach < (SELECT p FROM pooled)
            ELSE centre - reach > (SELECT p FROM pooled) END AS low,
       100 * (SELECT p FROM pooled) AS pooled, compared.basis
FROM compared
JOIN unit_in_period AS unit ON unit.unit_code = compared.unit_code AND unit.period = $period
ORDER BY change IS NULL, change * (SELECT sign FROM better), unit.name COLLATE vi, compared.unit_code;
