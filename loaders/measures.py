"""What the indicators count in: the measures of the catalogue, and how each is written."""

import re
from functools import cache, lru_cache

from loaders.form import all_forms
from warehouse.tables import read_catalogue
from warehouse.text import words

# `Số hồ sơ đã tiếp nhận (hồ sơ)`, `(ĐVT: hồ sơ)`, `(Đơn vị: hồ sơ)`
UNIT_BEHIND = re.compile(r"\s*\((?:(?:đơn vị(?: tính)?|đvt)\s*:\s*)?(?P<unit>[^():]{1,30})\)\s*$", re.IGNORECASE)


@cache
def measure_of() -> dict[str, str]:
    """The measure of each indicator."""
    return dict(read_catalogue("indicators").select("indicator", "measure").iter_rows())


@cache
def written_units() -> dict[str, tuple[str, ...]]:
    """How each measure is written behind a figure, or as the unit of a row."""
    rows = read_catalogue("measures").select("measure", "name_vi", "printed").iter_rows()
    return {one: tuple(dict.fromkeys((name, *filter(None, (printed or "").split("|"))))) for one, name, printed in rows}


@cache
def units_of(measure: str) -> frozenset[str]:
    """The folded units in which a measure is printed, behind labels too."""
    return frozenset(map(words, written_units().get(measure, ()))) - {""}


@cache
def _units() -> frozenset[str]:
    """The units of every measure, and those that the rows of forms print: `Đơn vị`, `Ban`."""
    printed = {row.unit_of_measure or "" for form in all_forms() for row in form.rows}
    of_forms = {words(unit) for unit in printed if "=" not in unit}
    return frozenset().union(*map(units_of, written_units()), of_forms) - {"", "nt"}


@lru_cache(maxsize=1 << 16)
def unit_behind(label: str) -> str:
    """The folded unit of measure that a label prints behind itself; empty where there is none."""
    unit = UNIT_BEHIND.search(label)
    key = words(unit["unit"]) if unit else ""
    return key if key in _units() else ""
