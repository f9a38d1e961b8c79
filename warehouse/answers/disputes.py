"""Figures that other figures of the same report contradict, gravely or fairly: findings of high or medium severity.

And figures whose own row says that they cover only part of the period (`short_rows`), which are found the same way.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

import polars as pl

from warehouse.answers import Counting, Scope, Subject, over_time
from warehouse.answers.arrays import UNITS
from warehouse.answers.held import Held, rates_of_level, reporting_on
from warehouse.answers.registry import NOBODY, inside, level_of, members_in
from warehouse.store import Warehouse

About = Literal["disputed", "short_rows"]


def disputes(warehouse: Warehouse, scope: Scope, about: About = "disputed") -> pl.DataFrame:
    """What is disputed in the scope: rates with their definition, or, where these are null, indicators.

    A row for each `unit_code`, `report_id` and finding that says so; `finding_key` is that of `findings_of`. Or `about`
    what only covers part of the period, with the words `printed` in its row.
    """
    return _disputes_in(warehouse, scope, inside(warehouse, scope.boundary, scope.unit), about)


def disputes_behind(warehouse: Warehouse, scope: Scope, about: About = "disputed") -> pl.DataFrame:
    """What is disputed of the one number of the scope's unit, its own or the sum over those in it; as `disputes`.

    On today's map a sum adds up the figures of former units, also where no unit of today can be given a figure of them:
    what these dispute is named by the former units.
    """
    if scope.boundary == "then" or level_of(warehouse, scope.unit) == scope.level:
        return disputes(warehouse, scope, about)
    former = replace(scope, boundary="then")
    return _disputes_in(warehouse, former, _added(warehouse, scope, scope.unit), about)


def _disputes_in(warehouse: Warehouse, scope: Scope, within: pl.Series, about: About) -> pl.DataFrame:
    """What is disputed of some units, by their numbers in ascending order."""
    reach = (within[0], within[-1]) if within.len() else (NOBODY, NOBODY)
    found = _found_on(warehouse, scope, about).between(*reach, scope.level, scope.period)
    if found.height:
        found = _with_figures(warehouse, scope, found.filter(pl.col("unit_no").is_in(within.implode())))
    return found.select("rate", "definition", "indicator", "unit_code", "report_id", _TOLD[about])


def disputed(warehouse: Warehouse, scope: Scope) -> pl.DataFrame:
    """The rates that are disputed in the scope, each with its definition and the unit, once."""
    rates = disputes(warehouse, scope).filter(pl.col("rate").is_not_null())
    return rates.select("rate", "definition", "unit_code").unique().sort("rate", "definition", "unit_code")


def disputed_in_time(
    warehouse: Warehouse,
    scope: Scope,
    units: Sequence[str],
    subject: Subject,
    counting: Counting = "printed",
    about: About = "disputed",
) -> pl.DataFrame:
    """How many reports behind the figure of each of `units` dispute it, in all periods: `disputed`.

    Or how many say `about` it that it covers only part of the period.

    A unit of the scope's level stands for itself, one above it for those in it, as in `disputes_behind`. A quarter that
    a unit did not report is the difference of two cumulative figures, and disputed where either is, also where it
    cannot be taken. Columns: unit_code, period, disputed; units and periods where there is none are left out.
    """
    each = dict.fromkeys(units)
    of_own = [unit for unit in each if scope.boundary == "then" or level_of(warehouse, unit) == scope.level]
    sums = [unit for unit in each if unit not in of_own]
    asked = (subject, counting, about)
    own = _in_time(warehouse, scope, of_own, lambda unit: inside(warehouse, scope.boundary, unit), *asked)
    former = replace(scope, boundary="then")
    added = _in_time(warehouse, former, sums, lambda unit: _added(warehouse, scope, unit), *asked)
    return pl.DataFrame([*own, *added], schema=_COUNTED, orient="row")


def _in_time(
    warehouse: Warehouse,
    scope: Scope,
    units: Sequence[str],
    numbers: Callable[[str], pl.Series],
    subject: Subject,
    counting: Counting,
    about: About,
) -> Iterator[tuple[str, str, int]]:
    """Units, each of the `numbers` of those in it, and the periods in which reports of these dispute a figure."""
    if not units or (rows := _rows_about(warehouse, scope, subject, about)).is_empty():
        return
    there = _with_figures(warehouse, scope, rows).select("unit_no", "period", "report_id").unique()
    if counting == "discrete":
        there = _by_quarter(warehouse, scope, there)
    # By sets, for most pages ask about dozens of units of which none or a few have any.
    by_unit: dict[int, set[tuple[str, str]]] = {}
    for number, period, report in there.iter_rows():
        by_unit.setdefault(number, set()).add((period, report))
    for unit in units:
        there_in = by_unit.keys() & set(numbers(unit)) if by_unit else ()
        pairs = {pair for number in there_in for pair in by_unit[number]}
        for period, count in sorted(Counter(period for period, _ in pairs).items()):
            yield unit, period, count


def _added(warehouse: Warehouse, scope: Scope, unit: str) -> pl.Series:
    """The numbers of the units of any time whose figures a sum on a map of today may add up, in ascending order."""
    added = members_in if scope.boundary == "estimated" else inside  # estimates take shares of units that were split
    return added(warehouse, scope.boundary, unit)


def _by_quarter(warehouse: Warehouse, scope: Scope, there: pl.DataFrame) -> pl.DataFrame:
    """The same for quarters alone: those reported as such, and the differences of what is disputed."""
    quarters = warehouse.remembered("quarters", lambda: warehouse.ask("quarters"))
    until = quarters.select("period", pl.col("until_period").alias("until"))
    ends = [until.with_columns(quarters[end].alias("end")) for end in ("until_period", "since_period")]
    sent = reporting_on(warehouse, scope.boundary, scope.simulated).of(there["unit_no"].unique().to_list())
    sent = sent.filter(level=scope.level)
    apart = (
        there.rename({"period": "end"})
        .join(pl.concat(ends), on="end")
        .join(sent, left_on=["unit_no", "until"], right_on=["unit_no", "period"], how="semi")
        .join(sent, on=["unit_no", "period"], how="anti")
        .select("unit_no", "period", "report_id")
    )
    return pl.concat([there.filter(pl.col("period").str.contains("-Q", literal=True)), apart]).unique()


def _with_figures(warehouse: Warehouse, scope: Scope, rows: pl.DataFrame) -> pl.DataFrame:
    """Of what is disputed the rates that their units have, under their definition, and all indicators."""
    parts = [
        group.join(_known(warehouse, scope, rate, definition, group), on=["unit_no", "period"], how="semi")
        for (rate, definition), group in rows.filter(pl.col("rate").is_not_null()).group_by(
            "rate", "definition", maintain_order=True
        )
    ]
    return pl.concat([*parts, rows.filter(pl.col("rate").is_null())])


def _known(warehouse: Warehouse, scope: Scope, rate: str, definition: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Where the units of some rows have a rate, with both its parts."""
    held = rates_of_level(warehouse, over_time(scope), rate, definition)
    figures = held.of(rows["unit_no"].unique().to_list())
    return figures.filter(pl.col("numerator").is_not_null(), pl.col("denominator").is_not_null())


