"""The administrative units of the catalogue: by code, by name, and with what stands above them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from warehouse.model import LEVELS, Level
from warehouse.tables import read_catalogue
from warehouse.text import words


@dataclass(frozen=True)
class Unit:
    """An administrative unit as the catalogue has it; a null date means unbounded."""

    unit_code: str
    level: Level
    name: str
    short_name: str
    kind: str
    parent_code: str | None
    valid_from: date | None
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        """Whether the unit existed on that day; its last day is not part of it."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@cache
def all_units() -> dict[str, Unit]:
    """Every unit of the catalogue by its code."""
    return {row["unit_code"]: _unit(row) for row in read_catalogue("units").iter_rows(named=True)}


def _unit(row: dict[str, str | None]) -> Unit:
    def day(name: str) -> date | None:
        text = row[name]
        return date.fromisoformat(text) if text else None

    return Unit(
        unit_code=row["unit_code"] or "",
        level=row["level"],  # type: ignore[arg-type]
        name=row["name"] or "",
        short_name=row["short_name"] or "",
        kind=row["kind"] or "",
        parent_code=row["parent_code"],
        valid_from=day("valid_from"),
        valid_to=day("valid_to"),
    )


@cache
def _names() -> dict[tuple[Level, str], tuple[Unit, ...]]:
    """Units by level and folded name, short names, full names and aliases alike."""
    index: dict[tuple[Level, str], dict[str, Unit]] = {}
    units = all_units()
    entries = [(unit, name) for unit in units.values() for name in (unit.short_name, unit.name)]
    entries += [(units[code], alias) for code, aliases in _aliases().items() for alias in aliases]
    for unit, name in entries:
        index.setdefault((unit.level, words(name)), {})[unit.unit_code] = unit
    return {key: tuple(found.values()) for key, found in index.items()}


def units_named(key: str, levels: tuple[Level, ...] = LEVELS) -> Iterator[Unit]:
    """Units of any time that bear the folded name `key`, with or without its kind, or an alias of it."""
    for level in levels:
        yield from _names().get((level, key), ())


def written_names(unit: Unit) -> set[str]:
    """Every name the unit is written by: short and full, those it bore before, and aliases."""
    former = {name for name, _, _ in _former_names().get(unit.unit_code, ())}
    return {unit.name, unit.short_name} | former | _aliases().get(unit.unit_code, set())


@cache
def _aliases() -> dict[str, set[str]]:
    aliases: dict[str, set[str]] = {}
    for row in read_catalogue("unit_aliases").iter_rows(named=True):
        aliases.setdefault(row["unit_code"], set()).add(row["alias"])
    return aliases


def ancestors(unit: Unit) -> list[Unit]:
    """What stands above the unit, the nearest first."""
    above: list[Unit] = []
    while unit.parent_code:
        unit = all_units()[unit.parent_code]
        above.append(unit)
    return above


def lies_in(unit: Unit, other: Unit) -> bool:
    """Whether a unit is a part of another one: below it, or one of those it was formed from."""
    codes = {unit.unit_code, *_successors().get(unit.unit_code, ())}
    above = {one.unit_code for code in codes for one in (all_units()[code], *ancestors(all_units()[code]))}
    return unit.unit_code != other.unit_code and other.unit_code in above


@cache
def _successors() -> dict[str, tuple[str, ...]]:
    successors: dict[str, tuple[str, ...]] = {}
    for old, new in read_catalogue("unit_lineage").select("old_code", "new_code").iter_rows():
        successors[old] = (*successors.get(old, ()), new)
    return successors


def described(unit: Unit, day: date) -> str:
    """`Xã Hà Vinh, Huyện Hà Trung, Tỉnh Thanh Hóa`, each by the name it bore on that day."""
    return ", ".join(name_on(one, day) for one in (unit, *ancestors(unit)))


def name_on(unit: Unit, day: date) -> str:
    """The unit's name on a day: Thừa Thiên Huế became Huế on 01/01/2025 and stayed the same unit."""
    for name, valid_from, valid_to in _former_names().get(unit.unit_code, ()):
        if (valid_from is None or valid_from <= day) and (valid_to is None or day < valid_to):
            return name
    return unit.name


def of_another_time(unit: Unit, key: str, day: date) -> bool:
    """Whether a folded name with its kind is one that the unit bore, but not on this day."""
    dated = {name for name, _, _ in _former_names().get(unit.unit_code, ())}
    full = f"thanh pho {key.removeprefix('tp ')}" if key.startswith("tp ") else key
    return bool(dated) and full in {words(name) for name in dated | {unit.name}} - {words(name_on(unit, day))}


@cache
def _former_names() -> dict[str, list[tuple[str, date | None, date | None]]]:
    """The other names a unit bore, with the day from which and the day up to which it bore each."""
    names: dict[str, list[tuple[str, date | None, date | None]]] = {}
    for row in read_catalogue("unit_names").iter_rows(named=True):
        days = (date.fromisoformat(row[field]) if row[field] else None for field in ("valid_from", "valid_to"))
        names.setdefault(row["unit_code"], []).append((row["name"], *days))
    return names
