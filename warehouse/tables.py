"""The catalogue: CSV files as text frames. They are data to be read and edited, not code."""

from pathlib import Path

import polars as pl

CATALOGUE = Path(__file__).parent / "catalogue"


def catalogue_files() -> list[Path]:
    """All catalogue files, by name."""
    return sorted(CATALOGUE.glob("*.csv"))


def read_catalogue(name: str) -> pl.DataFrame:
    """One catalogue file: every column as text, empty cells as null."""
    return pl.read_csv(CATALOGUE / f"{name}.csv", infer_schema=False)
