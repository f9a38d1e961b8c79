"""That the warehouse holds real reports beside the simulated ones shown, or the reverse, and the way to them."""

import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.links import lead_on
from warehouse.answers import reporting

_PROVINCES_SHOWN = 6


def other_world(context: Context) -> None:
    """Name the provinces with reports of the world that is not shown, each a link to them."""
    words, selection = context.words, context.selection
    known = context.ask(reporting.data_units, selection.boundary)
    reports = pl.col("simulated") if not selection.simulated else pl.col("reports") - pl.col("simulated")
    others = known.with_columns(reports.alias("others")).filter(pl.col("others") > 0)
    others = others.sort("others", descending=True, maintain_order=True)
    if others.is_empty():
        return
    world = "real" if selection.simulated else "simulated"
    count = words.numbers.number(int(others["others"].sum()))
    with st.container(horizontal=True, vertical_alignment="center", key="screen-only-worlds", gap="small"):
        st.markdown(words(f"overview.also_{world}", count=count), width="content")
        for row in others.head(_PROVINCES_SHOWN).iter_rows(named=True):
            # What was chosen for this world (a period, a level) may mean nothing in the other.
            chosen = {"unit": row["unit_code"], "world": world, "period": "", "level": ""}
            label = words("overview.world_link", unit=row["name"], count=words.numbers.number(row["others"]))
            lead_on(context, "overview", label, **chosen)
        if others.height > _PROVINCES_SHOWN:
            st.caption(words("overview.worlds_more", count=others.height - _PROVINCES_SHOWN), width="content")
