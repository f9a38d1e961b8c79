"""What stands around every page: the brand, the menu, the language switch, and the notice about simulated data."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from pages.kit.address import segments
from pages.kit.context import Selection
from pages.kit.page_list import PageEntry
from pages.kit.words import Words
from warehouse.numbers import Language

_LANGUAGES: dict[Language, str] = {"vi": "Tiếng Việt", "en": "English"}
_CARRIED = ("unit", "period", "level", "lang", "rate", "definition", "world", "map")
_STYLE = """
<style>
  .stMainBlockContainer { padding-top: 1.2rem; padding-bottom: 3rem; }
  header[data-testid="stHeader"] { display: none; }
  .st-key-menu { row-gap: 0; }
  [data-testid="stElementToolbar"] { display: none; } /* its words are English and it exports one page only */
  .st-key-breadcrumb [data-testid="stMarkdownContainer"] { margin: 0; line-height: 1.5; }
  .st-key-breadcrumb p { margin: 0; line-height: 1.5; }
  .st-key-breadcrumb button { min-height: 0; padding: 0; }
  @media (max-width: 640px) { .st-key-tiles > div { width: 100% !important; } }
  @media print { .st-key-top, .stButton, .stDownloadButton { display: none; } }
</style>
"""


def choose_language() -> tuple[Words, DeltaGenerator]:
    """Draw the top bar with the language switch; returns the words and the place where the menu goes."""
    st.html(_STYLE)
    with st.container(horizontal=True, key="top", vertical_alignment="center", horizontal_alignment="distribute"):
        menu = st.container(horizontal=True, key="menu", vertical_alignment="center", width="content")
        language = segments(
            "Ngôn ngữ / Language",
            list(_LANGUAGES),
            "lang",
            lambda code: _LANGUAGES[code],
            label_visibility="collapsed",
        )
    return Words(language), menu


def draw_menu(place: DeltaGenerator, words: Words, pages: Mapping[PageEntry, Page]) -> None:
    """The menu: links that carry the shared filters along."""
    carried = {name: st.query_params[name] for name in _CARRIED if name in st.query_params}
    with place:
        st.markdown(f"**{words('app.name')}**")
        for entry, page in pages.items():
            st.page_link(page, label=words(f"{entry.name}.title"), icon=entry.icon, query_params=carried)


def notices(words: Words, selection: Selection) -> None:
    """Say that what is shown is simulated, on every page."""
    if selection.simulated:
        st.warning(words("app.simulated"), icon=":material/science:")
