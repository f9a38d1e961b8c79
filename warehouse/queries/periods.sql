-- The periods with their windows.
SELECT period, span, year, window_start, window_end, position FROM period ORDER BY position;
