-- Every report of the version, in the order they were loaded: enough to read each again from its original file.
SELECT report_id, file_name, sha256, unit_code, period, simulated, loaded_at
FROM report
ORDER BY loaded_at, report_id
