"""The units of a version by number, kept in memory: the large tables hold numbers, an answer needs names.

A version never changes, so what is read once of its units holds as long as it is open.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from warehouse.answers.arrays import index_of, places_of
from warehouse.answers.held import Held
from warehouse.model import NATION, Level
from warehouse.store import Warehouse
from warehouse.territory import Boundary

NOBODY = -1  # the number of no unit
PARTS = pl.Decimal(18, 4)  # of rates, as the contract has them
_NO_UNITS = (1, 0)  # from one number to another, with none between


def number_of(warehouse: Warehouse, unit: str) -> int:
    """The number of a unit; that of no unit (-1) for a code the version does not know."""
    return _known(warehouse).get(unit, (NOBODY, None))[0]


def level_of(warehouse: Warehouse, unit: str) -> str | None:
    """The level of a unit; null for the country and for a code the version does not know."""
    return _known(warehouse).get(unit, (NOBODY, None))[1]


def among(numbers: Sequence[int]) -> dict[str, Any]:
    """Some units as parameters; the smallest and the largest number let a scan pass over the rest."""
    return {"units": list(numbers), "first": min(numbers, default=NOBODY), "last": max(numbers, default=NOBODY)}


def reach(warehouse: Warehouse, boundary: Boundary, units: Sequence[str], level: str | None = None) -> dict[str, Any]:
    """The numbers, as parameters, between which all units lie that figures of some units, or of those in them, need.

    With a `level` those of its units only. A scan passes over the rest.
    """

    def read() -> dict[int, tuple[int, int]]:
        found = warehouse.ask("reach", {"boundary": boundary, "level": level})
        return {number: (first, last) for number, first, last in found.iter_rows()}

    ranges = warehouse.remembered(f"reach {boundary} {level}", read)
    known = [ranges[number] for unit in units if (number := number_of(warehouse, unit)) in ranges]
    firsts, lasts = zip(*(known or [_NO_UNITS]), strict=True)
    return {"reach_first": min(firsts), "reach_last": max(lasts)}


def ancestry(warehouse: Warehouse, unit: str, day: date) -> pl.DataFrame:
    """A unit and what stood above it in its own time, the province first, under the names of a day; else no row."""
    names = names_on(warehouse, day)
    rows: list[int] = []
    code: str | None = unit
    while code and (number := number_of(warehouse, code)) > 0:
        rows.append(number - 1)
        code = names["parent_code"][number - 1]
    return names[rows[::-1]]


def names_on(warehouse: Warehouse, day: date) -> pl.DataFrame:
    """Every unit under the name it bore on a day, the unit numbered n in row n - 1; columns as in `names.sql`."""
    stretch = changes_until(warehouse, day)
    return warehouse.remembered(f"names {stretch}", lambda: warehouse.ask("names", {"day": day}))


def changes_until(warehouse: Warehouse, day: date) -> int:
    """How often the map or a name has changed by a day: the same number, the same units under the same names."""
    changes = warehouse.remembered("changes", lambda: warehouse.ask("changes"))
    return bisect_right(changes["day"].to_list(), day)


def placed(boundary: Boundary, day: date | pl.Expr) -> pl.Expr:
    """Whether a unit is on a map: on that of a day, or on today's, by its `valid_from` and `valid_to`."""
    until = pl.col("valid_to")
    if boundary != "then":
        return until.is_null()
    since = pl.col("valid_from")
    return (since.is_null() | (since <= day)) & (until.is_null() | (until > day))


def lying_in(warehouse: Warehouse, boundary: Boundary, unit: str, day: date) -> pl.DataFrame:
    """A unit and what it lies in on a map, the province first, under the names of a day; columns as in `names.sql`.

    On today's map an ended district is a group of communes, and nothing else lies in it; a unit that is neither of
    today nor such a group has no row.
    """
    number, above = number_of(warehouse, unit), _above(warehouse, boundary, unit)
    names = names_on(warehouse, day)[[one - 1 for one in above] if number in above else []]
    return names.filter((pl.col("level") != "district") | (pl.col("unit_no") == number))


def around_of(warehouse: Warehouse, boundary: Boundary, unit: str) -> str | None:
    """Where the peers of a unit lie: its province on a map, the country for a province; null for what has none."""
    if level_of(warehouse, unit) == "province":
        return NATION
    above = names_on(warehouse, date.max)[[number - 1 for number in _above(warehouse, boundary, unit)]]
    return next(iter(above.filter(pl.col("level") == "province")["unit_code"]), None)


def _above(warehouse: Warehouse, boundary: Boundary, unit: str) -> list[int]:
    """The numbers of all units that a unit lies in on a map, itself among them, the province first."""
    asked = {"boundary": boundary}
    held = warehouse.remembered(f"lying in {boundary}", lambda: Held.by(warehouse.ask("unit_path", asked)))
    return held.of([number_of(warehouse, unit)])["above_no"].to_list()


