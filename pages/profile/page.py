"""One unit, everything: its rates among peers, its figures in all areas, findings, reports, and who it was before."""

from collections.abc import Callable
from functools import partial

import polars as pl
import streamlit as st

from pages.kit.address import select
from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.findings import finding_line
from pages.kit.kin import predecessors, successors
from pages.kit.links import lead_on
from pages.kit.remarks import DISPUTED
from pages.kit.source import source_table
from pages.kit.tables import Column, show_table, table_height
from pages.kit.theme import show_figure
from pages.kit.words import Words, plain
from pages.profile.brief import Brief, brief_of
from pages.profile.brief_docx import to_docx
from pages.profile.brief_html import to_html
from pages.profile.figures import standing_words, strip_figure
from pages.profile.findings import disputed_indicators, own_findings
from pages.profile.standing import (
    FEWEST_PEERS,
    WHOLE,
    Standing,
    basis_words,
    comparable,
    disputed_words,
    peer_group,
    percent_words,
    rank_words,
    reported,
    standings,
)
from pages.profile.verdict import show_verdicts
from warehouse import answers
from warehouse.answers import profiles, reporting
from warehouse.answers.sources import Figure
from warehouse.model import NATION, Level
from warehouse.periods import parse_period

_FINDINGS_SHOWN = 8
_ALL_THEMES = "all"


def show(context: Context) -> None:
    """Draw the page."""
    words, selection = context.words, context.selection
    if selection.unit == NATION:
        st.info(words("profile.choose"), icon=":material/location_city:")
        return
    found = standings(context)
    left, right = st.columns([7, 5], vertical_alignment="bottom")
    with left:
        level = words(f"level.{selection.path[-1].level}").lower()
        period = words.period(selection.period)
        st.subheader(words("profile.heading", unit=plain(selection.name), level=level, period=period))
    with right:
        _brief_buttons(context, found)
    _kin(context)
    _rates(context, found)
    _areas(context)
    _findings(context, found)
    _reports(context)


