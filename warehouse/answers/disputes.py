"""Figures that other figures of the same report contradict, gravely or fairly: findings of high or medium severity.

And figures whose own row says that they cover only part of the period (`short_rows`), which are found the same way.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

import polars as pl

from warehouse.answers import Counting, Scope, Subject, over_time
from warehouse.answers.held import Held, rates_of_level, reporting_on
from warehouse.answers.registry import NOBODY, inside
from warehouse.store import Warehouse

About = Literal["disputed", "short_rows"]


def disputes(warehouse: Warehouse, scope: Scope, about: About = "disputed") -> pl.DataFrame:
    """What is disputed in the scope: rates with their definition, or, where these are null, indicators.

    A row for each `unit_code`, `report_id` and finding that says so; `finding_key` is that of `findings_of`. Or `about`
    what only covers part of the period, with the words `printed` in its row.
    """
    within = inside(warehouse, scope.boundary, scope.unit)
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

    A unit of the scope's level stands for itself, one above it for those in it. A quarter that a unit did not report is
    the difference of two cumulative figures, and disputed where either is. Columns: unit_code, period, disputed; units
    and periods where there is none are left out.
    """
    meant = {name: value for name, value in vars(subject).items() if value is not None}
    rows = _found_on(warehouse, scope, about).rows.filter(level=scope.level, **meant)
    if rows.is_empty():
        return pl.DataFrame(schema=_IN_TIME)
    there = _with_figures(warehouse, scope, rows).select("unit_no", "period", "report_id").unique()
    if counting == "discrete":
        there = _by_quarter(warehouse, scope, there)
    by_unit: dict[int, set[tuple[str, str]]] = {}
    for number, period, report in there.iter_rows():
        by_unit.setdefault(number, set()).add((period, report))
    counted = [row for unit in dict.fromkeys(units) for row in _in_one(warehouse, scope, unit, by_unit)]
    return pl.DataFrame(counted, schema=_IN_TIME, orient="row")


def _in_one(
    warehouse: Warehouse, scope: Scope, unit: str, by_unit: Mapping[int, set[tuple[str, str]]]
) -> list[tuple[str, str, int]]:
    """The periods in which reports of a unit, or of what lies in it, dispute a figure, with their number.

    By sets, for most pages ask about dozens of units of which none or a few have any.
    """
    there = by_unit.keys() & set(inside(warehouse, scope.boundary, unit)) if by_unit else ()
    pairs = {pair for number in there for pair in by_unit[number]}
    return [(unit, period, count) for period, count in sorted(Counter(period for period, _ in pairs).items())]


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


_TOLD: dict[About, str] = {"disputed": "finding_key", "short_rows": "printed"}
_IN_TIME = {"unit_code": pl.String, "period": pl.String, "disputed": pl.Int64}
