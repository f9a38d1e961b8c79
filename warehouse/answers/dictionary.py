"""What the catalogue means by its words, with how far reports cover it: indicators, rates, form rows, targets."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from warehouse.answers.registry import reach
from warehouse.model import NATION, Level
from warehouse.store import Warehouse


def dictionary_indicators(warehouse: Warehouse, unit: str = NATION, simulated: bool | None = None) -> pl.DataFrame:
    """The indicators with how many reports of a unit and those below gave, left blank or were not asked for each."""
    return warehouse.ask(
        "dictionary_indicators", {"unit": unit, "simulated": simulated, **reach(warehouse, "then", [unit])}
    )


def dictionary_rates(warehouse: Warehouse, unit: str = NATION, simulated: bool | None = None) -> pl.DataFrame:
    """The rates under each definition with their formulas as lists of terms, and how many reports give them."""
    return warehouse.ask("dictionary_rates", {"unit": unit, "simulated": simulated, **reach(warehouse, "then", [unit])})


def dictionary_rows(warehouse: Warehouse) -> pl.DataFrame:
    """The printed rows of the known forms that ask for an indicator, in printed order."""
    return warehouse.ask("dictionary_rows")


def dictionary_targets(warehouse: Warehouse) -> pl.DataFrame:
    """The targets in the catalogue with their sources."""
    return warehouse.ask("dictionary_targets")


def formulas(warehouse: Warehouse) -> pl.DataFrame:
    """What is worked out of what: `kind` is rate, stated (a printed percentage) or sum; each side a list of terms."""
    return warehouse.ask("formulas")


def counts_all_tiers(warehouse: Warehouse, rate: str, definition: str, level: Level) -> bool:
    """Whether a rate of a level is one of the whole area: its terms are of other tiers too, or count all at once."""

    def read() -> set[tuple[str, str, str | None]]:
        rows = formulas(warehouse).filter(kind="rate").to_dicts()
        return {(row["subject"], row["definition"], row["level"]) for row in rows if _of_area(row)}

    known = warehouse.remembered("rates of areas", read)
    return not known.isdisjoint({(rate, definition, level), (rate, definition, None)})


def _of_area(formula: Mapping[str, Any]) -> bool:
    terms = [*formula["numerator"], *formula["denominator"]]
    return any(term["level"] not in {None, formula["level"]} or term["indicator"].endswith("_area") for term in terms)


def sum_of(terms: Sequence[Mapping[str, Any]], name: str) -> str:
    """The terms of one side of a formula as a sum, by a field such as `name_vi` or `indicator`."""
    return " + ".join(f"{term[name]}@{term['level']}" if term["level"] else str(term[name]) for term in terms or ())
