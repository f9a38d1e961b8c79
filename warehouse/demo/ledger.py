"""The figures of a group of units before they are printed: one array an indicator and tier.

`commune.csv` and `district.csv` say how each indicator behaves: its pattern, the indicators it is made
of and the range it comes from (`wide_*`: the range of the larger unit of the same form, the province or
a commune merged in 2025). Indicators printed in no form help others along.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from warehouse.demo.dice import Dice
from warehouse.demo.timeline import Figures, Timeline
from warehouse.model import LEVELS, Level

# Decimals of the percentages a unit prints, and how many units print so many.
_DECIMALS, _DECIMALS_SHARES = (1, 2, 0), (0.55, 0.85)


@dataclass(frozen=True)
class Term:
    """An indicator that another one is made of; a null `tier` is the unit's own."""

    indicator: str
    tier: Level | None


@dataclass(frozen=True)
class Line:
    """How one indicator behaves."""

    indicator: str
    tier: Level | None
    pattern: str
    terms: tuple[Term, ...]
    low: float
    high: float


@dataclass
class Ledger:
    """Units of one level and their figures, each of shape (units, periods); NaN is a blank."""

    level: Level
    dice: Dice
    decimals: Figures
    figures: dict[tuple[str, Level], Figures] = field(default_factory=dict)

    @property
    def timeline(self) -> Timeline:
        """The periods of the figures."""
        return self.dice.timeline

    def find(self, indicator: str, tier: Level | None = None) -> Figures | None:
        """The figures of an indicator, if this ledger has them; `tier` null is the units' own."""
        return self.figures.get((indicator, tier or self.level))

    def found(self, terms: Iterable[Term]) -> list[Figures]:
        """The figures of those terms that this ledger has."""
        figures = (self.find(term.indicator, term.tier) for term in terms)
        return [figure for figure in figures if figure is not None]

    def enter(self, indicator: str, figures: Figures, tier: Level | None = None) -> None:
        """Write down the figures of an indicator."""
        self.figures[indicator, tier or self.level] = figures

    def rounded(self, percent: Figures) -> Figures:
        """Percentages as these units print them: half up, to their own number of decimals."""
        scale = 10.0**self.decimals
        half_up: Figures = np.floor(np.round(percent, 6) * scale + 0.5) / scale
        return half_up


def new_ledger(level: Level, dice: Dice) -> Ledger:
    """A ledger without figures; the units choose how many decimals they print."""
    habit = np.searchsorted(_DECIMALS_SHARES, dice.uniform())
    return Ledger(level, dice, np.array(_DECIMALS, dtype=np.float64)[habit])


@cache
def behaviour(kind: str, wide: bool) -> tuple[Line, ...]:
    """The lines of `commune.csv` or `district.csv`, in the order in which they build on each other."""
    path = Path(__file__).parent / f"{kind}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_line(row, wide) for row in csv.DictReader(file))


def _line(row: dict[str, str], wide: bool) -> Line:
    low, high = row["low"], row["high"]
    if wide and row["wide_high"]:
        low, high = row["wide_low"], row["wide_high"]
    return Line(
        indicator=row["indicator"],
        tier=_tier(row["tier"]),
        pattern=row["pattern"],
        terms=tuple(_term(text) for text in row["of"].split("+") if text.strip()),
        low=float(low or 0),
        high=float(high or 0),
    )


def _term(text: str) -> Term:
    indicator, _, tier = text.strip().partition("@")
    return Term(indicator, _tier(tier))


def _tier(text: str) -> Level | None:
    return next((level for level in LEVELS if level == text), None)
