-- The units of the same level as a unit in its province, of a province in the country, that a boundary's map has in any
-- period and in which somebody reported; `around` is where they lie.
WITH around AS (
    SELECT CASE WHEN itself.level = 'province' THEN 'VN' ELSE above.unit_code END AS around, itself.level
    FROM unit AS itself
    JOIN territory ON territory.boundary = $boundary AND territory.member_code = itself.unit_code
    JOIN unit AS above ON above.unit_code = territory.unit_code AND above.level = 'province'
    WHERE itself.unit_code = $unit
)
SELECT peer.unit_code, any_value(around.around) AS around
FROM around
JOIN territory AS there ON there.boundary = $boundary AND there.unit_code = around.around
JOIN unit AS peer ON peer.unit_code = there.member_code AND peer.level = around.level
JOIN territory AS within ON within.boundary = $boundary AND within.unit_code = peer.unit_code
JOIN report_in_force AS report ON report.unit_code = within.member_code AND report.simulated = $simulated
WHERE $boundary = 'then' OR peer.valid_to IS NULL OR peer.level = 'district'
GROUP BY peer.unit_code
ORDER BY peer.unit_code;
