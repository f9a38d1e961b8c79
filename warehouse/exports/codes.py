"""What the codes of the columns are called, for files that people read; machines' formats keep the codes."""

import csv
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

import polars as pl

from warehouse.numbers import Language

_FILE = Path(__file__).with_name("codes.csv")
_PLACE = "place"  # holds codes within a text
_NOT_CODED = frozenset({"ranking.place", "left_out.reason"})  # a number and a sentence, under the names of codes
_STATES = "statuses"  # the sheet whose cells under periods or subjects are statuses, or reasons


def code_words(sheet: str, field: str, language: Language) -> Mapping[str, str]:
    """The words of a column's codes, empty where it has none; truth values are `true` and `false`."""
    known = _codes(language)
    if f"{sheet}.{field}" in _NOT_CODED:
        return {}
    return known.get(f"{sheet}.{field}") or known.get(field, {})


def in_words(frame: pl.DataFrame, sheet: str, language: Language, wide: Collection[str]) -> pl.DataFrame:
    """A sheet with words for its codes; `wide` are the fields that periods or subjects head."""
    states = {**code_words(sheet, "status", language), **code_words(sheet, "reason", language)}
    told = {
        field: states if sheet == _STATES and field in wide else code_words(sheet, field, language)
        for field in frame.columns
    }
    return frame.with_columns(
        _places(field, words) if field == _PLACE else pl.col(field).cast(pl.String).replace(words)
        for field, words in told.items()
        if words
    )


def _places(field: str, words: Mapping[str, str]) -> pl.Expr:
    """Places as a reader says them: `Phụ lục 2, line:203` is `Phụ lục 2, dòng 203`; `row:3/2` is a row's right half."""
    place = pl.col(field).cast(pl.String).str.replace_all(r"((?:^|, )(?:row|line):\d+)/2", f"${{1}} {words['half']}")
    for kind, word in words.items():
        place = place.str.replace_all(rf"(^|, ){kind}:", f"${{1}}{word} ")
    return place


@cache
def _codes(language: Language) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["field"], {})[row["code"]] = row[f"name_{language}"]
    return found