def _found_on(warehouse: Warehouse, scope: Scope, about: About) -> Held:
    """All that is disputed, or covers only part of its period, in a world on a map, a stretch a level and period."""
    asked, partly = {"boundary": scope.boundary, "simulated": scope.simulated}, about == "short_rows"
    return warehouse.hold(
        (about, *asked.items()),
        lambda: Held.by(warehouse.ask("short_rows" if partly else "disputed", asked), "level", "period"),
    )


def _rows_about(warehouse: Warehouse, scope: Scope, subject: Subject, about: About) -> pl.DataFrame:
    """The same of one subject at the scope's level; of a rate without a definition under all of them."""
    found = _found_on(warehouse, scope, about).rows
    if subject.rate and subject.definition is None:
        return found.filter(level=scope.level, rate=subject.rate)
    held = warehouse.hold(
        ("by subject", about, scope.boundary, scope.simulated),
        lambda: Held.by(found.sort(*_SUBJECT, "unit_no", "period"), *_SUBJECT),
    )
    key = (scope.level, subject.rate, subject.definition, subject.indicator)
    return held.between(0, UNITS - 1, *key)


_SUBJECT = ("level", "rate", "definition", "indicator")
_TOLD: dict[About, str] = {"disputed": "finding_key", "short_rows": "printed"}
_COUNTED = {"unit_code": pl.String, "period": pl.String, "disputed": pl.Int64}
