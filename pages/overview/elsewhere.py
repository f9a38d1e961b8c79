"""What else the warehouse holds than the unit and the period shown: how much, and on a click where."""

from typing import Any

import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.links import lead_on
from pages.kit.words import plain
from warehouse.answers import reporting

_PLACES_SHOWN, _PERIODS_SHOWN = 10, 8
_ANYWHERE = {"period": "", "level": ""}  # what was chosen here may mean nothing elsewhere


def elsewhere(context: Context, shown: int) -> None:
    """Say how many reports of this world are loaded where these are more than those `shown`, and lead to the others."""
    words, selection = context.words, context.selection
    loaded = context.ask(reporting.loaded, selection.simulated).row(0, named=True)
    if loaded["reports"] <= shown:
        return
    counts = {name: words.numbers.number(count) for name, count in {**loaded, "shown": shown}.items()}
    with st.container(horizontal=True, vertical_alignment="center", key="screen-only-loaded", gap="small"):
        st.caption(words(f"overview.loaded{'_simulated' * selection.simulated}", **counts), width="content")
        with st.popover(words("overview.elsewhere"), type="tertiary"):
            _places(context)
            _periods(context)


def _places(context: Context) -> None:
    """The provinces with reports of this world, but for the selected unit."""
    selection = context.selection
    reports = pl.col("simulated") if selection.simulated else pl.col("reports") - pl.col("simulated")
    known = context.ask(reporting.data_units, selection.boundary).with_columns(reports.alias("others"))
    others = known.filter(pl.col("others") > 0, pl.col("unit_code") != selection.unit)
    rows = others.sort("others", descending=True, maintain_order=True).iter_rows(named=True)
    links = [(row["name"], row["others"], {**_ANYWHERE, "unit": row["unit_code"]}) for row in rows]
    _list(context, "overview.elsewhere_places", links, _PLACES_SHOWN)


def _periods(context: Context) -> None:
    """The other periods for which the selected unit or those in it reported, the newest first."""
    words, selection = context.words, context.selection
    where = (selection.unit, selection.simulated, selection.boundary)
    others = context.ask(reporting.data_periods, *where).filter(pl.col("period") != selection.period)
    links = [
        (words.period(row["period"]), row["reports"], {"period": row["period"], "level": ""})
        for row in others.iter_rows(named=True)
    ]
    _list(context, "overview.elsewhere_periods", links, _PERIODS_SHOWN)


def _list(context: Context, key: str, links: list[tuple[str, int, dict[str, Any]]], most: int) -> None:
    """Links, each with its number of reports, at most so many; nothing where there are none."""
    words = context.words
    if not links:
        return
    st.markdown(f"**{words(key, unit=plain(context.selection.name))}**")
    for name, count, address in links[:most]:
        label = words("overview.world_link", unit=plain(name), count=words.numbers.number(count))
        lead_on(context, "overview", label, **address)
    if len(links) > most:
        st.caption(words("overview.elsewhere_more", count=words.numbers.number(len(links) - most)))
