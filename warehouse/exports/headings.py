"""The columns of an exported workbook in the reader's words; their field names stay, in a sheet of their own."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from warehouse.exports.codes import code_words
from warehouse.numbers import Language

_FILE = Path(__file__).with_name("columns.csv")


@dataclass(frozen=True)
class Heading:
    """A column of a sheet: its field, what stands above it, and what it means."""

    field: str
    text: str
    meaning: str


def headings(frame: pl.DataFrame, sheet: str, language: Language, heads: Mapping[str, str]) -> list[Heading]:
    """The headings of a sheet's columns, no two alike; `heads` names the periods or subjects of a wide one.

    `sheet` is the part of an `Extract`: the same field may be called otherwise there.
    """
    made: list[Heading] = []
    for field in frame.columns:
        row = _columns().get(f"{sheet}.{field}") or _columns().get(field, {})
        text = row.get(f"name_{language}") or heads.get(field, field)
        if text in (one.text for one in made):
            text = f"{text} ({field})"
        made.append(Heading(field, text, _meaning(row.get(f"note_{language}", ""), sheet, field, language)))
    return made


def _meaning(note: str, sheet: str, field: str, language: Language) -> str:
    """What a column means, with the words of its codes as the other formats have them."""
    codes = "; ".join(f"{words} ({code})" for code, words in code_words(sheet, field, language).items())
    return ": ".join(part for part in (note, codes) if part)


def columns_sheet(sheets: Mapping[str, list[Heading]], language: Language) -> pl.DataFrame:
    """What every column of every sheet is: the sheet, the heading, the field name and the meaning."""
    rows = [(title, one.text, one.field, one.meaning) for title, found in sheets.items() for one in found]
    names = [_columns()[f"columns.{name}"][f"name_{language}"] for name in ("sheet", "heading", "field", "meaning")]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


@cache
def _columns() -> dict[str, dict[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["field"]: row for row in csv.DictReader(file)}
