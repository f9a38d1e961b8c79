"""Từ điển số liệu: what every indicator, rate, form row, target, check and status means, and how far it is covered."""
