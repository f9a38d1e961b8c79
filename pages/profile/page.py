"""One unit, everything: its rates among peers, its figures in all areas, findings, reports, and who it was before."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.kit.context import Context
from pages.kit.findings import finding_line
from pages.kit.kin import predecessors, successors
from pages.kit.links import lead_on
from pages.kit.words import Words, plain
from pages.profile.areas import show_areas
from pages.profile.brief import Brief, brief_of
from pages.profile.brief_docx import to_docx
from pages.profile.brief_html import to_html
from pages.profile.findings import own_findings
from pages.profile.rates import show_rates
from pages.profile.reports import show_reports
from pages.profile.standing import Standing, standings
from warehouse import answers
from warehouse.model import NATION

_FINDINGS_SHOWN = 8


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
    show_rates(context, found)
    show_areas(context)
    _findings(context, found)
    show_reports(context)


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
