"""The entry to the simulation of the country: every unit of both maps, 2016 to 2026, as facts without printed rows.

No figure in it is real. Every random draw comes from the seed, the purpose and the unit's code, so that a province
can be simulated alone.
"""

from collections.abc import Iterator, Sequence

from warehouse.demo.figured import fill_in, reported
from warehouse.demo.nation_work import Simulator
from warehouse.demo.places import places_of, provinces_of_today
from warehouse.demo.timeline import Timeline
from warehouse.model import Figured

# 2026 is simulated whole, but its last period was not over when the last reports were sent.
ELEVEN_YEARS = Timeline(tuple(range(2016, 2027)), reported=43)


def nation_parts() -> tuple[str, ...]:
    """The provinces of today that the country is simulated by, in order."""
    return provinces_of_today()


def simulate_nation(seed: int = 2016, provinces: Sequence[str] | None = None) -> Iterator[Figured]:
    """What all units reported for Q1, 6M, 9M and 12M of 2016 to 9M of 2026, made up: one province of today at a time.

    A province of today comes with the ones it was made of, their districts and communes. `provinces` narrows it to
    some of `nation_parts`, in their order; raises `LookupError` for a code that is none of them.
    """
    unknown = sorted(set(provinces or ()) - set(nation_parts()))
    if unknown:
        raise LookupError(f"not provinces of today: {', '.join(unknown)}; there are {', '.join(nation_parts())}")
    wanted = nation_parts() if provinces is None else tuple(code for code in nation_parts() if code in provinces)
    for province in wanted:
        groups = Simulator(places_of(province), seed, ELEVEN_YEARS).groups()
        yield reported([fill_in(group, seed) for group in groups], seed)
