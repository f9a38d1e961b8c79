-- The periods with their windows.
SELECT period, span, window_end, position FROM period ORDER BY position;
