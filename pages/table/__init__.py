"""Bảng số liệu: every printed row with its source, filtered and exported."""
