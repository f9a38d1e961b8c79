"""The units of a province of today: the ones it has, and the ones they were made of on 01/07/2025.

Districts and the communes in them ended on 30/06/2025. Eleven provinces kept their map at province level; the
simulated province, Quảng Ninh, is one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from warehouse.demo.timeline import Figures
from warehouse.tables import read_catalogue

PROVINCE = "22"


@dataclass(frozen=True)
class Places:
    """The units of a province of today, each group by code, and who belongs to whom.

    `former` are the provinces it was made of, itself where it went on. `of_district` (districts, communes) and
    `of_former` (former, districts) are 1 where one lies in the other; `of_merged` (merged, communes) is the share of
    an old commune that went to a new one: every column adds up to 1. An island district has no communes: it became a
    new one as it was, where `of_island` (merged, districts) is 1.
    """

    province: str
    former: tuple[str, ...]
    districts: tuple[str, ...]
    communes: tuple[str, ...]
    merged: tuple[str, ...]
    urban: tuple[bool, ...]
    of_former: Figures
    of_district: Figures
    of_merged: Figures
    of_island: Figures

    @property
    def goes_on(self) -> bool:
        """Whether the province is the one it was before 01/07/2025."""
        return self.former == (self.province,)


def the_province() -> Places:
    """The province of the small simulation as the catalogue of units has it."""
    return places_of(PROVINCE)


def provinces_of_today() -> tuple[str, ...]:
    """The provinces that are on the map now, by code."""
    units = _units().filter(pl.col("level") == "province", pl.col("valid_to").is_null())
    return tuple(units["unit_code"])


def places_of(province: str) -> Places:
    """A province of today as the catalogue of units has it; `LookupError` for anything else."""
    if province not in provinces_of_today():
        raise LookupError(f"{province} is no province of today; there are {', '.join(provinces_of_today())}")
    units = _units()
    former = tuple(_lineage().filter(pl.col("new_code") == province)["old_code"].sort()) or (province,)
    districts = units.filter(pl.col("parent_code").is_in(list(former)), pl.col("level") == "district")
    communes = units.filter(pl.col("parent_code").is_in(districts["unit_code"].to_list()))
    merged = tuple(units.filter(pl.col("parent_code") == province, pl.col("level") == "commune")["unit_code"])
    of_district = _members(districts["unit_code"], communes["parent_code"])
    islands = districts["unit_code"].to_numpy()[of_district.sum(axis=1) == 0]
    return Places(
        province=province,
        former=former,
        districts=tuple(districts["unit_code"]),
        communes=tuple(communes["unit_code"]),
        merged=merged,
        urban=tuple(communes["kind"].is_in(["phường", "thị trấn"])),
        of_former=_members(former, districts["parent_code"]),
        of_district=of_district,
        of_merged=_shares(merged, tuple(communes["unit_code"])),
        of_island=_successors(merged, tuple(districts["unit_code"]), set(islands)),
    )


@cache
def _units() -> pl.DataFrame:
    return read_catalogue("units").sort("unit_code")


@cache
def _lineage() -> pl.DataFrame:
    return read_catalogue("unit_lineage")


def _members(units: Sequence[str] | pl.Series, parents: pl.Series) -> Figures:
    return np.array([parents == unit for unit in units], dtype=float)


def _shares(merged: tuple[str, ...], communes: tuple[str, ...]) -> Figures:
    """A commune that was split is shared out evenly: how much of it went where is not published."""
    goes = _successors(merged, communes, set(communes))
    shares: Figures = goes / goes.sum(axis=0)
    return shares


def _successors(merged: tuple[str, ...], old: tuple[str, ...], among: set[str]) -> Figures:
    """1 where a unit, one of `among`, went to a new one; shape (merged, old)."""
    row, column = ({code: position for position, code in enumerate(codes)} for codes in (merged, old))
    links = _lineage().filter(pl.col("new_code").is_in(list(merged)) & pl.col("old_code").is_in(list(among)))
    goes = np.zeros((len(merged), len(old)))
    for old_code, new_code in links.select("old_code", "new_code").iter_rows():
        goes[row[new_code], column[old_code]] = 1.0
    return goes
