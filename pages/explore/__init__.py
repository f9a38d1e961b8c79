"""Khai thác số liệu: printed rows, figures and rates of any mix of units and periods, laid out and exported."""
