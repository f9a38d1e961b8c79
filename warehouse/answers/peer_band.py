"""The band in which a unit's peers lie: median and quartiles of the units of its level, by period.

The peers of a commune or district are those of its province, of a province those of the country, on the same
boundary and under the same definition: their figures are those that `trends.trend` gives.
"""

from collections.abc import Sequence

import polars as pl

from warehouse.answers import Counting, Scope, Subject, trends
from warehouse.store import Warehouse
from warehouse.territory import Boundary

FEWEST_PEERS = 5  # of fewer, quartiles say nothing


def peer_units(warehouse: Warehouse, unit: str, simulated: bool, boundary: Boundary = "then") -> pl.DataFrame:
    """The units of a unit's level, at any time, in its province (a province: in the country), with reports in them."""
    return warehouse.ask("peer_units", {"unit": unit, "simulated": simulated, "boundary": boundary})


def peer_band(
    warehouse: Warehouse,
    scope: Scope,
    subject: Subject,
    spans: Sequence[str],
    counting: Counting = "printed",
) -> pl.DataFrame:
    """The quartiles of the peers of the scope's unit, a row for each period in which at least five have a figure.

    Columns: period, window_end, low, median, high (quartiles by linear interpolation), units (how many peers, the unit
    itself among them) and around (the code of where they lie). No row for a unit without a level, such as the country.
    """
    peers = peer_units(warehouse, scope.unit, scope.simulated, scope.boundary)
    if peers.height < FEWEST_PEERS:
        return pl.DataFrame(schema=_COLUMNS)
    figures = trends.trend(warehouse, scope, peers["unit_code"].to_list(), subject, spans, counting)
    value = pl.col("value")
    return (
        figures.filter(value.is_not_null())
        .group_by("period", "window_end", maintain_order=True)
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
