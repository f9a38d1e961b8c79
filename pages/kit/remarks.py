"""What is to be minded about a figure, in a few words beside it: the same on the ranking, comparison and drill-down."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from pages.kit.words import Words, plain

DISPUTED = " ⚠"  # behind the name of a unit
WHOLE = 100.0  # per cent
_NAMED = 8
MOST_UNITS = 0.9  # of the units, without which a sum does not speak for all of them
_HALF = 0.5  # of the units: a sum of fewer is no more than theirs


def contradictions(row: Mapping[str, Any], words: Words, own: bool) -> list[str]:
    """That a part is above its whole, and that reports contradict the figure: the unit's `own`, or how many of those
    that it adds up, as the row's `disputed` says; and which part of the period it `covers`, if not all.
    """
    said = []
    if exceeding(row):
        said.append(words("remark.exceeding"))
    if row["disputed"]:
        counted = words.numbers.number(row["disputed"])
        said.append(words("remark.disputed") if own else words("overview.disputed", count=counted))
    if covers := row.get("covers"):
        said.append(part_words(covers, words))
    return said


def part_words(part: str | int, words: Words) -> str:
    """That a figure covers only part of its period, as its row prints it; of a sum, how many reports say so."""
    if isinstance(part, int):
        return words("window.rows", count=words.numbers.number(part))
    return words("window.row", printed=plain(part))


def remarks(row: Mapping[str, Any], words: Words) -> list[str]:
    """What is to be minded about a figure: a row of `trends.trend` with a value, and how many `disputed` it."""
    number, own = words.numbers.number, row["basis"] != "sum" and row["expected"] == 1
    said = contradictions(row, words, own)
    if row["units"] < row["expected"] and row["expected"] > 1:
        said.append(words("figure.with_figures", units=number(row["units"]), expected=number(row["expected"])))
    if row["short"]:
        short, reports = number(row["short"]), number(row["reports"])
        said.append(words("remark.short_own") if own else words("figure.short", short=short, reports=reports))
    if row["basis"] == "union":
        said.append(words("remark.union", given=number(row["units"])))
    if row["basis"] == "estimated":
        said.append(words("remark.estimated"))
    return said


def exceeding(row: Mapping[str, Any]) -> bool:
    """Whether a part is above its whole: a contradiction, or more than was planned."""
    numerator, denominator = row["numerator"], row["denominator"]
    return numerator is not None and denominator is not None and bool(numerator > denominator)


def of_most(units: int | None, expected: int | None) -> bool:
    """Whether a sum is of so many of the units that it speaks for all; a unit's own figure, expected of none, does."""
    return expected is None or (units or 0) >= MOST_UNITS * expected


def most_of(expected: int) -> int:
    """The least number of units that `of_most` takes for all."""
    return ceil(MOST_UNITS * expected)


def of_few(units: int | None, expected: int | None) -> bool:
    """Whether a sum is of so few of the units that it must not be read without how few they are."""
    return expected is not None and (units or 0) < _HALF * expected


def coverage_words(words: Words, level: str, units: int | None, expected: int | None) -> str:
    """`163/171 đơn vị cấp xã có số liệu`, or of few `⚠ Chỉ 1/547 đơn vị cấp xã có số liệu`."""
    write, key = words.numbers.number, "overview.coverage_few" if of_few(units, expected) else "overview.coverage"
    return words(key, level=words(f"level.{level}").lower(), units=write(units), expected=write(expected))


def listed(names: Sequence[str], between: str = ", ") -> str:
    """The first names of many, as plain text."""
    return between.join(plain(name) for name in names[:_NAMED]) + ("…" if len(names) > _NAMED else "")


def disputed_units(words: Words, names: Sequence[str]) -> list[str]:
    """Behind which units' figures there are reports that contradict themselves; nothing where there are none."""
    return [words("ranking.disputed", units=words.numbers.number(len(names)), names=listed(names))] if names else []


def with_doubt(change: str, real: str | None, words: Words) -> str:
    """A change as it is written, with `(chưa chắc)` where it may be chance alone: its `change_real` is open."""
    return f"{change} ({words('changed.unsure')})" if real == "open" else change
