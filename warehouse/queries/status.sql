-- What is in this version, in one line.
SELECT (SELECT number FROM version) AS version, (SELECT published_at FROM version) AS published_at,
       (SELECT action FROM version) AS action,
       count(*) FILTER (superseded_by IS NULL) AS reports,
       count(*) FILTER (superseded_by IS NULL AND simulated) AS simulated,
       count(*) FILTER (superseded_by IS NOT NULL) AS superseded,
       count(DISTINCT unit_code) AS units, count(DISTINCT period) AS periods,
       (SELECT count(*) FROM observation) AS observations, (SELECT count(*) FROM fact_by_unit) AS facts,
       (SELECT count(*) FROM rate_by_unit) AS rates,
       (SELECT count(*) FROM observation WHERE NOT known_row) AS unmapped
FROM report;
