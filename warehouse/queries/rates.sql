-- The rates and their definitions, in catalogue order; a null definition is the rate itself.
SELECT rate, definition, name_vi, name_en, note_vi, note_en, direction
FROM rate_name
ORDER BY position;
