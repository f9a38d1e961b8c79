"""The rates of a unit among its peers: whose work they count, a sentence each, the strip, and the table."""

import polars as pl
import streamlit as st

from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.remarks import WHOLE
from pages.kit.source import source_table
from pages.kit.tables import Column
from pages.kit.theme import show_figure
from pages.kit.windows import short_window
from pages.kit.words import plain
from pages.profile.figures import standing_words, strip_figure
from pages.profile.standing import (
    FEWEST_PEERS,
    Standing,
    basis_words,
    change_words,
    comparable,
    disputed_words,
    part_lines,
    peer_group,
    percent_words,
    rank_words,
    reported,
)
from pages.profile.verdict import show_verdicts
from warehouse.answers import reporting
from warehouse.answers.sources import Figure
from warehouse.model import Level


def show_rates(context: Context, found: list[Standing]) -> None:
    """Draw the section; that there is no figure is said."""
    words, selection = context.words, context.selection
    _, root_name, level = peer_group(context)
    st.markdown(f"##### {words('profile.rates', level=words(f'level.{selection.level}').lower())}")
    if level != selection.level:
        st.caption(_summed(context, level))
    if not found:
        st.info(words("rate.none"), icon=":material/info:")
        return
    if short := short_window(context):
        st.caption(short)
    show_verdicts(context, found)
    for said in disputed_words(found, words):
        st.caption(f"{said} {words('profile.disputed_where')}")
    for said in part_lines(found, words):
        st.caption(said)
    compared = comparable(found)
    if compared:
        st.caption(words("profile.rates_help", level=words(f"level.{level}").lower(), root=plain(root_name)))
        alt = "; ".join(f"{one.name}: {standing_words(one, words)}" for one in compared)
        show_figure(strip_figure(compared, words, context.selection.name), words, key="profile-strip", alt=alt)
    others = [one for one in found if one not in compared and one.rate not in HEADLINE_RATES]
    if others:
        names = ", ".join(one.name for one in others)
        st.caption(words("profile.few_peers", rates=plain(names), fewest=FEWEST_PEERS))
    _rate_table(context, found)


def _summed(context: Context, level: Level) -> str:
    """Whose work is added up and how many of them reported; where the unit's own is, if it reported."""
    words, selection = context.words, context.selection
    counted, own = (words(f"level.{tier}").lower() for tier in (selection.level, level))
    there, due = (words.numbers.number(count) for count in reported(context))
    said = words("profile.summed", unit=plain(selection.name), counted=counted, reported=there, expected=due)
    offered = level in context.ask(reporting.data_levels, *selection.place)["level"]
    key = "profile.own_work" if offered else "profile.own_work_none"
    return f"{said} {words(key, own=own, unit=plain(selection.name))}"


def _rate_table(context: Context, found: list[Standing]) -> None:
    words, selection = context.words, context.selection
    shown = pl.DataFrame(
        {
            "rate": [one.rate for one in found],
            "under": [one.definition for one in found],
            "name": [one.name for one in found],
            "percent": [one.percent for one in found],
            "change": [one.change for one in found],
            "changed": [change_words(one, words) for one in found],
            "written": [percent_words(one, words) for one in found],
            "rank": [rank_words(one, words) for one in found],
            "median": [one.median_shown for one in found],
            "numerator": [one.numerator for one in found],
            "denominator": [one.denominator for one in found],
            "measure": [one.measure for one in found],
            "basis": [basis_words(one, words) for one in found],
            "definition": [one.definition_name for one in found],
        }
    )
    percent = Column("percent", words("column.percent"), "percent", width="small", narrow=90)
    marked = Column("written", words("column.percent"), width=140, narrow=90)
    change = Column("change", words("column.change"), "points", words("column.change_help"), 145, text="changed")
    rank = Column("rank", words("profile.rank"), help=words("profile.rank_help"), width=130, narrow=110)
    columns = [
        Column("name", words("column.rate_name"), width=215, narrow=150),
        marked if any(one.percent > WHOLE or one.disputed or one.part for one in found) else percent,
        *([change] if shown["change"].count() else []),
        *([rank] if any(one.ranked > 1 for one in found) else []),
        *([Column("median", words("profile.median"), "percent", width=76)] if shown["median"].count() else []),
        Column("numerator", words("column.numerator"), "number", width=76),
        Column("denominator", words("column.denominator"), "number", width=76),
        Column("measure", words("column.measure"), width=88),
        Column("basis", words("column.basis"), width=118),
        Column("definition", words("rate.definition"), width=230),
    ]
    about = (selection.unit, selection.level, selection.period)
    source_table(
        context,
        shown,
        columns,
        "profile-rates",
        lambda row, _: Figure(*about, rate=row["rate"], definition=row["under"]),
    )
