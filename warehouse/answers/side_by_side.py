"""Up to twelve units side by side on several measures: one frame for the table, the figures and the file."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from warehouse.answers import Counting, Scope, Subject, trends
from warehouse.answers.comparison import change_real, open_ranks, with_intervals
from warehouse.answers.registry import WHOLE
from warehouse.frames import alike
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
    before = parse_period(period).year_before.code
    asked = pl.DataFrame(
        [(measure.code, unit, measure.less_is_better, measure.cases) for measure in measures for unit in units],
        schema={"measure": pl.String, "unit_code": pl.String, "less": pl.Boolean, "cases": pl.Boolean},
        orient="row",
    )
    if figures.is_empty():
        figures = pl.DataFrame(schema=_FIGURES)
    now = figures.filter(pl.col("period") == period).select(list(_FIGURES)).drop("period")
    keys = ["measure", "unit_code"]
    then = {name: f"{name}_before" for name in ("value", *_PARTS, "basis", "units")}
    past = figures.filter(pl.col("period") == before).select(*keys, *then).rename(then)
    joined = asked.join(now, on=keys, how="left", maintain_order="left").join(
        past, on=keys, how="left", maintain_order="left"
    )
    possible = pl.col("denominator").is_null() | (pl.col("value") <= WHOLE)
    value = pl.when(possible).then(pl.col("value"))
    better = pl.when("less").then(value).otherwise(-value)
    return (
        _open(joined)
        .with_columns(
            pl.when(pl.col("value").is_null()).then(pl.col("problem").fill_null("no_figure")).alias("problem"),
            (pl.col("value") - pl.col("value_before")).alias("change"),
            _sure(joined).alias("sure"),
            pl.col("units").eq_missing(pl.col("units_before")).alias("same_units"),
            pl.when(better.count().over("measure") > 1)
            .then(better.rank("min").over("measure").cast(pl.Int64))
            .alias("rank"),
            pl.when(better.is_not_null()).then(better.count().over("measure").cast(pl.Int64)).alias("ranked"),
        )
        .drop("less", "cases", "units", *(name for name in then.values() if name != "value_before"))
    )


def _open(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the ranks that are open among those of one measure."""
    directed = with_intervals(rows).with_columns(direction=pl.when("less").then(pl.lit("down")).otherwise(pl.lit("up")))
    ranked = open_ranks(directed, rows["measure"].rle_id().to_numpy())
    return ranked.drop("low", "high", "alike", "direction")


def _sure(rows: pl.DataFrame) -> pl.Series:
    """Whether each row's change is more than chance; null for counts, estimates and what is above 100 %."""
    real = change_real(rows.rename({"value": "percent", "value_before": "percent_before"}))
    of_same = pl.col("units").eq_missing(pl.col("units_before"))  # else the change may be that of other units alone
    return rows.select(pl.when(pl.lit(real).is_not_null()).then(pl.lit(real != "open") & of_same)).to_series()


_PARTS = ("numerator", "denominator")


_FIGURES: dict[str, pl.DataType] = {
    **dict.fromkeys(("measure", "unit_code", "period"), pl.String()),
    "value": pl.Float64(),
    "units": pl.Int64(),
    **dict.fromkeys(("numerator", "denominator"), pl.Decimal(18, 4)),
    **dict.fromkeys(("problem", "basis"), pl.String()),
}
