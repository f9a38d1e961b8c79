-- One rate in every period, under every definition, added up quarter by quarter over the units of a level in each of some
-- units. `short` as in `trend_sums_facts`.
WITH part AS (
    SELECT member.unit_no, member.period, rate.definition, rate.numerator, rate.denominator, member.weight, rate.problem,
           rate.basis, rate.report_id, rate.percent IS NOT NULL AS whole
    FROM counted_rate_of($reach_first, $reach_last) AS rate
    SEMI JOIN unit USING (unit_no, level)
    JOIN member
      ON member.boundary = $boundary AND member.member_no = rate.unit_no AND member.period = rate.period
     AND member.level = $level AND member.unit_no BETWEEN $first AND $last AND member.unit_no IN (SELECT unnest($units))
    WHERE rate.counting = $counting AND rate.level = $level AND rate.rate = $rate
      AND rate.simulated = $simulated AND member.weight IS NOT NULL
)
SELECT part.unit_no, part.period, part.definition,
       (sum(part.numerator * part.weight) FILTER (part.whole))::DECIMAL(18, 4) AS numerator,
       (sum(part.denominator * part.weight) FILTER (part.whole))::DECIMAL(18, 4) AS denominator,
       count(*) FILTER (part.whole) AS units,
       CASE WHEN count(*) FILTER (part.whole) = 1 THEN any_value(part.report_id) FILTER (part.whole) END AS report_id,
       CASE WHEN count(*) FILTER (part.whole) = 0
            THEN min(coalesce(part.problem, CASE WHEN part.denominator = 0 THEN 'nothing_counted' ELSE 'parts_missing' END))
            END AS problem,
       CASE WHEN bool_or(part.weight < 1 AND part.whole) THEN 'estimated' ELSE 'sum' END AS basis,
       count(*) FILTER (part.whole
           AND CASE WHEN part.basis = 'difference' THEN covered.days_early > 7 ELSE covered.short END) AS short
FROM part
LEFT JOIN covered_window AS covered ON covered.report_id = part.report_id
GROUP BY ALL
ORDER BY part.unit_no, part.period, part.definition;
