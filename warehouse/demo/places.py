"""The simulated province: Quảng Ninh, one of the eleven that kept their map at province level in 2025.

Its 13 districts and 171 communes ended on 30/06/2025; 54 communes follow them.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from warehouse.demo.timeline import Figures
from warehouse.tables import read_catalogue

PROVINCE = "22"


@dataclass(frozen=True)
class Places:
    """The units of the province, each group by code, and who belongs to whom.

    `of_district` (districts, communes) is 1 where a commune lies in a district; `of_merged` (merged,
    communes) is the share of an old commune that went to a new one: every column adds up to 1.
    """

    districts: tuple[str, ...]
    communes: tuple[str, ...]
    merged: tuple[str, ...]
    urban: tuple[bool, ...]
    of_district: Figures
    of_merged: Figures


@cache
def the_province() -> Places:
    """The province as the catalogue of units has it."""
    units = read_catalogue("units").sort("unit_code")
    districts = units.filter(pl.col("parent_code") == PROVINCE, pl.col("level") == "district")["unit_code"]
    communes = units.filter(pl.col("parent_code").is_in(districts.to_list()))
    merged = units.filter(pl.col("parent_code") == PROVINCE, pl.col("level") == "commune")["unit_code"]
    return Places(
        districts=tuple(districts),
        communes=tuple(communes["unit_code"]),
        merged=tuple(merged),
        urban=tuple(communes["kind"].is_in(["phường", "thị trấn"])),
        of_district=np.array([communes["parent_code"] == district for district in districts], dtype=float),
        of_merged=_shares(tuple(merged), tuple(communes["unit_code"])),
    )


def _shares(merged: tuple[str, ...], communes: tuple[str, ...]) -> Figures:
    """A commune that was split is shared out evenly: how much of it went where is not published."""
    links = read_catalogue("unit_lineage").filter(
        pl.col("new_code").is_in(list(merged)) & pl.col("old_code").is_in(list(communes))
    )
    goes = np.zeros((len(merged), len(communes)))
    for old_code, new_code in links.select("old_code", "new_code").iter_rows():
        goes[merged.index(new_code), communes.index(old_code)] = 1.0
    shares: Figures = goes / goes.sum(axis=0)
    return shares
