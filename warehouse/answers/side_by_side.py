"""Up to twelve units side by side on several measures: one frame for the table, the figures and the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from warehouse.answers import Counting, Scope, Subject, trends
from warehouse.answers.arrays import NO_TEXT, Arrays, Numbers, Places, arrays_of, at, found_at, frame_of, order_of
from warehouse.answers.comparison import change_real, open_ranks, with_intervals
from warehouse.answers.registry import PARTS, WHOLE
from warehouse.answers.statistics import ranks
from warehouse.frames import alike, beside
from warehouse.periods import parse_period
from warehouse.store import Warehouse

MOST_UNITS = 12
MOST_MEASURES = 6


@dataclass(frozen=True)
class Measure:
    """What is compared: a code of its own, what is counted, whether less is better, whether its parts count cases."""

    code: str
    subject: Subject
    less_is_better: bool = False
    cases: bool = True


def side_by_side(
    warehouse: Warehouse,
    scope: Scope,
    units: Sequence[str],
    measures: Sequence[Measure],
    spans: Sequence[str],
    counting: Counting = "printed",
) -> pl.DataFrame:
    """The rows of `trends.trend` for every measure, with its code in the first column, `measure`.

    Raises `ValueError` for more than twelve units or six measures: what cannot be taken in at a glance is a table of
    its own, and the server answers many readers.
    """
    if len(set(units)) > MOST_UNITS or len(measures) > MOST_MEASURES:
        raise ValueError(
            f"{len(set(units))} units and {len(measures)} measures: at most {MOST_UNITS} and {MOST_MEASURES}"
        )
    frames = []
    for measure in measures:
        lines = trends.trend(warehouse, scope, units, measure.subject, spans, counting)
        frames.append(pl.DataFrame([alike("measure", measure.code, lines.height), *lines.get_columns()]))
    return pl.concat(frames) if frames else pl.DataFrame()


def in_period(figures: pl.DataFrame, period: str, units: Sequence[str], measures: Sequence[Measure]) -> pl.DataFrame:
    """A row for each measure and unit in one period: the figure, the change on the year before, the rank in the set.

    Columns: measure, unit_code, value, numerator, denominator, problem, basis, value_before, change (in points or in
    the measure's own unit; null where either is missing), sure (whether the 95 % interval of a rate's change leaves
    out 0, and as many units stand behind both figures; null where that cannot be said), same_units (whether as many
    do), rank (ties share one; null where there is no figure, or no other, or for a rate above 100 %; only figures under
    one definition are in a frame), ranked (among how many), rank_best and rank_worst (the ranks that are open, as
    `comparison.compare` has them; null for what is no rate of cases). A unit with no row in `figures` has no figure
    anywhere: its problem is no_figure.
    """
    figures = figures if figures.height else pl.DataFrame(schema=_FIGURES)
    asked = [(measure, unit) for measure in measures for unit in units]
    keys = zip(*(figures[name].to_list() for name in ("measure", "unit_code", "period")), strict=True)
    places = order_of(keys)
    found = arrays_of(figures, _NOW)
    now, past = (
        found_at(places, ((measure.code, unit, code) for measure, unit in asked))
        for code in (period, parse_period(period).year_before.code)
    )
    lines = {name: at(values, now) for name, values in found.items()}
    lines |= {f"{name}_before": at(found[name], past) for name in ("value", *_PARTS, "basis", "units")}
    lines |= {
        "measure": np.array([measure.code for measure, _ in asked], dtype=object),
        "unit_code": np.array([unit for _, unit in asked], dtype=object),
        "cases": np.array([measure.cases for measure, _ in asked], dtype=bool),
        "direction": np.array(["down" if measure.less_is_better else "up" for measure, _ in asked], dtype=object),
    }
    value, said = lines["value"], lines["problem"]
    lines["problem"] = np.where(np.isnan(value), np.where(said == None, "no_figure", said), NO_TEXT)  # noqa: E711
    lines["change"] = value - lines["value_before"]
    group = np.repeat(np.arange(len(measures)), len(units))
    lines["rank"], lines["ranked"] = _ranks(lines, group)
    units_before = lines["units_before"]
    same_units = (lines["units"] == units_before) | (np.isnan(lines["units"]) & np.isnan(units_before))
    rows = frame_of(lines, _LINES)
    ranked = open_ranks(with_intervals(rows), group)
    real = change_real(rows.rename({"value": "percent", "value_before": "percent_before"}))
    # Of other units behind it, the change may be theirs alone.
    sure = [None if code is None else code != "open" and same for code, same in zip(real, same_units, strict=True)]
    columns = [pl.Series("sure", sure, pl.Boolean), pl.Series("same_units", same_units)]
    return beside(ranked, columns)[list(_SHOWN)]


def _ranks(lines: Arrays, group: Places) -> tuple[Numbers, Numbers]:
    """The rank of each line among those of its measure, and among how many; nan for what cannot be ranked."""
    possible = np.isnan(lines["denominator"]) | (lines["value"] <= WHOLE)
    better = np.where(possible, lines["value"] * np.where(lines["direction"] == "down", 1, -1), np.nan)
    rank, ranked = np.full((2, len(better)), np.nan)
    for number in np.unique(group):
        known = (group == number) & ~np.isnan(better)
        ranked[known] = known.sum()
        if known.sum() > 1:
            rank[known] = ranks(better[known])
    return rank, ranked


_PARTS = ("numerator", "denominator")
_NOW = ("value", "units", *_PARTS, "problem", "basis")
_FIGURES: dict[str, Any] = {
    **dict.fromkeys(("measure", "unit_code", "period"), pl.String),
    **{"value": pl.Float64, "units": pl.Int64, "numerator": PARTS, "denominator": PARTS},
    **dict.fromkeys(("problem", "basis"), pl.String),
}
_LINES: dict[str, Any] = {
    **{name: kind for name, kind in _FIGURES.items() if name not in {"period", "units"}},
    **{"value_before": pl.Float64, "numerator_before": PARTS, "denominator_before": PARTS, "basis_before": pl.String},
    **{"cases": pl.Boolean, "direction": pl.String, "change": pl.Float64, "rank": pl.Int64, "ranked": pl.Int64},
}
_SHOWN = (
    *("measure", "unit_code", "value", "numerator", "denominator", "problem", "basis", "value_before"),
    *("rank_best", "rank_worst", "change", "sure", "same_units", "rank", "ranked"),
)
