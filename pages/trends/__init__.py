"""Xu hướng: one rate or indicator over periods, for one or several units."""
