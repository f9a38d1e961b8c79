"""What pages ask for first, read before anybody asks."""

from warehouse.answers.held import rates_of_level, reporting_on, sums_of_level
from warehouse.answers.registry import natures
from warehouse.store import Warehouse


def hold_ahead(warehouse: Warehouse) -> None:
    """Hold who reported, the rates and their sums on the map of each period, in every world and level there is.

    A second for the country, which the first profile would take else.
    """
    for simulated in (False, True):
        for level in sorted({level for level, _ in reporting_on(warehouse, "then", simulated).stretches}):
            world = {"level": level, "simulated": simulated, "boundary": "then"}
            sums_of_level(warehouse, world)
            for rate, definition in natures(warehouse).select("rate", "definition").rows():
                rates_of_level(warehouse, world, rate, definition)
