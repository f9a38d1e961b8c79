"""The entry to the simulation: one province, 2021 to 2025, as a batch to publish.

No figure in it is real. Every random draw comes from the seed, the purpose and the unit's code.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from warehouse.demo.arrivals import document_numbers, sent_reports, signing_days, valid_at_window_end
from warehouse.demo.dice import Dice
from warehouse.demo.errors import plant_errors
from warehouse.demo.ledger import Ledger
from warehouse.demo.places import PROVINCE, the_province
from warehouse.demo.printing import print_cells
from warehouse.demo.reports import as_batch, report_ids
from warehouse.demo.sheets import lay_out
from warehouse.demo.timeline import FIVE_YEARS
from warehouse.demo.work import simulate_work
from warehouse.model import Batch, Form

COMMUNE_FORM = "thanh-hoa-commune-2024"
DISTRICT_FORM = "hue-district"
_PLANTED = {"report_id": pl.String, "rule": pl.String}


@dataclass(frozen=True)
class Simulation:
    """A batch, and the errors that were planted in it: `report_id` and the `rule` that should find each."""

    batch: Batch
    planted: pl.DataFrame


def simulate(forms: Sequence[Form], seed: int = 2021) -> Batch:
    """The reports of Quảng Ninh for Q1, 6M, 9M and 12M of 2021 to 2025, made up.

    Communes report on the form `thanh-hoa-commune-2024`, districts and the province on `hue-district`;
    raises `LookupError` when one of the two is missing or asks for something the simulation does not know.
    """
    return simulate_with_errors(forms, seed).batch


def simulate_with_errors(forms: Sequence[Form], seed: int = 2021) -> Simulation:
    """The same, with the list of the errors planted in it."""
    places = the_province()
    work = simulate_work(places, seed)
    groups = (
        (DISTRICT_FORM, work.province, (PROVINCE,)),
        (DISTRICT_FORM, work.districts, places.districts),
        (COMMUNE_FORM, work.communes, places.communes),
        (COMMUNE_FORM, work.merged, places.merged),
    )
    parts = [_reported(_form(forms, name), ledger, units, seed) for name, ledger, units in groups]
    reports = pl.concat([part.batch.reports for part in parts])
    order = {code: position for position, code in enumerate(FIVE_YEARS.codes)}
    in_order = reports.sort(pl.col("period").replace_strict(order), maintain_order=True)
    observations = pl.concat([part.batch.observations for part in parts])
    return Simulation(Batch(in_order, observations), pl.concat([part.planted for part in parts]))


def _reported(form: Form, ledger: Ledger, units: tuple[str, ...], seed: int) -> Simulation:
    """The reports of one group of units."""
    arrivals, habits, errors = (Dice(seed, purpose, units) for purpose in ("arrivals", "habits", "errors"))
    expected = valid_at_window_end(units, FIVE_YEARS)
    sent = sent_reports(arrivals, expected)
    sheet = lay_out(form, ledger, units, sent)
    if ledger.level == "province":
        # Its figures head every page: its reports all arrive, and in full.
        sheet.sent, sheet.spared = expected, expected.copy()
    planted = plant_errors(sheet, errors)
    batch = as_batch(sheet, print_cells(sheet, habits), signing_days(arrivals), document_numbers(arrivals))
    ids = report_ids(sheet, batch)
    found_in = [ids[error.unit, error.period] for error in planted]
    rules = [error.rule for error in planted]
    return Simulation(batch, pl.DataFrame({"report_id": found_in, "rule": rules}, schema=_PLANTED))


def _form(forms: Sequence[Form], name: str) -> Form:
    for form in forms:
        if form.form == name:
            return form
    there = ", ".join(form.form for form in forms)
    raise LookupError(f"the simulation needs the form {name}; there are {there}")
