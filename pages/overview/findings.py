"""The contradictions of the selection: first one of each number that stands large on the page."""

import polars as pl
import streamlit as st

from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.findings import finding_line
from pages.kit.links import lead_on
from pages.overview.cards import shown_volume
from warehouse import answers
from warehouse.answers import disputes
from warehouse.model import SEVERITIES

_SHOWN = 6


def findings(context: Context, rates: pl.DataFrame) -> None:
    """List the first of them, each with the tiles whose number it contradicts; `rates` is the frame of the tiles."""
    words, selection = context.words, context.selection
    found = context.ask(answers.findings_of, *selection.place)
    st.markdown(f"##### {words('overview.findings')}")
    if found.is_empty():
        st.caption(words("overview.findings_none"))
        return
    ordered = in_order(found, _on_tiles(context, rates))
    if ordered["tiles"].list.len().sum():
        st.caption(words("overview.findings_order"))
    for row in ordered.head(_SHOWN).iter_rows(named=True):
        left, right = st.columns([10, 2], vertical_alignment="top")
        with left:
            named = ", ".join(words(f"tile.{tile}") for tile in row["tiles"])
            mark = f" **{words('overview.on_tile', tiles=named)}**" if named else ""
            st.markdown(finding_line(words, row, row["unit_name"]) + mark)
        with right:
            lead_on(context, "quality", words("lead_on.report"), report=row["report_id"])
    if found.height > _SHOWN:
        st.caption(words("overview.findings_more", count=words.numbers.number(found.height - _SHOWN)))
    lead_on(context, "quality")


def in_order(found: pl.DataFrame, on_tiles: pl.DataFrame) -> pl.DataFrame:
    """Findings, with the `tiles` whose numbers they contradict: of each tile the gravest first, then the others.

    Equally grave ones about a tile stand before those about none, and those whose values are far apart before others.
    `found` is a frame of `findings_of`; `on_tiles` has a row for each `finding_key` and `tile`.
    """
    tiles = on_tiles.group_by("finding_key").agg(pl.col("tile").unique(maintain_order=True).alias("tiles"))
    beside = found.join(tiles, on="finding_key", how="left", maintain_order="left").with_columns(
        pl.col("tiles").fill_null(pl.lit([], pl.List(pl.String)))
    )
    graded = beside.sort(
        pl.col("severity").cast(pl.Enum(SEVERITIES)),
        pl.col("tiles").list.len() == 0,
        pl.col("apart").fill_null(0.0).neg(),
        maintain_order=True,
    )
    seen: set[str] = set()
    is_first = []
    for of in graded["tiles"].to_list():
        is_first.append(not seen.issuperset(of))
        seen.update(of)
    return graded.sort(pl.Series(is_first), descending=True, maintain_order=True)


def _on_tiles(context: Context, rates: pl.DataFrame) -> pl.DataFrame:
    """Which findings contradict the number of which tile, in the order of the tiles."""
    contradicted = context.ask(disputes.disputes_behind, context.selection.scope)
    shown = rates.unique("rate", keep="first", maintain_order=True).filter(pl.col("rate").is_in(HEADLINE_RATES))
    tiles = [
        contradicted.filter(rate=rate, definition=definition).select("finding_key", pl.lit(rate).alias("tile"))
        for rate, definition in shown.select("rate", "definition").iter_rows()
    ]
    volume, _ = shown_volume(context)
    tiles.append(contradicted.filter(indicator=volume).select("finding_key", pl.lit(volume).alias("tile")))
    return pl.concat(tiles)
