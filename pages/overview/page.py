"""Two minutes: tiles, how complete the data is, who needs attention and what changed most, what to look at again."""

import polars as pl
import streamlit as st

from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.due import units_unsure
from pages.kit.links import lead_on
from pages.kit.windows import short_window
from pages.kit.words import plain
from pages.overview.cards import TILE_WIDTH, rate_tile, volume_tile
from pages.overview.changes import changes
from pages.overview.elsewhere import elsewhere
from pages.overview.findings import findings
from pages.overview.worlds import other_world
from pages.overview.year_before import offer_other_map
from warehouse.answers import reporting, sums
from warehouse.frames import rows_with


def show(context: Context) -> None:
    """Draw the page."""
    words, selection = context.words, context.selection
    rates = context.ask(sums.overview, selection.scope)
    complete = context.ask(reporting.completeness, *selection.place)
    expected = int(complete.filter(pl.col("level") == selection.level)["expected"].sum())
    elsewhere(context, int(complete["reported"].sum()))
    other_world(context)
    st.subheader(
        words(
            "overview.intro",
            unit=plain(selection.name),
            period=words.period(selection.period),
            level=words(f"level.{selection.level}"),
        )
    )
    if short := short_window(context):
        st.caption(short)
    with st.container(horizontal=True, key="tiles"):
        tiles = [rate_tile(context, rate, rows_with(rates, rate=rate), expected) for rate in HEADLINE_RATES]
        tiles.append(volume_tile(context, expected))
    offer_other_map(context, [alone for alone in tiles if alone])
    _completeness(context, complete)
    for rate, column in zip(("on_time_rate", "online_rate"), st.columns(2), strict=True):
        with column:
            changes(context, rate)
    findings(context, rates)


def _completeness(context: Context, complete: pl.DataFrame) -> None:
    words = context.words
    st.markdown(f"##### {words('overview.completeness')}")
    with st.container(horizontal=True):
        for row in complete.iter_rows(named=True):
            with st.container(width=TILE_WIDTH):
                line = words(
                    "overview.completeness_row",
                    level=words(f"level.{row['level']}"),
                    reported=words.numbers.number(row["reported"]),
                    expected=words.numbers.number(row["expected"]),
                )
                st.progress(row["reported"] / row["expected"], text=line)
    counted = complete.filter(level=context.selection.level)  # the figures above are of this level's reports alone
    missing = int((counted["expected"] - counted["reported"]).sum())
    lead_on(context, "quality", words("lead_on.reports"))
    if missing:
        st.caption(_missing(context, missing))
    if unsure := units_unsure(context, [context.selection.period]):
        st.caption(unsure)


def _missing(context: Context, count: int) -> str:
    """How many reports of the counted level are not there."""
    level = context.words(f"level.{context.selection.level}").lower()
    return context.words("overview.completeness_low", count=context.words.numbers.number(count), level=level)
