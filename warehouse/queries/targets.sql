-- The targets of rates, with the days from and until which they hold.
SELECT rate, definition, value AS target, source_vi AS target_source_vi, source_en AS target_source_en, valid_from, valid_to
FROM target
WHERE rate IS NOT NULL
ORDER BY rate, definition;
