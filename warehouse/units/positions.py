"""Positions that can be trusted: those that contradict another one, or were only guessed, are left out.

Both maps' positions come from `vietnamadminunits`, but were found separately, so an old commune and the new
one it went into check each other.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from warehouse.units.sources import Place, Position

# Old and new commune are one place or its neighbour. The widest true distance met is 33 km (Vân Đồn, an
# archipelago); the next ones are homonyms in another district.
FARTHEST_KM = 40.0
_KM_PER_DEGREE = 111.2

Positions = dict[str, Position]


def kilometres(here: Position, there: Position) -> float:
    """Distance in km on a flat map, good to 1 % over the distances asked here."""
    narrowing = math.cos(math.radians((here[0] + there[0]) / 2))
    return _KM_PER_DEGREE * math.hypot(here[0] - there[0], (here[1] - there[1]) * narrowing)


def own_positions(places: Mapping[str, Place]) -> Positions:
    """The positions no other place shares: a shared one is the district's, given for want of a better one."""
    shared = Counter(place.position for place in places.values())
    return {code: place.position for code, place in places.items() if place.position and shared[place.position] == 1}


def agreeing_positions(old: Positions, new: Positions, links: Iterable[tuple[str, str]]) -> tuple[Positions, Positions]:
    """`old` and `new` without those that contradict each other; `links` are (old code, new code).

    A new commune far from all of its two or more predecessors is the wrong one; with one predecessor nobody
    can tell, so both go. An old commune far from every new commune that is still placed is wrong.
    """
    distances = [(o, n, kilometres(old[o], new[n])) for o, n in links if o in old and n in new]
    near = {n for _, n, distance in distances if distance <= FARTHEST_KM}
    predecessors = Counter(n for _, n, _ in distances)
    misplaced_new = {n for n in predecessors if n not in near}
    judged = [(o, d) for o, n, d in distances if n not in misplaced_new or predecessors[n] == 1]
    placed_old = {o for o, distance in judged if distance <= FARTHEST_KM}
    misplaced_old = {o for o, _ in judged} - placed_old
    return (
        {code: position for code, position in old.items() if code not in misplaced_old},
        {code: position for code, position in new.items() if code not in misplaced_new},
    )
