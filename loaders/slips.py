"""Names of units with a slip of the pen: the one unit they can mean, and names that are one letter from another unit's.

A slip is taken for a unit only where no other one there is nearly as like; where a document names two units whose names
are nearly alike, nobody can tell which of them is the slip.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from loaders.mentions import Mention, PlaceLine, whole_names
from loaders.names import LEVEL_OF_KIND
from loaders.units import Unit, all_units, ancestors, units_named
from warehouse.model import Level
from warehouse.text import words

_SLIPS, _NO_SLIP = 1, 99  # letters of a name that may be wrong
_SHORTEST_NAME, _LONG_NAME = 6, 11  # letters


@dataclass(frozen=True)
class Misspelt:
    """A folded name that no unit bears, and the units it may mean, the likeliest first."""

    printed: str
    units: Sequence[Unit]

    @property
    def is_sure(self) -> bool:
        """Whether there is no other unit that is nearly as like."""
        return len(self.units) == 1


def misspelt(printed: Iterable[str], inside: Iterable[Unit], weights: Counter[str]) -> Misspelt | None:
    """The name that is a unit's but for a slip, in the district the document names; null where none is."""
    there = [unit for unit in inside if _stands_where_named(unit, weights)]
    found = [(slips, name) for name in printed for unit in there if (slips := _slips(name, unit)) != _NO_SLIP]
    if not found:
        return None
    fewest, name = min(found)
    distances = {unit: OSA.distance(name, words(unit.short_name)) for unit in there}
    near = [unit for unit in there if distances[unit] <= fewest + 1]
    return Misspelt(name, sorted(near, key=lambda unit: (distances[unit], unit.unit_code)))


def printed_names(mentions: Iterable[Mention], places: Iterable[PlaceLine], level: Level) -> list[str]:
    """The words that stand where the unit's name should, behind `UBND xã` or in the dateline.

    What is the name of a unit of another time or level is no slip of the pen.
    """
    behind = (
        name
        for mention in mentions
        if mention.committee and mention.unknown and level in LEVEL_OF_KIND[mention.kind]
        for name in whole_names(mention)
    )
    names = dict.fromkeys((*behind, *(place.name for place in places)))
    return [name for name in names if not any(units_named(name))]


def nearly_named(unit: Unit, mentions: Iterable[Mention], places: Iterable[PlaceLine]) -> Unit | None:
    """Another unit beside this one that the dateline or a committee that reports names, by nearly the same name."""
    named: list[tuple[Unit, ...]] = [place.units for place in places]
    named += [one.units for one in mentions if one.own and one.committee and not one.recipient]
    for units in named:
        beside = [one for one in units if one.level == unit.level and one.parent_code == unit.parent_code]
        if unit not in units and (near := next((one for one in beside if _are_near(one, unit)), None)):
            return near
    return None


def near_in(unit: Unit, place: Unit, inside: Iterable[Unit]) -> Iterator[Unit]:
    """The units of another place whose names are nearly that of a unit which does not lie there."""
    return (one for one in inside if one.parent_code == place.unit_code and _are_near(one, unit))


def _are_near(one: Unit, other: Unit) -> bool:
    """Whether two names are a letter apart, or their accents; numbers are names of their own."""
    names = words(one.short_name), words(other.short_name)
    return not any(name[-1:].isdigit() for name in names) and OSA.distance(*names) <= _SLIPS


def _stands_where_named(unit: Unit, weights: Counter[str]) -> bool:
    """Whether the document names what is right above the unit; its province is enough where no district of it is."""
    above = ancestors(unit)
    if not above or weights[above[0].unit_code]:
        return bool(above)
    beside = any(weight and all_units()[code].parent_code == above[-1].unit_code for code, weight in weights.items())
    return len(above) > 1 and bool(weights[above[-1].unit_code]) and not beside


def _slips(printed: str, unit: Unit) -> int:
    """How many letters are wrong; `_NO_SLIP` where they are too many, or the name is a number or too short to tell."""
    name = words(unit.short_name)
    most = _SLIPS if len(name) < _LONG_NAME else _SLIPS + 1
    if len(name) < _SHORTEST_NAME or any(character.isdigit() for character in name):
        return _NO_SLIP
    wrong = OSA.distance(printed, name, score_cutoff=most)
    return wrong if wrong <= most else _NO_SLIP
