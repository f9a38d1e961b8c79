"""Chất lượng số liệu: who reported, what contradicts itself, and each report opened beside its findings."""
