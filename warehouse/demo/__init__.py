"""Simulations without anybody's data: a province's reports that look like real ones, or a country's figures."""
