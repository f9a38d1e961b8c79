"""What pages ask for first, read before anybody asks."""

from time import monotonic, sleep

from warehouse.answers import catalogue
from warehouse.answers.held import rates_of_level, reporting_on, sums_of_level
from warehouse.answers.registry import natures
from warehouse.store import Warehouse
from warehouse.territory import BOUNDARIES, Boundary


def hold_ahead(warehouse: Warehouse, rest: float = 0.0) -> None:
    """Hold who reported, the rates and their sums, in every world and level there is: the map of each period first.

    Some 3 seconds for the country, which the first visitors would wait for else; with `rest` it pauses after each rate
    for so many times as long as that took, and leaves the processor to those who are there already. A map that might
    push out what is held of the one before, which is asked for more often, waits to be asked for; of a version that is
    forgotten meanwhile nothing stays.
    """
    catalogue(warehouse)
    taken = 0
    for boundary in BOUNDARIES:
        left = warehouse.held.left
        if left < taken or warehouse.forgotten.is_set():
            break
        _hold_map(warehouse, boundary, rest)
        taken = max(taken, left - warehouse.held.left)
    if warehouse.forgotten.is_set():
        warehouse.held.clear()


def _hold_map(warehouse: Warehouse, boundary: Boundary, rest: float) -> None:
    for simulated in (False, True):
        for level in sorted({level for level, _ in reporting_on(warehouse, boundary, simulated).stretches if level}):
            world = {"level": level, "simulated": simulated, "boundary": boundary}
            sums_of_level(warehouse, world)
            for rate, definition in natures(warehouse).select("rate", "definition").rows():
                if not warehouse.forgotten.is_set():
                    begun = monotonic()
                    rates_of_level(warehouse, world, rate, definition)
                    sleep(rest * (monotonic() - begun))
