-- The findings in the reports in force of a unit and those in it for a period, the gravest first. `apart` is how far the two
-- values that a finding sets against each other lie apart, as a part of the larger; null where it compares no two values.
WITH found AS (
    SELECT finding.severity, finding.rule, finding.message_vi, finding.message_en, finding.place, unit.name AS unit_name,
           report.unit_code, report.period, report.file_name, report_id, report.simulated, finding.level,
           hash(report_id, finding.rule, finding.place, finding.message_vi) AS finding_key, finding.compared,
           list_max((finding.compared->'$.part_values')::DOUBLE[]) AS largest_part
    FROM tiered_finding AS finding
    JOIN report USING (report_id)
    JOIN unit USING (unit_code)
    WHERE report.superseded_by IS NULL AND report.period = $period AND report.simulated = $simulated
      AND unit_code IN (SELECT member_code FROM territory WHERE boundary = $boundary AND unit_code = $unit)
),
valued AS (
    SELECT *,
           coalesce(TRY_CAST(compared->>'$.stated_percent' AS DOUBLE), TRY_CAST(compared->>'$.told_value' AS DOUBLE),
                    TRY_CAST(compared->>'$.whole_value' AS DOUBLE), TRY_CAST(compared->>'$.value_before' AS DOUBLE),
                    TRY_CAST(compared->>'$.received' AS DOUBLE), TRY_CAST(compared->>'$.value' AS DOUBLE)) AS one,
           coalesce(TRY_CAST(compared->>'$.percent' AS DOUBLE),
                    CASE WHEN rule = 'part_exceeds_whole' THEN largest_part END,
                    TRY_CAST(compared->>'$.total' AS DOUBLE), TRY_CAST(compared->>'$.other' AS DOUBLE),
                    TRY_CAST(compared->>'$.value' AS DOUBLE)) AS other
    FROM found
)
SELECT * EXCLUDE (compared, largest_part, one, other),
       coalesce(abs((compared->>'$.gap')::DOUBLE), nullif(abs(one - other), 0)) / nullif(greatest(abs(one), abs(other)), 0)
           AS apart
FROM valued
ORDER BY array_position(['high', 'medium', 'low'], severity), unit_name COLLATE vi, place;
