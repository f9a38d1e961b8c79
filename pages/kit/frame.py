"""What stands around every page: brand, menu, language and theme, the notice about simulated data, and what went wrong.

The looks are in `.streamlit/config.toml` and `frame.css`; Streamlit's own words are said in Vietnamese by `chrome.js`.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from secrets import token_hex

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from pages.kit.address import carried, segments
from pages.kit.chrome import script_of
from pages.kit.context import Selection
from pages.kit.events import tell
from pages.kit.page_list import PageEntry
from pages.kit.ready import Ready
from pages.kit.words import Words
from warehouse.numbers import Language

_HERE = Path(__file__).parent
_LANGUAGES: dict[Language, str] = {"vi": "Tiếng Việt", "en": "English"}
# Three rows with a dot at their value: units compared, which is what the pages are for.
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" aria-hidden="true">'
    '<rect width="32" height="32" rx="6" fill="#0b5394"/>'
    '<path d="M6 9h20M6 16h20M6 23h20" stroke="#8cb4da" stroke-width="2" stroke-linecap="round"/>'
    '<circle cx="22" cy="9" r="3.6" fill="#fff"/><circle cx="13" cy="16" r="3.6" fill="#fff"/>'
    '<circle cx="18" cy="23" r="3.6" fill="#ffc648"/></svg>'
)
_DRAWN = f"url(data:image/svg+xml;base64,{b64encode(MARK.encode()).decode()})"
_COMMENTS_AND_SPACE = re.compile(r"(/\*.*?\*/|\s)+", re.DOTALL)  # a quarter of what would be sent
_LOOKS = _COMMENTS_AND_SPACE.sub(" ", (_HERE / "frame.css").read_text(encoding="utf-8"))
_STYLE = Ready(f"<style>:root {{ --mark: {_DRAWN}; }} {_LOOKS}</style>")
_THEME = '<button type="button" class="theme-switch" aria-label="{label}" title="{label}">◐</button>'


def choose_language() -> tuple[Words, DeltaGenerator]:
    """Draw the header with its switches; returns the words and the place where the menu goes."""
    st.html(_STYLE)
    with st.container(horizontal=True, key="top", vertical_alignment="center", horizontal_alignment="distribute"):
        brand = st.container(width="content", key="brand")
        with st.container(horizontal=True, key="tools", vertical_alignment="center", width="content", gap="small"):
            language = segments(
                "Ngôn ngữ / Language",
                list(_LANGUAGES),
                "lang",
                lambda code: _LANGUAGES[code],
                label_visibility="collapsed",
            )
            words = Words(language)
            st.html(_THEME.format(label=words("app.theme")), width="content")
    brand.markdown(f"**{words('app.name')}**")
    st.html(Ready(f"<script>{script_of(language)}</script>"), unsafe_allow_javascript=True)
    return words, st.container(horizontal=True, key="menu", vertical_alignment="center")


def draw_menu(place: DeltaGenerator, words: Words, pages: Mapping[PageEntry, Page]) -> None:
    """The menu: links that carry the shared filters along."""
    parts = carried()
    with place:
        for entry, page in pages.items():
            st.page_link(page, label=words(f"{entry.name}.title"), icon=entry.icon, query_params=parts)


def notices(words: Words, selection: Selection, title: str) -> None:
    """Say that what is shown is simulated, on every page; on paper, which has no filters, also what was selected."""
    period, level = words.period(selection.period), words(f"level.{selection.level}")
    shown = words("overview.intro", unit=selection.name, period=period, level=level)
    st.html(f'<p class="only-printed">{escape(title)}: {escape(shown)}</p>')
    if selection.simulated:
        with st.container(key="notice"):
            st.warning(words("app.simulated"), icon=":material/science:")


def calmly(words: Words, page: str, draw: Callable[[], None]) -> None:
    """Draw a page; where it fails say so calmly, with a reference number that the log has too."""
    try:
        draw()
    except Exception as error:
        reference = token_hex(4).upper()
        tell("page failed", error, page=page, reference=reference)
        st.error(words("app.failed", reference=reference), icon=":material/error:")
