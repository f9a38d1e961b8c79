-- Rates of a unit's own work, on every map and under both ways of counting; what a district prints about its communes'
-- work is left out, so that adding up units never counts a dossier twice. As printed they are stored (`shown_rate`). All
-- figures that they are made of are those of the units numbered from `first` to `last`: a scan passes over the rest.
CREATE OR REPLACE MACRO own_rate_of(first, last) AS TABLE
WITH figure AS (
    SELECT shown.boundary::TEXT AS boundary, 'printed' AS counting, unit.unit_code, shown.unit_no, shown.level, shown.period,
           shown.rate, shown.definition, shown.numerator, shown.denominator, shown.stated_percent, report.report_id,
           shown.simulated, shown.problem, shown.basis, shown.given, shown.expected
    FROM shown_rate AS shown
    JOIN unit ON unit.unit_no = shown.unit_no
    LEFT JOIN unit AS source ON source.unit_no = shown.source_no
    LEFT JOIN report
      ON report.unit_code = source.unit_code AND report.period = shown.period AND report.superseded_by IS NULL
    WHERE shown.unit_no BETWEEN first::USMALLINT AND last::USMALLINT
    UNION ALL
    SELECT 'then', counting, unit_code, unit_no, level, period, rate, definition, numerator, denominator, stated_percent,
           report_id, simulated, problem, basis, (numerator IS NOT NULL AND denominator IS NOT NULL)::USMALLINT, 1
    FROM counted_rate_of(first, last)
    SEMI JOIN unit USING (unit_no, level)
    WHERE counting = 'discrete'
    UNION ALL
    SELECT boundary, counting, unit_code, unit_no, level, period, rate, definition, numerator, denominator, stated_percent,
           report_id, simulated, problem, basis, given, expected
    FROM carried_rate_of(first, last)
    WHERE counting = 'discrete'
)
SELECT boundary, counting, unit_code, unit_no, level, period, rate, definition, numerator, denominator,
       CASE WHEN denominator > 0 THEN round(100.0 * numerator::DOUBLE / denominator::DOUBLE, 6) END AS percent,
       stated_percent, report_id, simulated, problem, basis, given, expected
FROM figure;
