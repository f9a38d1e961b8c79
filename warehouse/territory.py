"""Which units lie in which unit, on the map of a period and on today's: the time side of the unit dimension.

Two boundaries are offered everywhere. `then`: the units of the period. `now`: earlier figures carried to today's
units, exact where whole units were united; `estimated` is `now` with split units shared out among their successors.
An ended district stays on today's map as a group of the communes that came of it, so that a comparison set lives on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise, product
from typing import Literal, NamedTuple

import polars as pl

from warehouse.model import NATION
from warehouse.tables import read_catalogue

Boundary = Literal["then", "now", "estimated"]
BOUNDARIES: tuple[Boundary, ...] = ("then", "now", "estimated")
OLDEST_MAP = date(2025, 1, 1)  # no older one is known: periods that end before are counted on this
_TODAY: tuple[Boundary, ...] = ("now", "estimated")
_ALL_OF_IT = 1 - 1e-9  # shares of thirds add up to a little less than 1


class Holding(NamedTuple):
    """A unit that all or part of another one lies in; `weight` is null for a part that is not to be guessed at."""

    boundary: Boundary
    unit_code: str
    member_code: str
    weight: float | None


class Heritage(NamedTuple):
    """A unit that a unit of today was made of between two dates (`valid_to` exclusive), one of `expected`."""

    boundary: Boundary
    unit_code: str
    level: str
    member_code: str
    weight: float | None
    expected: int
    split: bool
    valid_from: str | None
    valid_to: str | None


class FormerDistrict(NamedTuple):
    """The old district that gave a commune of today most of its land; `whole` when it gave all."""

    unit_code: str
    district_code: str
    whole: bool


@dataclass(frozen=True)
class UnitMap:
    """The catalogue's units and lineage by code, and what follows from them for today's map."""

    units: Mapping[str, Mapping[str, str | None]]
    successors: Mapping[str, tuple[tuple[str, float | None], ...]]

    def level(self, code: str) -> str:
        """The level of a unit."""
        return str(self.units[code]["level"])

    def ended(self, code: str) -> bool:
        """Whether a unit is no longer on the map."""
        return self.units[code]["valid_to"] is not None

    def ancestors(self, code: str) -> list[str]:
        """A unit, what stands above it in its own time, and the country."""
        found = [code]
        while (above := self.units[found[-1]]["parent_code"]) is not None:
            found.append(above)
        return [*found, NATION]

    def heirs(self, code: str) -> dict[str, float]:
        """The units of today, of the same level, that a unit went into, with its share in each.

        An unknown share is an even part. A district has none: its tier ended.
        """
        if not self.ended(code):
            return {code: 1.0}
        links = [link for link in self.successors.get(code, ()) if self.level(link[0]) == self.level(code)]
        shares: dict[str, float] = {}
        for successor, share in links:
            part = 1 / len(links) if share is None else share
            for heir, further in self.heirs(successor).items():
                shares[heir] = shares.get(heir, 0.0) + part * further
        return shares

    def today(self, level: str) -> list[str]:
        """The units of a level that are on the map now."""
        return [code for code, unit in self.units.items() if unit["level"] == level and unit["valid_to"] is None]


@cache
def unit_map() -> UnitMap:
    """The map of the catalogue."""
    units = {str(row["unit_code"]): row for row in read_catalogue("units").iter_rows(named=True)}
    successors: dict[str, list[tuple[str, float | None]]] = {}
    for row in read_catalogue("unit_lineage").iter_rows(named=True):
        successors.setdefault(row["old_code"], []).append(
            (row["new_code"], float(row["share"]) if row["share"] else None)
        )
    return UnitMap(units, {code: tuple(links) for code, links in successors.items()})


def numbering(map_: UnitMap) -> list[str]:
    """All units in the order of their numbers: what lies in one unit, or went into one, stands together.

    Province of today by province, each after those it was made of; under each its districts with their communes.
    """

    def place(code: str) -> tuple[str, ...]:
        path = map_.ancestors(code)[-2::-1]
        heirs = map_.heirs(path[0])
        return min(heirs, key=lambda heir: (-heirs[heir], heir)), *path

    return sorted(map_.units, key=place)


def former_districts(map_: UnitMap) -> list[FormerDistrict]:
    """For each commune of today the old district it mostly came of; a tie goes to the lower code."""
    given: dict[str, dict[str, float]] = {}
    for code in map_.units:
        parent = map_.units[code]["parent_code"]
        if map_.level(code) == "commune" and parent is not None and map_.level(parent) == "district":
            for heir, share in map_.heirs(code).items():
                if heir != code:
                    districts = given.setdefault(heir, {})
                    districts[parent] = districts.get(parent, 0.0) + share
    for code, links in map_.successors.items():
        if map_.level(code) == "district" and len(links) == 1 and links[0][0] not in given:
            given[links[0][0]] = {code: 1.0}
    return [
        FormerDistrict(heir, min(districts, key=lambda code: (-districts[code], code)), len(districts) == 1)
        for heir, districts in sorted(given.items())
    ]


def holdings(map_: UnitMap) -> list[Holding]:
    """Every unit with each unit of any time that lies in it, on every boundary."""
    district_of = {row.unit_code: row.district_code for row in former_districts(map_)}
    found = [Holding("then", above, code, 1.0) for code in map_.units for above in map_.ancestors(code)]
    for code in map_.units:
        shares = _shares(map_, code, district_of)
        found += [
            Holding(boundary, above, code, _weight(boundary, share))
            for boundary, (above, share) in product(_TODAY, shares.items())
        ]
    return found


def _shares(map_: UnitMap, code: str, district_of: Mapping[str, str]) -> dict[str, float]:
    """Every unit on today's map that a unit lies in, former districts among them, with its share in each."""
    heirs = map_.heirs(code)
    if not heirs and map_.level(code) == "district":
        provinces = map_.heirs(str(map_.units[code]["parent_code"]))
        return {code: 1.0, **provinces, NATION: 1.0}
    shares: dict[str, float] = {}
    for heir, share in heirs.items():
        above = map_.ancestors(heir)
        if heir in district_of:
            above.append(district_of[heir])
        for unit in above:
            shares[unit] = shares.get(unit, 0.0) + share
    return shares


