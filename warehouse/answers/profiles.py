"""Questions about one unit: all its figures and reports, and who it was before."""

import polars as pl

from warehouse.answers.held import Held
from warehouse.answers.registry import level_of, number_of, reach
from warehouse.periods import parse_period
from warehouse.store import Warehouse
from warehouse.territory import Boundary


def unit_facts(
    warehouse: Warehouse, unit: str, period: str, simulated: bool, boundary: Boundary = "then"
) -> pl.DataFrame:
    """Every indicator of a unit's own work in a period, beside the year before, in catalogue order.

    What no report of the period asked for has no row; what was asked and left blank has one, with its status.
    """
    asked = {"unit": unit, "period": period, "simulated": simulated}
    years = {"year_before": parse_period(period).year_before.code}
    if boundary == "then":
        lying = {"unit_no": number_of(warehouse, unit), "level": level_of(warehouse, unit) or ""}
        found = warehouse.ask("unit_facts", {**asked, **years, **lying})
    else:
        found = warehouse.ask(
            "unit_facts_carried",
            {**asked, **years, "boundary": boundary, **reach(warehouse, boundary, [unit], level_of(warehouse, unit))},
        )
    names = warehouse.remembered("indicator_names", lambda: warehouse.ask("indicator_names"))
    is_now = pl.col("period") == period
    before = found.filter(~is_now).select("indicator", "value", "problem")
    return (
        names.join(found.filter(is_now), on="indicator", maintain_order="left")
        .join(before, on="indicator", how="left", suffix="_before", maintain_order="left")
        .select(*names.columns, *_FACT_COLUMNS)
    )


_FACT_COLUMNS = ("value", "status", "basis", "problem", "value_before", "problem_before", "report_id", "place")


def unit_reports(warehouse: Warehouse, unit: str, simulated: bool, boundary: Boundary = "then") -> pl.DataFrame:
    """Every report of a unit, and on today's map of what it was made of, the newest first."""
    return warehouse.ask("unit_reports", {"unit": unit, "simulated": simulated, "boundary": boundary})


def unit_kin(warehouse: Warehouse, unit: str) -> pl.DataFrame:
    """The units a unit came of (`predecessor`) and went into (`successor`), and its `former_district`."""
    held = warehouse.remembered("unit_kin", lambda: Held.by(warehouse.ask("unit_kin")))
    found = held.of([number_of(warehouse, unit)])
    return found[[name for name in found.columns if name != "unit_no"]]
