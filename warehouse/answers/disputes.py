"""Figures that other figures of the same report contradict, gravely or fairly: findings of high or medium severity."""

from collections import Counter
from collections.abc import Iterable, Sequence

import polars as pl

from warehouse.answers import Counting, Scope, Subject, over_time
from warehouse.answers.held import Held, rates_of_level
from warehouse.answers.registry import NOBODY, inside
from warehouse.store import Warehouse


def disputes(warehouse: Warehouse, scope: Scope) -> pl.DataFrame:
    """What is disputed in the scope: rates with their definition, or, where these are null, indicators.

    A row for each `unit_code` and finding that says so; `finding_key` is that of `findings_of`.
    """
    within = inside(warehouse, scope.boundary, scope.unit)
    reach = (within[0], within[-1]) if within.len() else (NOBODY, NOBODY)
    found = _disputed_on(warehouse, scope).between(*reach, scope.level, scope.period)
    there = found.filter(pl.col("unit_no").is_in(within.implode()))
    return there.select("rate", "definition", "indicator", "unit_code", "finding_key")


def disputed(warehouse: Warehouse, scope: Scope) -> pl.DataFrame:
    """The rates that are disputed in the scope, each with its definition and the unit, once."""
    rates = disputes(warehouse, scope).filter(pl.col("rate").is_not_null())
    return rates.select("rate", "definition", "unit_code").unique().sort("rate", "definition", "unit_code")


def disputed_in_time(
    warehouse: Warehouse, scope: Scope, units: Sequence[str], subject: Subject, counting: Counting = "printed"
) -> pl.DataFrame:
    """Of how many units behind the figure of each of `units` it is disputed, in all periods: `disputed`.

    A unit of the scope's level stands for itself, one above it for those in it; of a rate only those count that have it
    under this definition. A quarter of its own is also disputed where the cumulative period is at whose end it ends.
    Columns: unit_code, period, disputed; without the units and periods where there is none.
    """
    there = _places(warehouse, scope, subject)
    if counting == "discrete" and there:
        quarters = warehouse.remembered("quarters", lambda: warehouse.ask("quarters"))
        until = dict(quarters.select("until_period", "period").iter_rows())
        there |= {(number, until[period]) for number, period in there if period in until}
    counted = []
    for unit in dict.fromkeys(units) if there else ():
        members = set(inside(warehouse, scope.boundary, unit).to_list())
        periods = Counter(period for number, period in there if number in members)
        counted += [(unit, period, count) for period, count in sorted(periods.items())]
    return pl.DataFrame(counted, schema=_IN_TIME, orient="row")


def _places(warehouse: Warehouse, scope: Scope, subject: Subject) -> set[tuple[int, str]]:
    """The units of the scope's level, by number, and periods in which a rate or an indicator is disputed."""
    about = {name: value for name, value in vars(subject).items() if value is not None}
    rows = _disputed_on(warehouse, scope).rows.filter(level=scope.level, **about)
    if rows.is_empty() or not (subject.rate and subject.definition):
        return _pairs(rows)
    figures = rates_of_level(warehouse, over_time(scope), subject.rate, subject.definition)
    return _pairs(rows) & _pairs(figures.of(rows["unit_no"].unique().to_list()))


def _pairs(rows: pl.DataFrame) -> set[tuple[int, str]]:
    pairs: Iterable[tuple[int, str]] = zip(rows["unit_no"], rows["period"], strict=True)
    return set(pairs)


def _disputed_on(warehouse: Warehouse, scope: Scope) -> Held:
    """All that is disputed in the reports of a world on a map, a stretch a level and period."""
    asked = {"boundary": scope.boundary, "simulated": scope.simulated}
    return warehouse.hold(
        ("disputed", *asked.items()), lambda: Held.by(warehouse.ask("disputed", asked), "level", "period")
    )


_IN_TIME = {"unit_code": pl.String, "period": pl.String, "disputed": pl.Int64}
