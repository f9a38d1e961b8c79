-- The rates of the reports in force of the units numbered from `first` to `last`; a scan passes over the rest. The percentage is
-- null where the denominator is 0 or a part is missing.
CREATE OR REPLACE MACRO printed_rate_of(first, last) AS TABLE
SELECT rate.*, CASE WHEN rate.denominator > 0
                    THEN round(100.0 * rate.numerator::DOUBLE / rate.denominator::DOUBLE, 6) END AS percent,
       unit.unit_code, unit.valid_from, report.report_id, report.form
FROM rate_by_unit AS rate
JOIN unit ON unit.unit_no = rate.unit_no
JOIN report ON report.unit_code = unit.unit_code AND report.period = rate.period AND report.superseded_by IS NULL
WHERE rate.unit_no BETWEEN first::USMALLINT AND last::USMALLINT;
