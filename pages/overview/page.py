"""Two minutes: tiles, how complete the data is, who needs attention and what changed most, what to look at again."""

import polars as pl
import streamlit as st

from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.links import lead_on
from pages.kit.words import plain
from pages.overview.cards import TILE_WIDTH, rate_tile, volume_tile
from pages.overview.changes import changes
from warehouse import answers
from warehouse.answers import sums

_FINDINGS_SHOWN = 4


def show(context: Context) -> None:
    """Draw the page."""
    words, selection = context.words, context.selection
    rates = context.ask(sums.overview, selection.scope)
    complete = context.ask(answers.completeness, *selection.place)
    expected = int(complete.filter(pl.col("level") == selection.level)["expected"].sum())
    st.subheader(
        words(
            "overview.intro",
            unit=plain(selection.name),
            period=words.period(selection.period),
            level=words(f"level.{selection.level}"),
        )
    )
    with st.container(horizontal=True, key="tiles"):
        for rate in HEADLINE_RATES:
            rate_tile(context, rate, rates.filter(pl.col("rate") == rate), expected)
        volume_tile(context, expected)
    _completeness(context, complete)
    for rate, column in zip(("on_time_rate", "online_rate"), st.columns(2), strict=True):
        with column:
            changes(context, rate)
    _findings(context)


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
    missing = int((complete["expected"] - complete["reported"]).sum())
    if missing:
        st.caption(words("overview.completeness_low", missing=words.numbers.number(missing)))


def _findings(context: Context) -> None:
    """The gravest contradictions in the real and simulated reports of the selection."""
    words, selection = context.words, context.selection
    found = context.ask(answers.findings_of, *selection.place)
    st.markdown(f"##### {words('overview.findings')}")
    if found.is_empty():
        st.caption(words("overview.findings_none"))
        return
    for row in found.head(_FINDINGS_SHOWN).iter_rows(named=True):
        st.markdown(
            f"- **{words('severity.' + row['severity'])}** · {plain(row['unit_name'])} · "
            f"{plain(words.place(row['place']))}: {plain(words.named(row, 'message'))}"
        )
    if found.height > _FINDINGS_SHOWN:
        st.caption(words("overview.findings_more", count=words.numbers.number(found.height - _FINDINGS_SHOWN)))
    lead_on(context, "quality")
