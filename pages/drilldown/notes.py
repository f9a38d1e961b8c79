"""What is to be minded about the figures of children: contradictions, what is missing, short windows, estimates."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from pages.kit.context import Context
from pages.kit.remarks import contradictions
from pages.kit.words import Words
from warehouse.answers import Scope, Subject, disputes
from warehouse.frames import rows_with

_ABOUT: tuple[disputes.About, ...] = ("disputed", "short_rows")
_FITS = 33  # letters of a note in its column


def with_notes(
    context: Context, found: pl.DataFrame, scope: Scope, rate: str, definition: str, former: bool
) -> pl.DataFrame:
    """The frame of `drill.drilldown` with how many reports `disputed` a figure, a `note` and the `former` district."""
    words, units = context.words, found["unit_code"].to_list()
    counted, parts = (_said(context, units, scope, (rate, definition, former), about) for about in _ABOUT)
    known = [row["unit_code"] if row["percent"] is not None else "" for row in found.iter_rows(named=True)]
    disputed = found.with_columns(
        pl.Series(name, [reports.get(unit, 0) for unit in known], dtype=pl.Int64)
        for name, reports in (("disputed", counted), ("covers", parts))
    )
    rows = list(disputed.iter_rows(named=True))
    return disputed.with_columns(
        pl.Series("note", [note(row, words, own=row["level"] == scope.level) for row in rows], dtype=pl.String),
        pl.Series("former", [_former(row, words) for row in rows], dtype=pl.String),
    )


def need_lines(children: pl.DataFrame) -> bool:
    """Whether a note is too long for one line of its column."""
    return max((len(one) for one in children["note"]), default=0) > _FITS


def note(row: dict[str, Any], words: Words, own: bool) -> str:
    """What is to be minded about a figure, the unit's `own` or a sum, or why there is none."""
    notes, number = [], words.numbers.number
    if row["expected"] == 0:
        notes.append(words("drilldown.note_no_level"))
    elif row["percent"] is not None:
        notes += contradictions(row, words, own)
        if row["basis"] in ("union", "estimated"):
            notes.append(words(f"drilldown.note_{row['basis']}"))
        if row["units"] < row["reported"]:
            notes.append(words("drilldown.note_partial", units=number(row["units"]), reported=number(row["reported"])))
    elif row["problem"] in ("split", "incomplete"):
        notes.append(words(f"drilldown.note_{row['problem']}"))
    else:
        notes.append(words("drilldown.note_no_parts" if row["reported"] else "drilldown.note_silent"))
    if row["short"]:
        days, every = number(row["days_missing"]), row["short"] == row["reported"]
        if own or every:
            notes.append(words("drilldown.note_short_own" if own else "drilldown.note_short_all", days=days))
        else:
            notes.append(words("drilldown.note_short", count=number(row["short"]), days=days))
    return "; ".join(notes)


def _said(
    context: Context, units: Sequence[str], scope: Scope, of: tuple[str, str, bool], about: disputes.About
) -> dict[str, int]:
    """How many reports behind the figure of each unit contradict themselves there, or cover only part of the period.

    Old districts shown as groups are of communes of today, whatever map they are shown on.
    """
    rate, definition, former = of
    scopes = [scope.in_any_period]
    if former and scope.boundary == "then":
        scopes.append(replace(scope.in_any_period, boundary="now"))
    subject = Subject(rate, definition)
    found = [
        context.ask(disputes.disputed_in_time, one, tuple(units), subject, "printed", about=about) for one in scopes
    ]
    there = rows_with(pl.concat(found), period=scope.period)
    return dict(zip(there["unit_code"].to_list(), there["disputed"].to_list(), strict=True))


def _former(row: dict[str, Any], words: Words) -> str:
    if row["former_name"] is None or row["whole"]:
        return row["former_name"] or ""
    return words("drilldown.former_part", district=row["former_name"])
