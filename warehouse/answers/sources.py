"""Where a number comes from: the report, the printed row, how it was read, and what contradicts it.

A number on a page is either a unit's own, printed in its report, or the sum over the units of a level under it;
`is_added_up` says which, `source_of` answers for the one and `source_parts` for the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from warehouse import answers
from warehouse.answers import Counting
from warehouse.answers.registry import number_of, reach
from warehouse.model import Level
from warehouse.store import Warehouse
from warehouse.territory import Boundary


@dataclass(frozen=True)
class Figure:
    """Which number is meant: an indicator, or a rate under a definition, of a unit, a level and a period.

    `level` is the tier whose work is counted. With `printed`, the number is the one that the unit's own report prints
    for that tier, even where the pages would add up the units below. On the `boundary` of today, the number of a unit
    that had no report yet is the sum over the former units it was made of. A `discrete` number is that of the quarter
    alone, which may be the difference of two cumulative ones.
    """

    unit: str
    level: Level
    period: str
    indicator: str = ""
    rate: str = ""
    definition: str = ""
    simulated: bool = False
    printed: bool = False
    boundary: Boundary = "then"
    counting: Counting = "printed"


def figure_printed(row: Mapping[str, Any]) -> Figure | None:
    """The number that a row of a report stands for: its indicator or its rate; null where it has neither.

    A row whose column speaks of another period is no figure of the report's own.
    """
    if row.get("column_period", row["period"]) != row["period"]:
        return None
    about = {name: row[name] for name in ("indicator", "rate", "definition") if row.get(name)}
    return Figure(row["unit_code"], row["level"], row["period"], printed=True, **about) if about else None


def is_added_up(warehouse: Warehouse, figure: Figure) -> bool:
    """Whether the number is the sum over several units rather than the unit's own."""
    path = answers.unit_path(warehouse, figure.unit)
    return not figure.printed and (path.is_empty() or path["level"][-1] != figure.level)


def source_of(warehouse: Warehouse, figure: Figure) -> pl.DataFrame:
    """The printed rows behind a unit's own figure: one with `side` figure, or one a term of the rate.

    `side` is figure, numerator, denominator or stated; a term that the report does not ask for has the status
    `not_asked`, and where the unit sent no report `no_report`.
    """
    return warehouse.ask(
        "source_of",
        {
            "unit": figure.unit,
            "unit_no": number_of(warehouse, figure.unit),
            "level": figure.level,
            "period": figure.period,
            "indicator": figure.indicator,
            "rate": figure.rate,
            "definition": figure.definition,
        },
    )


def source_rate(warehouse: Warehouse, figure: Figure) -> pl.DataFrame:
    """One row: a unit's own rate as printed and as recomputed, with a `verdict`.

    The verdict is agrees, not_stated, not_computed, or the rule broken: rate_differs, rate_truncated, rate_as_ratio,
    rate_on_zero.
    """
    return warehouse.ask(
        "source_rate",
        {
            "unit": figure.unit,
            "level": figure.level,
            "period": figure.period,
            "rate": figure.rate,
            "definition": figure.definition,
        },
    )


def source_told(
    warehouse: Warehouse, figure: Figure, report: str, indicators: Sequence[str], value: float | None
) -> pl.DataFrame:
    """What the running text tells of a rate (whose recomputed percentage is `value`) and of some indicators.

    The verdict is agrees, narrative_differs, not_computed, or other_window where the text cannot be compared.
    """
    parameters = {name: getattr(figure, name) for name in ("unit", "period", "level", "rate")}
    return warehouse.ask(
        "source_told", {**parameters, "report": report, "value": value, "indicators": list(indicators)}
    )


def source_findings(
    warehouse: Warehouse, report: str, places: Sequence[str], subjects: Sequence[str], levels: Sequence[str]
) -> pl.DataFrame:
    """The findings at some places of a report or about some indicators and rates, and those about the whole report."""
    parameters = {"places": list(places), "subjects": list(subjects), "levels": list(levels)}
    return warehouse.ask("source_findings", {"report": report, **parameters})


def source_parts(warehouse: Warehouse, figure: Figure) -> pl.DataFrame:
    """The units whose own figures add up to a number, the largest first, each with its report.

    Values are those that are added: of a split unit the `share` that is estimated to lie here.
    """
    return warehouse.ask(
        "source_parts", _asked(figure) | reach(warehouse, figure.boundary, [figure.unit], figure.level)
    )


def source_own(warehouse: Warehouse, figure: Figure) -> pl.DataFrame:
    """One row: a unit's own figure on its boundary and counting, with its `basis` or `problem`; none for no figure."""
    return warehouse.ask("source_own", _asked(figure) | reach(warehouse, figure.boundary, [figure.unit], figure.level))


def source_heritage(warehouse: Warehouse, figure: Figure) -> pl.DataFrame:
    """Every former unit that the figure of a unit of today needs, with its own whole figure or the `problem` with it.

    `share` is what counts of it: 1, an estimate below 1, or null for a part not to be guessed at. No row on the map of
    the period.
    """
    return warehouse.ask(
        "source_heritage", _asked(figure) | reach(warehouse, figure.boundary, [figure.unit], figure.level)
    )


def source_quarter(warehouse: Warehouse, figure: Figure) -> pl.DataFrame:
    """Two rows: the cumulative figures whose difference a quarter's is, the later first; nulls where there is none."""
    asked = {name: value for name, value in _asked(figure).items() if name not in ("boundary", "counting")}
    return warehouse.ask("source_quarter", asked)


def _asked(figure: Figure) -> dict[str, object]:
    return {name: value for name, value in asdict(figure).items() if name != "printed"}
