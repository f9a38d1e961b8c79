-- Which way each rate is better.
SELECT rate, direction FROM rate_name WHERE definition IS NULL
ORDER BY rate;
