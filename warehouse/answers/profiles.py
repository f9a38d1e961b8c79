"""Questions about one unit: where it stands among its peers, all its figures and reports, and who it was before."""

import polars as pl

from warehouse.answers import Scope
from warehouse.model import Level
from warehouse.periods import parse_period
from warehouse.store import Warehouse
from warehouse.territory import Boundary


def peers(warehouse: Warehouse, scope: Scope, root: str, peer_level: Level) -> pl.DataFrame:
    """Every rate of the units of `peer_level` within `root`, in the scope's period with the year before.

    Each has its own figure where the scope counts its own level, else the sums over the units of that level in it; the
    scope's unit plays no part.
    """
    what = {"period": scope.period, "level": scope.level, "simulated": scope.simulated, "boundary": scope.boundary}
    years = {"year_before": parse_period(scope.period).year_before.code}
    return warehouse.ask("peers", {**what, **years, "root": root, "peer_level": peer_level})


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
