"""What is to be minded about the figures compared: beside each, and once for all, so that none is quoted without."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from pages.kit.context import Context
from pages.kit.measures import Choice
from pages.kit.remarks import exceeding, listed, remarks
from pages.kit.words import Words
from warehouse.answers import disputes
from warehouse.frames import alike, beside, rows_with

_KEYS = ["measure", "unit_code", "period"]


def with_disputes(context: Context, figures: pl.DataFrame, choices: Sequence[Choice]) -> pl.DataFrame:
    """A frame of `side_by_side` with how many reports behind each figure contradict themselves there, `disputed`."""
    if figures.is_empty():
        return figures
    units = tuple(figures["unit_code"].unique(maintain_order=True))
    scope = context.selection.scope.in_any_period
    found = []
    for one in choices:
        disputed = context.ask(disputes.disputed_in_time, scope, units, one.subject)
        found.append(beside(disputed, [alike("measure", one.code, disputed.height)]))
    if not any(frame.height for frame in found):
        return beside(figures, [alike("disputed", 0, figures.height)])
    joined = figures.join(pl.concat(found), on=_KEYS, how="left", maintain_order="left")
    return joined.with_columns(
        pl.when(pl.col("value").is_not_null()).then(pl.col("disputed")).fill_null(0).alias("disputed")
    )


def with_remarks(lines: pl.DataFrame, figures: pl.DataFrame, period: str, words: Words) -> pl.DataFrame:
    """The rows of `in_period` with how many reports `disputed` each figure, and its `remarks` in words."""
    there = {
        (row["measure"], row["unit_code"]): (row["disputed"], remarks(row, words))
        for row in rows_with(figures, period=period).iter_rows(named=True)
        if row["value"] is not None
    }
    said = [there.get(key, (None, None)) for key in lines["measure", "unit_code"].iter_rows()]
    disputed, remarked = zip(*said, strict=True) if said else ((), ())
    columns = [pl.Series("disputed", disputed, pl.Int64), pl.Series("remarks", remarked, pl.List(pl.String))]
    return beside(lines, columns)


def cautions(figures: pl.DataFrame, words: Words, named: Callable[[Mapping[str, Any]], str]) -> list[str]:
    """A sentence for each thing to be minded: of how many figures of a frame with `disputed`, and whose.

    A unit stands there once, of what is partial that first of which the least part has a figure.
    """
    rows = [row for row in figures.iter_rows(named=True) if row["value"] is not None]
    partial = sorted((row for row in rows if _part(row) < 1), key=_part)
    kinds = {
        "compare.disputed": [row for row in rows if row["disputed"]],
        "compare.exceeding": [row for row in rows if exceeding(row)],
        "compare.partial": partial,
        "compare.short": [row for row in rows if row["short"]],
        "compare.estimated": [row for row in rows if row["basis"] == "estimated"],
    }
    said = []
    for key, found in kinds.items():
        first: dict[str, Mapping[str, Any]] = {}
        for row in found:
            first.setdefault(named(row), row)
        names = [_with_part(name, row, words) if found is partial else name for name, row in first.items()]
        if names:
            said.append(words(key, count=words.numbers.number(len(found)), figures=listed(names, "; ")))
    return said


def _part(row: Mapping[str, Any]) -> float:
    """The part of its units that a figure adds up; of what is not a sum the whole."""
    return float(row["units"] / row["expected"]) if row["expected"] > 1 else 1.0


def _with_part(name: str, row: Mapping[str, Any], words: Words) -> str:
    return f"{name}: {words.numbers.number(row['units'])}/{words.numbers.number(row['expected'])}"
