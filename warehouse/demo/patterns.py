"""How indicators behave: one function a pattern, from a ledger and a line to figures (units, periods).

A pattern returns None when nothing it is made of is in the ledger: such a row stays blank.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from warehouse.demo.ledger import Ledger, Line
from warehouse.demo.timeline import Figures

Pattern = Callable[[Ledger, Line], Figures | None]


def flow(ledger: Ledger, line: Line) -> Figures | None:
    """So many a year, at random over the quarters, cumulative."""
    yearly = ledger.dice.uniform(line.low, line.high)
    return ledger.timeline.cumulate(ledger.dice.poisson(yearly * ledger.timeline.season))


def part(ledger: Ledger, line: Line) -> Figures | None:
    """A share of a cumulative whole; a share above 1 is all of it."""
    if not (whole := ledger.found(line.terms)):
        return None
    share = np.clip(ledger.dice.uniform(line.low, line.high), 0, 1)
    return ledger.timeline.cumulate(ledger.dice.binomial(ledger.timeline.quarterly(whole[0]), share))


def stock(ledger: Ledger, line: Line) -> Figures | None:
    """The same all year, a little more or less from year to year."""
    drift = 1 + ledger.dice.uniform(-0.03, 0.03)
    return np.round(ledger.dice.uniform(line.low, line.high) * drift**ledger.timeline.year_index)


def stock_part(ledger: Ledger, line: Line) -> Figures | None:
    """A share of a whole that is the unit's own habit; a share above 1 is all of it."""
    if not (whole := ledger.found(line.terms)):
        return None
    share = np.clip(ledger.dice.uniform(line.low, line.high), 0, 1)
    return np.floor(whole[0] * share)


def shared_stock(ledger: Ledger, line: Line) -> Figures | None:
    """The same in every unit, as the province announced it: low in the first year, high in the last."""
    by_year = np.round(np.linspace(line.low, line.high, len(ledger.timeline.years)))
    return np.tile(ledger.timeline.yearly(by_year), (len(ledger.decimals), 1))


def progress(ledger: Ledger, line: Line, slowest: float, fastest: float) -> Figures | None:
    """A plan fulfilled over the year, up to a share of it between low and high at the year's end."""
    if not (plan := ledger.found(line.terms)):
        return None
    timeline = ledger.timeline
    at_the_end = timeline.yearly(ledger.dice.uniform(line.low, line.high, len(timeline.years)))
    pace = ledger.dice.uniform(fastest, slowest)
    return np.floor(plan[0] * np.clip(at_the_end, 0, 1) * timeline.part_of_year**pace)


def percent(ledger: Ledger, line: Line) -> Figures | None:
    """A percentage without printed parts, rising slowly; above 100 it stays 100."""
    level = ledger.dice.uniform(line.low, line.high) + 0.8 * ledger.timeline.year_index
    wobble = ledger.dice.normal(0.5, len(ledger.timeline))
    return ledger.rounded(np.clip(level + wobble, 0, 100))


def percent_rest(ledger: Ledger, line: Line) -> Figures | None:
    """A share of what a percentage leaves to 100."""
    if not (taken := ledger.found(line.terms)):
        return None
    return ledger.rounded((100 - taken[0]) * ledger.dice.uniform(line.low, line.high))


def ratio(ledger: Ledger, line: Line) -> Figures | None:
    """The first term as a percentage of the second, rounded; blank where that is zero."""
    terms = ledger.found(line.terms)
    if len(terms) != len(line.terms):
        return None
    share = np.divide(terms[0], terms[1], out=np.full_like(terms[0], np.nan), where=terms[1] > 0)
    return ledger.rounded(100 * share)


def code(ledger: Ledger, line: Line) -> Figures | None:
    """A coded answer that changes once for good, from low to high, in half of the units before the base year."""
    adopted_at = np.floor(ledger.dice.uniform(-8, 8))
    return np.where(ledger.timeline.since_base >= adopted_at, line.high, line.low)


def yearly_code(ledger: Ledger, line: Line) -> Figures | None:
    """A coded answer that is low until the thing is done, anew every year; in some years it is not done."""
    timeline = ledger.timeline
    done_at = timeline.yearly(ledger.dice.uniform(0.2, 1.05, len(timeline.years)))
    return np.where(done_at <= timeline.part_of_year, line.high, line.low)


def choice(ledger: Ledger, line: Line) -> Figures | None:
    """One of the codes from low to high, chosen anew every year."""
    chosen = np.floor(ledger.dice.uniform(line.low, line.high + 1, len(ledger.timeline.years)))
    return ledger.timeline.yearly(chosen)


def total(ledger: Ledger, line: Line) -> Figures | None:
    """The sum of the terms that are there; blank where none has a figure."""
    if not (terms := ledger.found(line.terms)):
        return None
    together = np.stack(terms)
    return np.where(np.isnan(together).all(axis=0), np.nan, np.nansum(together, axis=0))


def rest(ledger: Ledger, line: Line) -> Figures | None:
    """What the other terms leave of the first."""
    whole, *parts = ledger.found(line.terms)
    left: Figures = whole - np.sum(parts, axis=0)
    return left


PATTERNS: dict[str, Pattern] = {
    "flow": flow,
    "part": part,
    "stock": stock,
    "stock_part": stock_part,
    "shared_stock": shared_stock,
    "progress": partial(progress, slowest=1.4, fastest=0.9),
    "spending": partial(progress, slowest=1.9, fastest=1.2),
    "percent": percent,
    "percent_rest": percent_rest,
    "ratio": ratio,
    "code": code,
    "yearly_code": yearly_code,
    "choice": choice,
    "sum": total,
    "rest": rest,
}
# Figures that units which merge bring along; the others are made anew for the new unit.
MERGED_BY_SUM = frozenset({"flow", "part", "stock", "stock_part", "progress", "spending"})
# What adds up to other figures, or is left of them.
TOTALS = frozenset({"sum", "rest"})
# Of those brought along, the ones that are never more than the indicator they are a part of.
PARTS = frozenset({"part", "stock_part", "progress", "spending"})
# Figures of a state, not of work done: of units that have ended there is none.
STATES = frozenset({"stock", "stock_part", "shared_stock", "percent", "code", "choice"})
