"""What every unit of the national simulation is asked: the lines of both forms, so that all levels can be compared.

A size (a stock, a flow, a percentage without parts) is the one of the unit's own form; one that only the other form
asks for is made smaller or larger. What follows from other figures is the district form's, whose lines build on each
other: then everything that belongs together adds up.
"""

from dataclasses import dataclass, replace
from functools import cache

import polars as pl

from warehouse.demo.ledger import Line, Term, behaviour
from warehouse.model import Level
from warehouse.tables import read_catalogue

_SIZES = frozenset({"stock", "flow", "shared_stock", "percent", "code", "yearly_code", "choice"})
_COUNTED = frozenset({"stock", "flow"})
# How much a unit has of what only the other form asks for, against the units that form is made for.
_AGAINST_THE_OTHER: dict[Level, float] = {"commune": 0.1, "district": 4.0, "province": 20.0}
_MERGED_AGAINST_COMMUNE = 3.0


@dataclass(frozen=True)
class Catalogue:
    """What the catalogue says of indicators: all that it knows, and those that are not to be added up."""

    known: frozenset[str]
    not_additive: frozenset[str]


@cache
def catalogue() -> Catalogue:
    """The catalogue of indicators."""
    indicators = read_catalogue("indicators")
    not_additive = indicators.filter(pl.col("additive") == "false")["indicator"]
    return Catalogue(frozenset(indicators["indicator"]), frozenset(not_additive))


@cache
def lines_of(level: Level, wide: bool = False) -> tuple[Line, ...]:
    """The lines for a unit in the order in which they build on each other; `wide`: a commune merged in 2025."""
    communes = behaviour("commune", wide=wide)
    districts = behaviour("district", wide=level == "province")
    factor = _AGAINST_THE_OTHER[level] * (_MERGED_AGAINST_COMMUNE if wide else 1)
    own = communes if level == "commune" else districts
    sizes = {_key(line, level): line for line in own if line.pattern in _SIZES}
    asked = {_key(line, level) for line in own}
    chosen: dict[tuple[str, Level], Line] = {}
    for line in (*districts, *communes):
        key = _key(line, level)
        scaled = line if key in asked or line.pattern not in _COUNTED else _times(line, factor)
        chosen.setdefault(key, sizes.get(key, scaled))
    lines = chosen.values()
    return tuple(_of_itself_only(line) for line in lines) if level == "commune" else tuple(lines)


def is_printed(indicator: str, level: Level) -> bool:
    """Whether a unit's report has a row for an indicator; only a unit with others below it has an area."""
    return indicator in catalogue().known and not (level == "commune" and "_area" in indicator)


def is_carried_up(indicator: str) -> bool:
    """Whether units print an indicator for the tiers below too: dossiers, and what totals of all tiers are made of.

    Of what is answered on time only the total, printed a little off: its parts by channel would contradict it.
    """
    return indicator in _parts_of_totals() or indicator.startswith(("dossiers_received", "dossiers_resolved"))


@cache
def _parts_of_totals() -> frozenset[str]:
    lines = behaviour("district", wide=False)
    return frozenset(term.indicator for line in lines for term in line.terms if term.tier)


def _key(line: Line, level: Level) -> tuple[str, Level]:
    return line.indicator, line.tier or level


def _times(line: Line, factor: float) -> Line:
    return replace(line, low=line.low * factor, high=line.high * factor)


def _of_itself_only(line: Line) -> Line:
    """A total of several tiers, in a commune, which reports for none but itself: its own part."""
    return replace(line, terms=tuple(dict.fromkeys(Term(term.indicator, None) for term in line.terms)))
