-- How many blocks the file must hold, their size in bytes, and which version it says it is.
SELECT total_blocks, block_size, (SELECT number FROM version) AS number
FROM pragma_database_size()