def _brief_buttons(context: Context, found: list[Standing]) -> None:
    """The one-page brief, made only when it is asked for."""
    words, selection = context.words, context.selection
    name = f"cchc_{selection.unit}_{selection.period}"
    with st.container(horizontal=True, horizontal_alignment="right", key="brief"):
        for suffix, write, mime in (
            ("html", to_html, "text/html"),
            ("docx", to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ):
            st.download_button(
                words(f"profile.brief_{suffix}"),
                data=partial(_written, write, context, found),
                file_name=f"{name}.{suffix}",
                mime=mime,
                key=f"brief-{suffix}",
                icon=":material/print:" if suffix == "html" else ":material/description:",
                on_click="ignore",
                help=words("profile.brief_help"),
            )


def _written(write: Callable[[Brief, Words], bytes], context: Context, found: list[Standing]) -> bytes:
    return write(brief_of(context, found), context.words)


def _kin(context: Context) -> None:
    selection = context.selection
    ended = context.ask(answers.unit_path, selection.unit)["valid_to"][-1]
    if ended is None:
        predecessors(context.warehouse, context.words, selection.unit)
    elif selection.boundary == "then":
        successors(context.warehouse, context.words, selection.unit, way_back=False)


def _rates(context: Context, found: list[Standing]) -> None:
    words, selection = context.words, context.selection
    _, root_name, level = peer_group(context)
    st.markdown(f"##### {words('profile.rates', level=words(f'level.{selection.level}').lower())}")
    if level != selection.level:
        st.caption(_summed(context, level))
    if not found:
        st.info(words("rate.none"), icon=":material/info:")
        return
    show_verdicts(context, found)
    for said in disputed_words(found, words):
        st.caption(f"{said} {words('profile.disputed_where')}")
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
            "written": [percent_words(one, words) for one in found],
            "rank": [rank_words(one, words) for one in found],
            "median": [one.median if one.ranked > 1 else None for one in found],
            "numerator": [one.numerator for one in found],
            "denominator": [one.denominator for one in found],
            "measure": [one.measure for one in found],
            "basis": [basis_words(one, words) for one in found],
            "definition": [one.definition_name for one in found],
        }
    )
    percent = Column("percent", words("column.percent"), "percent", width="small", narrow=90)
    marked = Column("written", words("column.percent"), width=140, narrow=90)
    columns = [
        Column("name", words("column.rate_name"), width=280, narrow=150),
        marked if any(one.percent > WHOLE or one.disputed for one in found) else percent,
        Column("change", words("column.change"), "points", words("column.change_help"), width=118),
        Column("rank", words("profile.rank"), help=words("profile.rank_help"), width=130, narrow=110),
        Column("median", words("profile.median"), "percent", width=76),
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


def _areas(context: Context) -> None:
    """Every indicator of the unit's own report, by area of reform."""
    words, selection = context.words, context.selection
    own = words(f"level.{selection.path[-1].level}").lower()
    st.markdown(f"##### {words('profile.areas', unit=plain(selection.name), level=own)}")
    facts = context.ask(profiles.unit_facts, *selection.place)
    if facts.is_empty():
        st.caption(words("profile.no_facts"))
        return
    names = {row["theme"]: words.named(row, "theme") for row in facts.iter_rows(named=True)}
    theme = select(
        words("profile.area"),
        [_ALL_THEMES, *names],
        "theme",
        lambda option: names.get(option) or words("profile.all_areas"),
    )
    chosen = facts if theme == _ALL_THEMES else facts.filter(pl.col("theme") == theme)
    disputed = disputed_indicators(context)
    shown = chosen.with_columns(
        pl.Series("theme_name", [words.named(row, "theme") for row in chosen.iter_rows(named=True)]),
        pl.Series("name", [words.named(row) + DISPUTED * (row["indicator"] in disputed) for row in chosen.to_dicts()]),
        pl.Series("measure_name", [words.named(row, "measure") for row in chosen.iter_rows(named=True)]),
        pl.Series("state", [_state(context, row) for row in chosen.iter_rows(named=True)]),
        pl.col("value", "value_before").cast(pl.Float64),
    ).with_columns(pl.when(pl.col("kind") != "coded").then(pl.col("value") - pl.col("value_before")).alias("change"))
    columns = [
        *([Column("theme_name", words("profile.area"), width=150)] if theme == _ALL_THEMES else []),
        Column("name", words("dictionary.indicator"), width=520, narrow=184),
        Column("value", words("column.value"), "number", width=80, narrow=84),
        Column("measure_name", words("column.measure"), width=100, narrow=88),
        Column("value_before", words("profile.before"), "number", width=128),
        Column("change", words("profile.change"), "difference", width=82),
        Column("state", words("column.status"), width=150),
    ]
    period = parse_period(selection.period)
    at = {"value_before": period.year_before.code}
    level = selection.path[-1].level or selection.level
    source_table(
        context,
        shown,
        columns,
        "profile-facts",
        lambda row, field: Figure(selection.unit, level, at.get(field, period.code), indicator=row["indicator"]),
        most=560,
    )


def _state(context: Context, row: dict[str, object]) -> str:
    """How the figure came about, or why there is none."""
    words = context.words
    if row["problem"]:
        return words(f"problem.{row['problem']}")
    if row["value"] is None:
        return words(f"status.{row['status']}")
    return words(f"basis.{row['basis']}")


def _findings(context: Context, standing: list[Standing]) -> None:
    """What is to be looked at again, what contradicts the figures above first, and the way to the rest."""
    words = context.words
    found, nothing = own_findings(context, standing)
    st.markdown(f"##### {words('overview.findings')}")
    if found.is_empty():
        st.caption(nothing)
        lead_on(context, "quality")
        return
    for row in found.head(_FINDINGS_SHOWN).iter_rows(named=True):
        about = f" **⚠ {plain(', '.join(row['rates']))}**" if row["rates"] else ""
        st.markdown(finding_line(words, row) + about)
    if found.height > _FINDINGS_SHOWN:
        more = words("overview.findings_more", count=words.numbers.number(found.height - _FINDINGS_SHOWN))
        lead_on(context, "quality", more)


def _reports(context: Context) -> None:
    """Every report of the unit with the window it speaks of; a superseded one is told."""
    words, selection = context.words, context.selection
    found = context.ask(profiles.unit_reports, selection.unit, selection.simulated, selection.boundary)
    st.markdown(f"##### {words('profile.reports')}")
    if found.is_empty():
        st.caption(words("profile.no_reports"))
        return
    shown = found.with_columns(
        pl.Series("period_name", [words.period(code) for code in found["period"]]),
        pl.Series("window", [_window(context, row) for row in found.iter_rows(named=True)], dtype=pl.String),
        pl.Series("signed", [words.date(day) for day in found["signed_on"]], dtype=pl.String),
        pl.Series(
            "state",
            [words("profile.superseded" if code else "profile.in_force") for code in found["superseded_by"]],
            dtype=pl.String,
        ),
        pl.col("document_number").fill_null(""),
    )
    columns = [
        Column("period_name", words("column.period"), width=110, narrow=110),
        Column("unit_name", words("column.unit"), width=160),
        Column("window", words("profile.window"), width=200),
        Column("signed", words("quality.signed_on"), width=100, narrow=100),
        Column("document_number", words("profile.number"), width=130),
        Column("high", words("severity.high"), "count", words("quality.high_help"), width=108),
        Column("medium", words("severity.medium"), "count", words("quality.medium_help"), width=72),
        Column("low", words("severity.low"), "count", words("quality.low_help"), width=62),
        Column("state", words("column.status"), width=130, narrow=140),
        Column("file_name", words("column.file"), width=220),
    ]
    show_table(shown, columns, words, key="profile-reports", height=table_height(shown.height, most=420))


def _window(context: Context, row: dict[str, object]) -> str:
    """The window the figures really cover, as far as the report says."""
    words = context.words
    start = row["window_start"] or row["nominal_start"]
    end = row["as_of"] or row["window_end"]
    if end is None:
        return words("profile.window_unsaid")
    return words("profile.window_said", start=words.date(start), end=words.date(end))  # type: ignore[arg-type]
