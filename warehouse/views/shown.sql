-- `shown_rate` as text, with the percentage and the one report that says so, where it is one.
CREATE OR REPLACE VIEW shown AS
SELECT shown.boundary::TEXT AS boundary, unit.unit_code, shown.level::TEXT AS level, shown.period::TEXT AS period,
       shown.rate::TEXT AS rate, shown.definition::TEXT AS definition, shown.numerator, shown.denominator,
       shown.stated_percent, report.report_id, shown.simulated, shown.problem, shown.basis, shown.given, shown.expected
FROM shown_rate AS shown
JOIN unit ON unit.unit_no = shown.unit_no
LEFT JOIN unit AS source ON source.unit_no = shown.source_no
LEFT JOIN report
  ON report.unit_code = source.unit_code AND report.period = shown.period AND report.superseded_by IS NULL;