def heritages(map_: UnitMap) -> list[Heritage]:
    """What each unit of today is made of, in every stretch of time in which that was the same."""
    members: dict[str, list[tuple[str, float]]] = {}
    for code in map_.units:
        for heir, share in map_.heirs(code).items():
            members.setdefault(heir, []).append((code, share))
    return [line for heir, parts in members.items() for line in _stretches(map_, heir, parts)]


def _stretches(map_: UnitMap, heir: str, parts: list[tuple[str, float]]) -> Iterable[Heritage]:
    first, last = "0000", "9999"
    spans = {code: (map_.units[code]["valid_from"] or first, map_.units[code]["valid_to"] or last) for code, _ in parts}
    dates = sorted({day for span in spans.values() for day in span})
    for start, end in pairwise(dates):
        here = [(code, share) for code, share in parts if spans[code][0] <= start and end <= spans[code][1]]
        split = any(share < _ALL_OF_IT for _, share in here)
        span = (None if start == first else start, None if end == last else end)
        for boundary, (code, share) in product(_TODAY, here):
            yield Heritage(boundary, heir, map_.level(heir), code, _weight(boundary, share), len(here), split, *span)


def _weight(boundary: Boundary, share: float) -> float | None:
    if share >= _ALL_OF_IT:
        return 1.0
    return share if boundary == "estimated" else None


@cache
def territory_frames() -> dict[str, pl.DataFrame]:
    """The tables `territory`, `heritage` and `former_district`, by name; not to be changed."""
    map_ = unit_map()
    tables: dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]] = {
        "territory": (Holding._fields, sorted(holdings(map_), key=lambda row: row[:3])),
        "heritage": (Heritage._fields, sorted(heritages(map_), key=lambda row: (row[0], row[1], row[3]))),
        "former_district": (FormerDistrict._fields, list(former_districts(map_))),
    }
    return {name: pl.DataFrame(rows, schema=list(names), orient="row") for name, (names, rows) in tables.items()}
