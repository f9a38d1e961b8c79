"""Questions about one unit: where it stands among its peers, all its figures and reports, and who it was before."""

import polars as pl

from warehouse.answers import Scope
from warehouse.answers.comparison import open_ranks
from warehouse.answers.statistics import wilson_interval
from warehouse.model import Level
from warehouse.periods import parse_period
from warehouse.store import Warehouse
from warehouse.territory import Boundary


def peers(warehouse: Warehouse, scope: Scope, root: str, peer_level: Level) -> pl.DataFrame:
    """Every rate of the units of `peer_level` within `root`, in the scope's period with the year before.

    Each has its own figure where the scope counts its own level, else the sums over the units of that level in it; the
    scope's unit plays no part. `rank_best`, `rank_worst` and `alike` as `comparison.compare` has them, among those
    under one definition.
    """
    what = {"period": scope.period, "level": scope.level, "simulated": scope.simulated, "boundary": scope.boundary}
    years = {"year_before": parse_period(scope.period).year_before.code}
    found = warehouse.ask("peers", {**what, **years, "root": root, "peer_level": peer_level})
    groups = [_with_ranks(group) for _, group in found.group_by("rate", "definition", maintain_order=True)]
    return pl.concat(groups) if groups else _with_ranks(found)


def _with_ranks(group: pl.DataFrame) -> pl.DataFrame:
    """The figures of one definition with the ranks that their intervals leave open; null where there is no figure."""
    figures = group.filter(pl.col("percent").is_not_null())
    successes, trials = (figures[name].cast(pl.Float64).to_numpy() for name in ("numerator", "denominator"))
    low, high = wilson_interval(successes, trials)
    ranked = open_ranks(figures.with_columns(low=pl.Series(low).round(11), high=pl.Series(high).round(11)))
    without = group.filter(pl.col("percent").is_null())
    return pl.concat([ranked.drop("low", "high"), without], how="diagonal")


def unit_facts(
    warehouse: Warehouse, unit: str, period: str, simulated: bool, boundary: Boundary = "then"
) -> pl.DataFrame:
    """Every indicator of a unit's own work in a period, beside the year before, in catalogue order."""
    where = {"unit": unit, "period": period, "simulated": simulated, "boundary": boundary}
    return warehouse.ask("unit_facts", {**where, "year_before": parse_period(period).year_before.code})


def unit_reports(warehouse: Warehouse, unit: str, simulated: bool, boundary: Boundary = "then") -> pl.DataFrame:
    """Every report of a unit, and on today's map of what it was made of, the newest first."""
    return warehouse.ask("unit_reports", {"unit": unit, "simulated": simulated, "boundary": boundary})


def unit_kin(warehouse: Warehouse, unit: str) -> pl.DataFrame:
    """The units a unit came of (`predecessor`) and went into (`successor`), and its `former_district`."""
    return warehouse.ask("unit_kin", {"unit": unit})
