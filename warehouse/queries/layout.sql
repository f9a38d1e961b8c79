-- Whether the version has the tables that the questions ask.
SELECT count(*) = 5 AS fits
FROM duckdb_tables()
WHERE table_name IN ('fact_by_unit', 'fact_by_indicator', 'shown_rate', 'added_rate', 'reporting');
