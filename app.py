"""The web door: page set-up, language, the shared filter bar and the menu. No SQL, figures or data work."""

from collections.abc import Mapping
from functools import partial
from importlib import import_module

import streamlit as st
from streamlit.navigation.page import Page

from pages.kit.apart import draw_apart
from pages.kit.context import Context
from pages.kit.data import current_warehouse
from pages.kit.filters import filter_bar
from pages.kit.frame import MARK, calmly, choose_language, draw_menu, notices
from pages.kit.page_list import MOVED, PAGES, PageEntry
from pages.kit.source import draw_source
from pages.kit.turns import a_turn
from pages.kit.words import Words
from warehouse.store import EmptyWarehouse


def main() -> None:
    """One run of the app: the frame that all pages share, then the page."""
    st.set_page_config(page_title="CCHC", page_icon=MARK, layout="wide")
    words, menu = choose_language()
    pages: dict[PageEntry, Page] = {}
    pages |= {entry: page_of(entry, words, pages) for entry in PAGES}
    home = page_of(PAGES[0], words, pages, default=True)
    named = {entry.name: entry for entry in PAGES}
    moved = [page_of(named[name], words, pages, address) for address, name in MOVED.items()]
    chosen = st.navigation([home, *pages.values(), *moved], position="hidden")
    draw_menu(menu, words, {**pages, PAGES[0]: home} if chosen is home else pages)
    st.set_page_config(page_title=f"{chosen.title} · {words('app.name')}")
    chosen.run()


def page_of(
    entry: PageEntry,
    words: Words,
    pages: Mapping[PageEntry, Page],
    address: str | None = None,
    default: bool = False,
) -> Page:
    """A page at its address, its name; the default one, which Streamlit allows no other, at the bare address."""
    return st.Page(
        partial(calmly, words, entry.name, partial(show_page, entry, words, pages)),
        title=words(f"{entry.name}.title"),
        icon=entry.icon,
        url_path="" if default else address or entry.name,
        default=default,
    )


def show_page(entry: PageEntry, words: Words, pages: Mapping[PageEntry, Page]) -> None:
    """The filter bar and one page under it."""
    try:
        warehouse = current_warehouse()
    except EmptyWarehouse:
        st.info(words("app.empty"), icon=":material/info:")
        return
    with st.container(key="filters"):
        selection = filter_bar(warehouse, words)
    if selection is not None:
        notices(words, selection, words(f"{entry.name}.title"))
        context = Context(warehouse, words, selection, {other.name: page for other, page in pages.items()})
        draw_apart(entry.name, warehouse, words, partial(draw_page, entry, context))


def draw_page(entry: PageEntry, context: Context) -> None:
    """The page itself, and the source of a number on it."""
    import_module(f"pages.{entry.name}.page").show(context)
    draw_source(context)


with a_turn():
    main()
