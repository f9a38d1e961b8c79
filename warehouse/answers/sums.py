"""What adds up over a unit: its rates with targets, and single indicators, now, a year before and over the years."""

from collections.abc import Iterator
from datetime import date
from math import isnan
from typing import Any, NamedTuple

import polars as pl

from warehouse.answers import Scope, over_time
from warehouse.answers.arrays import numbers_of, percent
from warehouse.answers.comparison import change_real
from warehouse.answers.held import sums_of_level
from warehouse.answers.registry import PARTS, level_of, nature_of, number_of, reach
from warehouse.frames import beside
from warehouse.periods import parse_period
from warehouse.store import Warehouse

_PARTS = ("numerator", "denominator")
_TARGET = ("target", "target_source_vi", "target_source_en")
_SUM: dict[str, Any] = {"units": pl.UInt16, **dict.fromkeys((*_PARTS, "percent"), pl.Float64)}
_COLUMNS: dict[str, Any] = {
    **{"rate": pl.String, "definition": pl.String, **_SUM},
    **{f"{name}_before": kind for name, kind in _SUM.items()},
    **{"target": pl.Float64, "target_source_vi": pl.String, "target_source_en": pl.String, "cases": pl.Boolean},
    **{"estimated": pl.Boolean, "estimated_before": pl.Boolean, "basis": pl.String, "basis_before": pl.String},
    **{"course": pl.List(pl.Float64), "course_periods": pl.List(pl.String)},
}
_SHOWN = (
    *("rate", "definition", *_SUM, *(f"{name}_before" for name in _SUM), *_TARGET),
    *("cases", "change_real", "estimated", "estimated_before", "course", "course_periods"),
)


def overview(warehouse: Warehouse, scope: Scope) -> pl.DataFrame:
    """Each rate and definition added up over the scope, now and a year before, with its target.

    `change_real` tells whether the change is more than chance, as `comparison.compare` has it.
    A unit of the counted level has its own figure. `estimated` where shares of split units are part of it. `course` are
    the percentages of `course_periods`, all periods of the same kind up to this one with one, the oldest first.
    """
    period = parse_period(scope.period)
    courses: dict[tuple[str, str], dict[str, _Sum]] = {}
    for key, code, added in _sums(warehouse, scope):
        if code.endswith(f"-{period.span}") and code <= scope.period:
            courses.setdefault(key, {})[code] = added
    there = [key for key, course in courses.items() if scope.period in course]
    order = sorted(there, key=lambda key: (key[0], -(courses[key][scope.period].units or 0), key[1]))
    now = [courses[key][scope.period] for key in order]
    before = [courses[key].get(period.year_before.code, _NO_SUM) for key in order]
    columns = {
        **{"rate": [rate for rate, _ in order], "definition": [definition for _, definition in order]},
        **_columns(now, ""),
        **_columns(before, "_before"),
        "cases": [nature_of(warehouse, *key)[1] for key in order],
        **_targets_on(warehouse, period.window_end, order),
        **_courses([{code: added.percent for code, added in courses[key].items()} for key in order]),
    }
    found = pl.DataFrame(columns, schema=_COLUMNS)
    parts = [found[name].cast(PARTS) for name in _COLUMNS if name.startswith(_PARTS)]
    return beside(found, [*parts, change_real(found)])[list(_SHOWN)]


class _Sum(NamedTuple):
    """One rate added up in one period, of so many units; `percent` is null where there is none."""

    units: int | None
    numerator: float | None
    denominator: float | None
    percent: float | None
    basis: str | None


_NO_SUM = _Sum(None, None, None, None, None)


def _sums(warehouse: Warehouse, scope: Scope) -> Iterator[tuple[tuple[str, str], str, _Sum]]:
    """Every rate with its definition, and period, added up over the scope; of a unit of the counted level its own."""
    world, number = over_time(scope), number_of(warehouse, scope.unit)
    if level_of(warehouse, scope.unit) == scope.level:
        found = warehouse.recall("overview_own", {**world, "unit_no": number})
    else:
        found = sums_of_level(warehouse, world).of([number])
    numerator, denominator = numbers_of(found)
    share = percent(numerator, denominator)
    percents = [None if isnan(value) else value for value in share.tolist()]
    names = ("rate", "definition", "period", "units", *_PARTS, "basis")
    rows = zip(*(found[name].to_list() for name in names), percents, strict=True)
    for rate, definition, period, units, done, whole, basis, shown in rows:
        if units:
            yield (rate, definition), period, _Sum(units, done, whole, shown, basis)


def _columns(added: list[_Sum], suffix: str) -> dict[str, list[Any]]:
    named = {name: [getattr(each, name) for each in added] for name in _Sum._fields}
    estimated = [each.basis == "estimated" for each in added]
    return {f"{name}{suffix}": values for name, values in {**named, "estimated": estimated}.items()}


def _courses(courses: list[dict[str, float | None]]) -> dict[str, list[Any]]:
    known = [{code: share for code, share in course.items() if share is not None} for course in courses]
    return {
        "course": [list(course.values()) or None for course in known],
        "course_periods": [list(course) or None for course in known],
    }


def _targets_on(warehouse: Warehouse, day: date, rates: list[tuple[str, str]]) -> dict[str, list[Any]]:
    """The target of each rate under its definition on a day, the lowest of several."""
    targets = warehouse.remembered("targets", lambda: warehouse.ask("targets").to_dicts())
    meant = [
        [
            target
            for target in targets
            if target["rate"] == rate
            and target["definition"] in {None, definition}
            and (target["valid_from"] is None or target["valid_from"] <= day)
            and (target["valid_to"] is None or target["valid_to"] > day)
        ]
        for rate, definition in rates
    ]
    first = [min(each, key=lambda target: target["target"], default=dict.fromkeys(_TARGET)) for each in meant]
    return {name: [target[name] for target in first] for name in _TARGET}


def volume(warehouse: Warehouse, scope: Scope, indicator: str) -> pl.DataFrame:
    """One additive indicator added up over the scope: a row for each period of its kind up to it, the newest first."""
    period = parse_period(scope.period)
    asked = {**over_time(scope), "indicator": indicator, "span": period.span, "window_end": period.window_end}
    if level_of(warehouse, scope.unit) == scope.level:
        reached = reach(warehouse, scope.boundary, [scope.unit], scope.level)
        return warehouse.ask("volume_own", {**asked, **reached, "unit": scope.unit})
    return warehouse.ask("volume", {**asked, "unit_no": number_of(warehouse, scope.unit)})
