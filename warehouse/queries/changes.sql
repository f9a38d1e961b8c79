-- The days on which a unit came into being, ended, or took another name or kind.
SELECT valid_from AS day FROM unit WHERE valid_from IS NOT NULL
UNION
SELECT valid_to FROM unit WHERE valid_to IS NOT NULL
UNION
SELECT valid_from FROM unit_name WHERE valid_from IS NOT NULL
ORDER BY day;
