"""Tổng quan: the state of a unit in two minutes."""
