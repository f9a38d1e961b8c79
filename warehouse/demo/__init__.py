"""A simulated province: reports that look like real ones, for a demonstration without anybody's data."""
