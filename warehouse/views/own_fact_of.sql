-- Facts about a unit's own work, one per unit, period and indicator; on today's map carried as in `carried_rate_of`, each
-- kind by its own rule: what may be added is added (flows, stocks such as headcounts); a printed rate, a code or a text
-- belongs to one unit and is carried only where that one unit, whole, became the unit of today. All figures that they
-- are made of are those of the units numbered from `first` to `last`: a scan passes over the rest.
CREATE OR REPLACE MACRO own_fact_of(first, last) AS TABLE
WITH carried AS (
    SELECT heritage.boundary, fact.counting, heritage.unit_code, heritage.unit_no, fact.level, fact.period, fact.indicator,
           fact.simulated, any_value(heritage.expected) AS expected, any_value(heritage.split) AS split,
           any_value(indicator.additive) AS additive, count(fact.value) AS given, sum(fact.value) AS value,
           sum(fact.value * heritage.weight)::DECIMAL(18, 4) AS value_estimated,
           any_value(fact.status) AS status, any_value(fact.report_id) AS report_id, any_value(fact.place) AS place,
           any_value(fact.basis) AS basis, any_value(fact.problem) AS problem
    FROM heritage
    JOIN counted_fact_of(first, last) AS fact ON fact.unit_no = heritage.member_no AND fact.level = heritage.level
    JOIN indicator ON indicator.indicator = fact.indicator
    JOIN period
      ON period.period = fact.period
     AND (heritage.valid_from IS NULL OR heritage.valid_from <= period.window_end)
     AND (heritage.valid_to IS NULL OR period.window_end < heritage.valid_to)
    GROUP BY ALL
),
settled AS (
    SELECT *, expected = 1 AND NOT split AS single,
           CASE WHEN expected = 1 AND NOT split THEN problem
                WHEN NOT additive THEN 'not_additive'
                WHEN split AND boundary = 'now' THEN 'split'
                WHEN given < expected THEN 'incomplete' END AS why
    FROM carried
)
SELECT 'then' AS boundary, counting, unit_code, unit_no, level, period, indicator, value, status, report_id, place, simulated,
       problem, basis, (value IS NOT NULL)::BIGINT AS given, 1 AS expected
FROM counted_fact_of(first, last)
SEMI JOIN unit USING (unit_no, level)
UNION ALL
SELECT boundary, counting, unit_code, unit_no, level, period, indicator,
       CASE WHEN why IS NULL THEN CASE WHEN split THEN value_estimated ELSE value END END,
       CASE WHEN single THEN status WHEN why IS NULL THEN 'reported'::status_key END,
       CASE WHEN single THEN report_id END, CASE WHEN single THEN place END, simulated, why,
       CASE WHEN split THEN 'estimated' WHEN single THEN basis ELSE 'union' END, given, expected
FROM settled;
