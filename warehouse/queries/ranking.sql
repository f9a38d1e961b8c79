-- Units of a level under a unit by one rate under one definition: ties share a rank, with the Wilson 95 % interval
-- (Wilson 1927) and the rank of the same period a year before. Ranks count only units with a rate of at least the
-- minimum denominator; the others are listed by `left_out`. `cases`: both parts count cases, not money, so that an
-- interval means something. `data_end` is the earliest day on which the figures of the unit, or of one it was made of,
-- end; `days_short` by how many days that is before the end of the nominal window.
WITH better AS (
    SELECT coalesce(any_value(direction), 'up') AS direction,
           NOT EXISTS (FROM rate_term JOIN indicator USING (indicator)
                       WHERE rate_term.rate = $rate AND definition = $definition AND side IN ('numerator', 'denominator')
                         AND measure IN ('million_vnd', 'percent', 'code', 'text')) AS cases
    FROM rate_name
    WHERE rate = $rate AND definition IS NULL
),
figure AS (
    SELECT shown.period, shown.unit_no, shown.numerator, shown.denominator, shown.stated_percent, shown.source_no,
           shown.basis, shown.given, cases, direction,
           round(100.0 * shown.numerator::DOUBLE / shown.denominator::DOUBLE, 6) AS percent,
           shown.denominator::DOUBLE AS n, least(shown.numerator / shown.denominator, 1)::DOUBLE AS p,
           CASE WHEN cases THEN 1.959964 END AS z
    FROM shown_rate AS shown
    SEMI JOIN (FROM territory WHERE boundary = $boundary AND unit_code = $unit AND weight = 1) AS inside
      ON inside.member_no = shown.unit_no
    CROSS JOIN better
    WHERE shown.boundary = $boundary AND shown.period IN ($period, $year_before) AND shown.rate = $rate
      AND shown.definition = $definition AND shown.level = $level AND shown.simulated = $simulated
      AND shown.numerator IS NOT NULL AND shown.denominator > 0 AND shown.denominator >= $minimum
),
bounded AS MATERIALIZED (
    SELECT *,
           rank() OVER (PARTITION BY period ORDER BY CASE WHEN direction = 'down' THEN percent ELSE -percent END) AS place,
           round(100 * (p + z ** 2 / (2 * n) - z * sqrt(p * (1 - p) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n), 9) AS low,
           round(100 * (p + z ** 2 / (2 * n) + z * sqrt(p * (1 - p) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n), 9) AS high
    FROM figure
)
SELECT this.place AS rank, unit.unit_code, named.name, parent.name AS parent_name,
       this.percent, this.numerator, this.denominator, this.stated_percent,
       this.low, this.high, before.place AS rank_before, before.percent AS percent_before, report.report_id, report.file_name,
       this.basis, this.given, reporting.data_end,
       CASE WHEN reporting.data_end IS NOT NULL THEN greatest($window_end - reporting.data_end, 0) END AS days_short,
       before.low AS low_before, before.high AS high_before, this.cases, this.direction,
       former.unit_code AS former_district, former.name AS former_district_name, before.basis AS basis_before
FROM bounded AS this
JOIN unit ON unit.unit_no = this.unit_no
JOIN unit_name AS named
  ON named.unit_no = this.unit_no AND (named.valid_from IS NULL OR named.valid_from <= $window_end)
 AND (named.valid_to IS NULL OR $window_end < named.valid_to)
LEFT JOIN unit_name AS parent
  ON parent.unit_code = unit.parent_code AND (parent.valid_from IS NULL OR parent.valid_from <= $window_end)
 AND (parent.valid_to IS NULL OR $window_end < parent.valid_to)
LEFT JOIN bounded AS before ON before.unit_no = this.unit_no AND before.period = $year_before
LEFT JOIN unit AS source ON source.unit_no = this.source_no
LEFT JOIN report
  ON report.unit_code = source.unit_code AND report.period = $period AND report.superseded_by IS NULL
LEFT JOIN reporting
  ON reporting.unit_no = this.unit_no AND reporting.boundary = $boundary AND reporting.period = $period
 AND reporting.level = $level AND reporting.simulated = $simulated
LEFT JOIN former_district ON former_district.unit_no = this.unit_no
LEFT JOIN unit AS former ON former.unit_code = former_district.district_code
WHERE this.period = $period
ORDER BY this.place, named.name_order, this.unit_no;
