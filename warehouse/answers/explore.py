"""The analysts' questions: figures and rates of any mix of units, levels, periods and subjects, long or wide.

A long frame has a figure a row. A wide one puts the periods or the indicators (or rates) side by side: its columns
are those of everything that the filter finds, not of one page. A cell without a figure is null, whatever the reason.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, TypeVar, get_args

import polars as pl

from warehouse.answers import Counting
from warehouse.answers.registry import reach
from warehouse.model import NATION
from warehouse.store import Warehouse
from warehouse.territory import Boundary

Layout = Literal["long", "periods", "indicators"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
ALL = 1 << 40  # more lines than there are


@dataclass(frozen=True)
class FigureFilter:
    """Which figures are wanted, and how they are laid out; units, and what empty and null mean, as in `RowFilter`.

    `others` asks also for what a report prints for the tiers below its unit: never add it to the units' own figures; it
    is there only as printed, on the map of the period. `boundary` and `counting` as in `own_fact` and `own_rate`.
    """

    unit: str = NATION
    below: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    simulated: bool | None = None
    others: bool = False
    layout: Layout = "long"
    boundary: Boundary = "then"
    counting: Counting = "printed"


@dataclass(frozen=True)
class RateFilter:
    """Which rates under which definitions are wanted; the rest as in `FigureFilter`."""

    unit: str = NATION
    below: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    simulated: bool | None = None
    others: bool = False
    layout: Layout = "long"
    boundary: Boundary = "then"
    counting: Counting = "printed"


_Wanted = TypeVar("_Wanted", FigureFilter, RateFilter)


def figures(warehouse: Warehouse, wanted: FigureFilter, limit: int = ALL, offset: int = 0) -> pl.DataFrame:
    """Figures in the order of unit, level, period and indicator: those on `limit` lines of the layout, always long."""
    few, skipped = _of_few_units(warehouse, wanted, limit, offset)
    found = warehouse.ask("figures", {**_asked(warehouse, few), "limit": limit, "offset": offset - skipped})
    return found.with_columns(pl.col("line") + skipped)


def figures_count(warehouse: Warehouse, wanted: FigureFilter) -> pl.DataFrame:
    """One row: how many figures the filter finds, on how many `rows`, of how many units and reports.

    `heads` are the periods or subjects that become columns of a wide layout, in order.
    """
    return _in_all(_counted(warehouse, wanted))


def rate_figures(warehouse: Warehouse, wanted: RateFilter, limit: int = ALL, offset: int = 0) -> pl.DataFrame:
    """Rates in the order of unit, level, period, rate and definition: those on `limit` lines, always long."""
    few, skipped = _of_few_units(warehouse, wanted, limit, offset)
    found = warehouse.ask("rate_figures", {**_asked(warehouse, few), "limit": limit, "offset": offset - skipped})
    return found.with_columns(pl.col("line") + skipped)


def rate_figures_count(warehouse: Warehouse, wanted: RateFilter) -> pl.DataFrame:
    """One row with the columns of `figures_count`; a subject is `rate.definition`."""
    return _in_all(_counted(warehouse, wanted))


def _counted(warehouse: Warehouse, wanted: FigureFilter | RateFilter) -> pl.DataFrame:
    """What the filter finds, by unit and by column of a wide layout; kept, for every page of rows asks for it."""
    is_rate = isinstance(wanted, RateFilter)
    return warehouse.recall("rate_figures_count" if is_rate else "figures_count", _asked(warehouse, wanted))


def _in_all(counted: pl.DataFrame) -> pl.DataFrame:
    units = counted.filter(pl.col("unit_code").is_not_null())
    heads = counted["head"].drop_nulls()
    return units.select(
        *(pl.col(name).sum() for name in ("figures", "rows")),
        pl.len().cast(pl.Int64).alias("units"),
        pl.col("reports").sum(),
        pl.lit(heads.implode()).alias("heads"),
    )


def _of_few_units(warehouse: Warehouse, wanted: _Wanted, limit: int, offset: int) -> tuple[_Wanted, int]:
    """The same of those units only that stand on the lines of a page, with the number of lines before them."""
    if limit == ALL:
        return wanted, 0
    units = _counted(warehouse, wanted).filter(pl.col("unit_code").is_not_null())
    ends = pl.col("rows").cum_sum()
    there = units.filter(ends > offset, ends - pl.col("rows") < offset + limit)
    if there.is_empty():
        return wanted, 0
    before = units.filter(ends <= offset)["rows"].sum()
    return replace(wanted, below=(), alone=tuple(there["unit_code"])), int(before)


def _asked(warehouse: Warehouse, wanted: FigureFilter | RateFilter) -> dict[str, Any]:
    units = [*wanted.below, *wanted.alone] or [wanted.unit]
    return {**asdict(wanted), **reach(warehouse, wanted.boundary, units)}


def parts_of(warehouse: Warehouse, frame: pl.DataFrame, wanted: FigureFilter | RateFilter) -> pl.DataFrame:
    """The reports behind those figures of a frame that are made of several units' own, a row for each of them.

    `heir_code` is the unit of the figure; `unit_code`, `report_id` and `place` are those of a part.
    """
    carried = frame.filter(pl.col("report_id").is_null())
    names = {name: carried[name].unique().to_list() if name in frame.columns else [] for name in ("indicator", "rate")}
    asked = {**reach(warehouse, wanted.boundary, [wanted.unit]), "periods": carried["period"].unique().to_list()}
    units = carried["unit_code"].unique().to_list()
    found = warehouse.ask(
        "carried_parts",
        {
            **asked,
            "boundary": wanted.boundary,
            "counting": wanted.counting,
            "units": units,
            "indicators": names["indicator"],
            "rates": names["rate"],
        },
    )
    shared = [
        name for name in ("level", "period", "simulated", "indicator", "rate", "definition") if name in frame.columns
    ]
    found = found.select("heir_code", *(name for name in found.columns if name in frame.columns))
    return found.join(
        carried, left_on=["heir_code", *shared], right_on=["unit_code", *shared], how="semi", maintain_order="left"
    )


def taken_off(warehouse: Warehouse, frame: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """The reports that are taken off where a quarter of a frame, or of its `parts`, is a difference; as `parts_of`."""
    differences = frame.filter(pl.col("basis") == "difference").with_columns(heir_code="unit_code")
    rows = pl.concat([differences.select(parts.columns), parts]).drop_nulls("report_id")
    indicators = rows["indicator"].unique().to_list() if "indicator" in rows.columns else []
    found = warehouse.ask(
        "taken_off",
        {
            "reports": rows["report_id"].unique().to_list(),
            "indicators": indicators,
            **reach(warehouse, "then", rows["unit_code"].unique().to_list()),
        },
    )
    same = ["until_report", "period", *(["level", "indicator"] if "indicator" in rows.columns else [])]
    own = rows.rename({"report_id": "until_report"}).drop("form", "file_name", "place", strict=False)
    others = found.select(*same, "report_id", "form", "file_name", "place").unique(maintain_order=True)
    return own.join(others, on=same, maintain_order="left").select(parts.columns)


def subject_of(frame: pl.DataFrame) -> pl.Expr:
    """What a figure is about, as one code: the indicator, or `rate.definition`."""
    if "indicator" in frame.columns:
        return pl.col("indicator")
    return pl.concat_str(pl.col("rate"), pl.lit("."), pl.col("definition"))


def widened(frame: pl.DataFrame, layout: Layout, counted: Mapping[str, Any], cells: str) -> pl.DataFrame:
    """A long frame with its periods or subjects as columns, in the order that `counted` (of a count) gives.

    `cells` names the column whose values stand in the cells, e.g. value, percent or status. Where some are estimates,
    the column `estimated` names the columns they stand in, line by line.
    """
    unit = ["line", "unit_name", "province_name", "unit_code", "level"]
    codes = ("indicator", "name", "measure_name", "rate", "rate_name", "definition", "definition_name")
    subjects = [name for name in codes if name in frame.columns]
    across, lines = ("subject", [*unit, "period"]) if layout == "indicators" else ("period", [*unit, *subjects])
    long = frame.with_columns(subject_of(frame).alias("subject"))
    wide = long.pivot(on=across, index=[*lines, "simulated"], values=cells, maintain_order=True)
    empty = [pl.lit(None, frame.schema[cells]).alias(head) for head in counted["heads"] if head not in wide.columns]
    laid = wide.with_columns(empty)
    shown = pl.col("percent" if "percent" in long.columns else "value").is_not_null()
    guessed = long.filter(shown & (pl.col("basis") == "estimated")).group_by("line", maintain_order=True)
    guesses = guessed.agg(pl.col(across).str.join(", ").alias("estimated"))
    marks = ["estimated"] if guesses.height else []
    laid = laid.join(guesses, on="line", how="left").sort("line")
    return laid.select(*lines[1:], "simulated", *marks, *counted["heads"])
