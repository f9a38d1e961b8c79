-- Whether the version has the tables and the macros that the questions ask.
SELECT (SELECT count(*)
        FROM duckdb_tables()
        WHERE table_name IN ('fact_by_unit', 'fact_by_indicator', 'shown_rate', 'added_rate', 'reporting',
                             'indicator_coverage', 'rate_coverage'))
       + (SELECT count(DISTINCT function_name)
          FROM duckdb_functions()
          WHERE function_name IN ('own_fact_of', 'own_rate_of', 'printed_fact_of', 'printed_rate_of', 'told_alike')) = 12 AS fits;
