-- Each rate and definition, added up over the units of one level under a unit, in a period and the year before; a
-- unit of that level by itself has its own figure, which a union without one of its parts has not. `estimated` where the
-- shares of split units are part of it.
WITH chosen AS (
    SELECT period, period = $period AS now
    FROM period
    WHERE period = $period OR period = (SELECT year_before FROM period WHERE period = $period)
),
added AS (
    SELECT rate.rate, rate.definition, chosen.now, count(*) AS units,
           sum(rate.numerator * member.weight)::DECIMAL(18, 4) AS numerator,
           sum(rate.denominator * member.weight)::DECIMAL(18, 4) AS denominator, bool_or(member.weight < 1) AS estimated
    FROM chosen
    JOIN member
      ON member.boundary = $boundary AND member.period = chosen.period AND member.unit_code = $unit AND member.level = $level
    JOIN own_rate AS rate
      ON rate.boundary = 'then' AND rate.counting = 'printed' AND rate.unit_code = member.member_code
     AND rate.period = chosen.period
    WHERE rate.percent IS NOT NULL AND rate.simulated = $simulated AND member.weight IS NOT NULL
      AND (SELECT any_value(level) FROM unit WHERE unit_code = $unit) IS DISTINCT FROM $level
    GROUP BY ALL
    UNION ALL
    SELECT rate.rate, rate.definition, chosen.now, rate.given::BIGINT, rate.numerator::DECIMAL(18, 4),
           rate.denominator::DECIMAL(18, 4), rate.basis = 'estimated'
    FROM chosen
    JOIN own_rate AS rate
      ON rate.boundary = $boundary AND rate.counting = 'printed' AND rate.unit_code = $unit AND rate.level = $level
     AND rate.period = chosen.period
    WHERE rate.percent IS NOT NULL AND rate.simulated = $simulated
      AND (SELECT any_value(level) FROM unit WHERE unit_code = $unit) = $level
)
SELECT this.rate, this.definition, this.units, this.numerator, this.denominator,
       100.0 * this.numerator::DOUBLE / this.denominator::DOUBLE AS percent,
       before.units AS units_before, before.numerator AS numerator_before, before.denominator AS denominator_before,
       100.0 * before.numerator::DOUBLE / before.denominator::DOUBLE AS percent_before,
       target.value AS target, target.source_vi AS target_source_vi, target.source_en AS target_source_en,
       this.estimated, coalesce(before.estimated, false) AS estimated_before
FROM added AS this
LEFT JOIN added AS before
  ON before.rate = this.rate AND before.definition = this.definition AND NOT before.now
LEFT JOIN target
  ON target.rate = this.rate AND (target.definition IS NULL OR target.definition = this.definition)
 AND EXISTS (FROM period WHERE period = $period
             AND (target.valid_from IS NULL OR target.valid_from <= window_end)
             AND (target.valid_to IS NULL OR window_end < target.valid_to))
WHERE this.now
ORDER BY this.rate, this.units DESC, this.definition;
