"""Xếp hạng: units compared on one rate under one definition."""