def members_in(warehouse: Warehouse, boundary: Boundary, unit: str) -> pl.Series:
    """The numbers of all units of any time that lie in a unit, in whole or in part, in ascending order."""
    return _members(warehouse, boundary, unit)["member_no"]


def inside(warehouse: Warehouse, boundary: Boundary, unit: str) -> pl.Series:
    """The numbers of all units that lie in a unit as a whole, itself among them, in ascending order."""
    members = _members(warehouse, boundary, unit)
    return members["member_no"].filter(members["is_whole"])


def _members(warehouse: Warehouse, boundary: Boundary, unit: str) -> pl.DataFrame:
    asked = {"boundary": boundary}
    held = warehouse.remembered(f"members {boundary}", lambda: Held.by(warehouse.ask("members", asked)))
    number = number_of(warehouse, unit)
    return held.between(number, number)


def units_placed(warehouse: Warehouse, boundary: Boundary, unit: str, level: Level, day: date) -> pl.DataFrame:
    """The units of a level that lie in a unit on a map, with their names on a day; columns as in `names.sql`."""

    def read() -> pl.DataFrame:
        names = names_on(warehouse, day)[inside(warehouse, boundary, NATION).cast(pl.UInt32) - 1]
        return names.filter(pl.col("level") == level, placed(boundary, day))

    name = f"placed {boundary} {level} {changes_until(warehouse, day)}"
    everywhere = warehouse.remembered(name, read)
    if unit == NATION:
        return everywhere
    row = places_of(inside(warehouse, boundary, unit).to_numpy(), everywhere["unit_no"].to_numpy())
    return everywhere[index_of(row[row >= 0])]


def units_below(warehouse: Warehouse, boundary: Boundary, unit: str, day: date) -> pl.DataFrame:
    """The units directly below a unit, or the country, on a map, with their names on a day; columns as in `names.sql`.

    On today's map a former district has the communes that mostly came of it.
    """
    names = names_on(warehouse, day)

    def read() -> dict[str, list[int]]:
        there = names.with_row_index("row").filter(placed(boundary, day))
        below: dict[str, list[int]] = {}
        for row, parent, district in there.select("row", "parent_code", "former_district").iter_rows():
            for above in {parent or NATION} if boundary == "then" else {parent or NATION, district} - {None}:
                below.setdefault(above, []).append(row)
        return below

    rows = warehouse.remembered(f"below {boundary} {changes_until(warehouse, day)}", read)
    return names[pl.Series(rows.get(unit, []), dtype=pl.UInt32)]


def memberships(warehouse: Warehouse, boundary: Boundary, level: Level) -> Held:
    """How many units of a level each unit holds, by the days from and until which these exist."""
    where = {"boundary": boundary, "level": level}
    name = f"memberships {boundary} {level}"
    return warehouse.remembered(name, lambda: Held.by(warehouse.ask("memberships", where)))


def periods_of(warehouse: Warehouse) -> pl.DataFrame:
    """Every period with its window; columns as in `periods.sql`."""
    return warehouse.remembered("periods", lambda: warehouse.ask("periods"))


def natures(warehouse: Warehouse) -> pl.DataFrame:
    """Which way each rate is better and what its parts count, by definition; columns as in `rate_natures.sql`."""
    return warehouse.remembered("rate_natures", lambda: warehouse.ask("rate_natures"))


def nature_of(warehouse: Warehouse, rate: str, definition: str) -> tuple[str, bool]:
    """Which way a rate is better, and whether its parts count cases; up, and cases, for one that is not known."""

    def read() -> dict[tuple[str, str], tuple[str, bool]]:
        rows = natures(warehouse).select("rate", "definition", "direction", "cases").rows()
        return {(name, under): (direction, cases) for name, under, direction, cases in rows}

    return warehouse.remembered("nature by rate", read).get((rate, definition), ("up", True))


def definitions_of(warehouse: Warehouse, rate: str) -> list[str]:
    """The definitions that a rate is worked out under; one that no figure has for a rate that is not known."""

    def read() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, definition in natures(warehouse)[["rate", "definition"]].iter_rows():
            found.setdefault(name, []).append(definition)
        return found

    return warehouse.remembered("definitions by rate", read).get(rate, [""])


WHOLE = 100.0  # per cent: a rate above it cannot be, and has no rank


def _known(warehouse: Warehouse) -> dict[str, tuple[int, str | None]]:
    """The number and the level of every unit, by its code."""

    def read() -> dict[str, tuple[int, str | None]]:
        return {code: (number, level) for number, code, level in warehouse.ask("unit_numbers").iter_rows()}

    return warehouse.remembered("known units", read)
