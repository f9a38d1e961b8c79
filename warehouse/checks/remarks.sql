-- What only the document showed to be wrong, remarked when it was read.
SELECT remark.rule, remark.report_id, remark.place, remark.compared
FROM remark
JOIN report USING (report_id)
JOIN touched USING (unit_code, period)
WHERE report.superseded_by IS NULL
ORDER BY remark.report_id, remark.place;
