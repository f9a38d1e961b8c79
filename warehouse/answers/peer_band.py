"""The band in which a unit's peers lie: median and quartiles of the units of its level, by period.

The peers of a commune or district are those of its province, of a province those of the country, on the same
boundary and under the same definition: their figures are those that `trends.trend` gives.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from warehouse.answers import Counting, Scope, Subject, trends
from warehouse.answers.held import reporting_on
from warehouse.answers.registry import WHOLE, around_of, level_of, members_in, names_on, periods_of
from warehouse.store import Warehouse
from warehouse.territory import Boundary

FEWEST_PEERS = 5  # of fewer, quartiles say nothing


def peer_units(warehouse: Warehouse, unit: str, simulated: bool, boundary: Boundary = "then") -> pl.DataFrame:
    """The units of a unit's level, at any time, in its province (a province: in the country), with reports in them."""
    names, level = names_on(warehouse, date.max), level_of(warehouse, unit)
    around = around_of(warehouse, boundary, unit)
    if around is None:
        return pl.DataFrame(schema={"unit_code": pl.String, "around": pl.String})
    there = names[members_in(warehouse, boundary, around).cast(pl.UInt32) - 1].filter(pl.col("level") == level)
    sent = np.isin(there["unit_no"].to_numpy(), reporting_on(warehouse, boundary, simulated).units)
    on_map = pl.lit(boundary == "then" or level == "district") | pl.col("valid_to").is_null()
    peers = there.filter(on_map, pl.Series(sent))
    return peers.select("unit_code", pl.lit(around).alias("around")).sort("unit_code")


def peer_band(
    warehouse: Warehouse,
    scope: Scope,
    subject: Subject,
    spans: Sequence[str],
    counting: Counting = "printed",
) -> pl.DataFrame:
    """The quartiles of the peers of the scope's unit, a row for each period in which at least five have a figure.

    Columns: period, window_end, low, median, high (quartiles by linear interpolation), units (how many peers, the unit
    itself among them, without those whose rate is above 100 %) and around (the code of where they lie). No row for a
    unit without a level, such as the country.
    """
    peers = peer_units(warehouse, scope.unit, scope.simulated, scope.boundary)
    if peers.height < FEWEST_PEERS:
        return pl.DataFrame(schema=_COLUMNS)
    figures = trends.values(warehouse, scope, peers["unit_code"].to_list(), subject, counting)
    if subject.rate:
        figures = figures.filter(pl.col("value") <= WHOLE)
    periods = periods_of(warehouse).filter(pl.col("span").is_in(list(spans))).select("period", "window_end")
    value = pl.col("value")
    return (
        figures.join(periods, on="period")
        .group_by("period", "window_end")
        .agg(
            value.quantile(0.25, "linear").alias("low"),
            value.median().alias("median"),
            value.quantile(0.75, "linear").alias("high"),
            pl.len().cast(pl.Int64).alias("units"),
        )
        .filter(pl.col("units") >= FEWEST_PEERS)
        .sort("window_end", "period")
        .with_columns(pl.lit(peers["around"][0]).alias("around"))
    )


_COLUMNS = {
    "period": pl.String,
    "window_end": pl.Date,
    **dict.fromkeys(("low", "median", "high"), pl.Float64),
    "units": pl.Int64,
    "around": pl.String,
}
