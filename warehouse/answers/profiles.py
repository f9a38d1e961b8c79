"""Questions about one unit: all its figures and reports, and who it was before."""

import polars as pl

from warehouse.answers.arrays import found_at, index_of, order_of
from warehouse.answers.held import Held
from warehouse.answers.registry import level_of, number_of, reach
from warehouse.frames import alike, beside, rows_where
from warehouse.periods import parse_period
from warehouse.store import Warehouse
from warehouse.territory import Boundary


def unit_facts(
    warehouse: Warehouse, unit: str, period: str, simulated: bool, boundary: Boundary = "then"
) -> pl.DataFrame:
    """Every indicator of a unit's own work in a period, beside the year before, in catalogue order.

    What no report of the period asked for has no row; what was asked and left blank has one, with its status.
    """
    year_before = parse_period(period).year_before.code
    asked = {"period": period, "year_before": year_before, "simulated": simulated}
    level = level_of(warehouse, unit)
    if boundary == "then":
        lying = {"unit_no": number_of(warehouse, unit), "level": level or ""}
        own = warehouse.ask("unit_facts", {**asked, **lying})
        said = (alike("basis", "own", own.height), alike("problem", None, own.height).cast(pl.String))
        found = beside(own, said)
    else:
        carried = {"unit": unit, "boundary": boundary, **reach(warehouse, boundary, [unit], level)}
        found = warehouse.ask("unit_facts_carried", {**asked, **carried})
    names = warehouse.remembered("indicator_names", lambda: warehouse.ask("indicator_names"))
    now, before = (rows_where(found, found["period"] == code) for code in (period, year_before))
    row, past = (found_at(order_of(part["indicator"]), names["indicator"]) for part in (now, before))
    asked_for = row >= 0
    figures = now[index_of(row[asked_for])], before[index_of(past[asked_for])]
    columns = [figures[0][name] for name in ("value", "status", "basis", "problem")]
    columns += [figures[1][name].alias(f"{name}_before") for name in ("value", "problem")]
    return beside(rows_where(names, asked_for), columns)


def unit_reports(warehouse: Warehouse, unit: str, simulated: bool, boundary: Boundary = "then") -> pl.DataFrame:
    """Every report of a unit, and on today's map of what it was made of, the newest first."""
    return warehouse.ask("unit_reports", {"unit": unit, "simulated": simulated, "boundary": boundary})


def unit_kin(warehouse: Warehouse, unit: str) -> pl.DataFrame:
    """The units a unit came of (`predecessor`) and went into (`successor`), and its `former_district`."""
    held = warehouse.remembered("unit_kin", lambda: Held.by(warehouse.ask("unit_kin")))
    found = held.of([number_of(warehouse, unit)])
    return found[[name for name in found.columns if name != "unit_no"]]
