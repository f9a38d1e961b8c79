-- Units of a level under a unit by one rate under one definition: ties share a rank, with the Wilson 95 % interval
-- (Wilson 1927) and the rank of the same period a year before. Ranks count only units with a rate of at least the
-- minimum denominator; the others are listed by `left_out`. `cases`: both parts count cases, not money, so that an
-- interval means something. `data_end` is the earliest day on which the figures of the unit, or of one it was made of,
-- end; `days_missing` the most days of the period that are left out, which is `short` as `covered_window` has it.
WITH better AS (
    SELECT coalesce(any_value(direction), 'up') AS direction,
           NOT EXISTS (FROM rate_term JOIN indicator USING (indicator)
                       WHERE rate_term.rate = $rate AND definition = $definition AND side IN ('numerator', 'denominator')
                         AND measure IN ('million_vnd', 'percent', 'code', 'text')) AS cases
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
    JOIN placed
      ON placed.boundary = $boundary AND placed.period = chosen.period AND placed.unit_code = $unit
     AND placed.level = $level
    JOIN own_rate AS rate
      ON rate.boundary = placed.boundary AND rate.counting = 'printed' AND rate.unit_code = placed.placed_code
     AND rate.level = placed.level AND rate.period = chosen.period
    WHERE rate.rate = $rate AND rate.definition = $definition
      AND rate.percent IS NOT NULL AND rate.denominator >= $minimum AND rate.simulated = $simulated
),
interval AS (
    SELECT *, denominator::DOUBLE AS n, least(numerator / denominator, 1)::DOUBLE AS p,
           CASE WHEN cases THEN 1.959964 END AS z
    FROM ranked, better
),
score AS (
    SELECT *, p + z ** 2 / (2 * n) AS middle, z * sqrt(p * (1 - p) / n + z ** 2 / (4 * n ** 2)) AS reach FROM interval
),
bounded AS (
    SELECT *, round(100 * (middle - reach) / (1 + z ** 2 / n), 9) AS low,
           round(100 * (middle + reach) / (1 + z ** 2 / n), 9) AS high
    FROM score
),
ends AS (
    SELECT member.unit_code, min(covered.data_end) AS data_end, max(covered.days_missing) AS days_missing,
           bool_or(covered.short) AS short
    FROM member
    JOIN report_in_force AS report ON report.unit_code = member.member_code AND report.period = member.period
    JOIN covered_window AS covered USING (report_id)
    WHERE member.boundary = $boundary AND member.level = $level AND member.period = $period
      AND report.simulated = $simulated
    GROUP BY member.unit_code
)
SELECT this.place AS rank, this.unit_code, unit.name, parent.name AS parent_name,
       this.percent, this.numerator, this.denominator, this.stated_percent,
       this.low, this.high, before.place AS rank_before, before.percent AS percent_before, report.report_id, report.file_name,
       this.basis, this.given, ends.data_end, ends.days_missing, coalesce(ends.short, false) AS short,
       before.low AS low_before, before.high AS high_before, this.cases, this.direction,
       former.unit_code AS former_district, former.name AS former_district_name, before.basis AS basis_before
FROM bounded AS this
JOIN unit_in_period AS unit ON unit.unit_code = this.unit_code AND unit.period = this.period
LEFT JOIN unit_in_period AS parent ON parent.unit_code = unit.parent_code AND parent.period = this.period
LEFT JOIN bounded AS before ON before.unit_code = this.unit_code AND before.period <> $period
LEFT JOIN report ON report.report_id = this.report_id
LEFT JOIN ends ON ends.unit_code = this.unit_code
LEFT JOIN former_district ON former_district.unit_code = this.unit_code
LEFT JOIN unit AS former ON former.unit_code = former_district.district_code
WHERE this.period = $period
ORDER BY this.place, unit.name COLLATE vi, this.unit_code;
