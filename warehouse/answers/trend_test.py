"""Whether a rate rises or falls over time, said only where that can be said.

The test is the chi-square test for trend in proportions (Cochran, Biometrics 10 (1954), 417-451; Armitage, Biometrics
11 (1955), 375-386) over the latest five comparable periods, one degree of freedom, at 99 %. Dossiers of one unit are
not independent of each other, so that with thousands of them every wobble would be a trend: the statistic must also be
large beside the scatter of the rates about their line, by F with one and three degrees of freedom, at 99 % as well
(McCullagh and Nelder, Generalized Linear Models, 1989, section 4.5). Divided by the scatter and held to chi-square, as
it was before, it called eight in a hundred series without any trend one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

import polars as pl

from warehouse.periods import SPANS, parse_period

Direction = Literal["rising", "falling", "steady", "unknown"]
Reason = Literal["counts", "too_few", "impossible"]

FEWEST_PERIODS = 5
CRITICAL_99 = 6.634897  # chi-square, one degree of freedom
CRITICAL_F_99 = 34.116222  # F, one and FEWEST_PERIODS - 2 degrees of freedom
FULL_ENOUGH = 0.9  # of the units in a sum must have reported for it to be compared with another sum


@dataclass(frozen=True)
class Point:
    """One period: its year, and how many of how many."""

    year: int
    numerator: float
    denominator: float


@dataclass(frozen=True)
class Mark:
    """What is said of a series: `periods` comparable ones of one `span` from `first` to `last`, and the two statistics.

    `unknown` has a `reason`: counts (no denominator), too_few periods, or impossible (a part above its whole).
    """

    direction: Direction
    reason: Reason | None = None
    span: str | None = None
    first: str | None = None
    last: str | None = None
    periods: int = 0
    chi_square: float | None = None
    dispersion: float | None = None


def chi_square_for_trend(points: Sequence[Point]) -> tuple[float, float, float]:
    """Chi-square for a linear trend, the dispersion about the line (1: as by chance), and the slope a year.

    Of three points or more. All are 0 where every proportion is 0 or every one is 1: there is nothing to test.
    """
    total = sum(point.denominator for point in points)
    rate = sum(point.numerator for point in points) / total
    mean = sum(point.denominator * point.year for point in points) / total
    spread = sum(point.denominator * (point.year - mean) ** 2 for point in points)
    variance = rate * (1 - rate)
    if variance <= 0 or spread <= 0:
        return 0.0, 0.0, 0.0
    slope = sum((point.numerator - point.denominator * rate) * (point.year - mean) for point in points) / spread
    trend = slope**2 * spread / variance
    everything = (
        sum((point.numerator - point.denominator * rate) ** 2 / point.denominator for point in points) / variance
    )
    return trend, max(0.0, everything - trend) / (len(points) - 2), slope


def mark_of(points: Sequence[Point]) -> Mark:
    """The mark of comparable points in order of time, of which the latest five count."""
    latest = list(points)[-FEWEST_PERIODS:]
    if len(latest) < FEWEST_PERIODS:
        return Mark("unknown", "too_few", periods=len(latest))
    if any(point.numerator > point.denominator or point.numerator < 0 for point in latest):
        return Mark("unknown", "impossible", periods=len(latest))
    trend, dispersion, slope = chi_square_for_trend(latest)
    sure = trend >= CRITICAL_99 and trend >= CRITICAL_F_99 * dispersion
    direction: Direction = "steady" if not sure else "rising" if slope > 0 else "falling"
    return Mark(direction, periods=len(latest), chi_square=trend, dispersion=dispersion)


def trend_marks(figures: pl.DataFrame) -> dict[str, Mark]:
    """The mark of every unit in a frame of `trends.trend`, by its code.

    Comparable are periods of one kind (those of which there are most; windows of one kind never overlap), of one
    definition (a frame has no other), of the same units (none behind them came into being in between), printed with
    numerator and denominator, not estimated, and of a sum those in which nine in ten of the units reported.
    """
    lines: dict[str, list[_Line]] = {}
    for unit, *values in figures[["unit_code", *_Line._fields]].iter_rows():
        lines.setdefault(unit, []).append(_Line(*values))
    return {unit: _unit_mark(of_unit) for unit, of_unit in lines.items()}


class _Line(NamedTuple):
    """One period of a unit, as `trends.trend` has it."""

    period: str
    window_end: date
    value: float | None
    numerator: Decimal | None
    denominator: Decimal | None
    basis: str | None
    units: int
    expected: int
    era: date | None

    @property
    def is_fit(self) -> bool:
        """Whether it is comparable at all: both parts are known, nothing is estimated, hardly a unit is missing."""
        if None in {self.value, self.numerator, self.basis} or not self.denominator or self.basis == "estimated":
            return False
        return self.basis != "sum" or self.units >= FULL_ENOUGH * self.expected


def _unit_mark(lines: Sequence[_Line]) -> Mark:
    if all(line.denominator is None for line in lines):
        counted = any(line.value is not None for line in lines)
        return Mark("unknown", "counts" if counted else "too_few")
    fit = sorted((line for line in lines if line.is_fit), key=lambda line: line.window_end)
    runs = [_latest_run([line for line in fit if line.period.endswith(f"-{span}")]) for span in SPANS]
    run = max(enumerate(runs), key=lambda one: (len(one[1]), one[0]))[1]
    if not run:
        return Mark("unknown", "too_few")
    mark = mark_of([_point(line) for line in run])
    first, last = run[-FEWEST_PERIODS:][0].period, run[-1].period
    return replace(mark, span=parse_period(last).span, first=first, last=last)


def _latest_run(of_kind: Sequence[_Line]) -> list[_Line]:
    """The periods of one kind since the last break in who is behind the figures."""
    return [line for line in of_kind if line.era == of_kind[-1].era]


def _point(line: _Line) -> Point:
    return Point(parse_period(line.period).year, float(line.numerator or 0), float(line.denominator or 0))
