-- The days on which a unit took another name or kind.
SELECT DISTINCT valid_from AS day
FROM unit_name
WHERE valid_from IS NOT NULL
ORDER BY day;
