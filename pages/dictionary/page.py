"""The data dictionary, generated from the catalogue: searched without accents, opened by a click, downloaded whole."""

import polars as pl
import streamlit as st

from pages.dictionary.sections import SECTIONS, Section
from pages.kit.address import one_of, say, segments, text
from pages.kit.context import Context
from pages.kit.paging import page_of
from pages.kit.tables import WRAPPED_ROW_PIXELS, clickable_table, show_table, table_height
from pages.kit.words import plain
from warehouse.answers.dictionary import dictionary_rates
from warehouse.exports.sheets import workbook
from warehouse.exports.workbook import table_csv
from warehouse.text import fold

_HEIGHT = 520
_LINES_A_PAGE = 100


def show(context: Context) -> None:
    """Draw the page."""
    words = context.words
    name = segments(words("dictionary.section"), list(SECTIONS), "section", lambda one: words(f"dictionary.{one}"))
    whole = SECTIONS[name](context)
    asked = text(
        words("dictionary.search"),
        "search",
        placeholder=words("dictionary.search_hint"),
        icon=":material/search:",
    )
    section = _searched(whole, asked)
    number = words.numbers.number
    st.markdown(words("dictionary.count", found=number(section.frame.height), all=number(whole.frame.height)))
    if section.frame.is_empty():
        st.info(words("dictionary.none"), icon=":material/info:")
    elif name == "indicators":
        _indicators(context, section)
    else:
        shown = page_of(section.frame, _LINES_A_PAGE, words)
        height = table_height(shown.height, _HEIGHT, WRAPPED_ROW_PIXELS)
        key = f"dictionary-{name}"
        show_table(shown, section.columns, words, key=key, height=height, row_pixels=WRAPPED_ROW_PIXELS)
    if name in ("indicators", "rates"):
        st.caption(words("dictionary.coverage_note", unit=plain(context.selection.name)))
    _downloads(context, name, section)


def _searched(section: Section, asked: str) -> Section:
    """The entries in which every typed word stands, accents or not."""
    parts = fold(asked).split()
    if not parts:
        return section
    texts = [column.field for column in section.columns if section.frame.schema[column.field] == pl.String]
    folded = [fold(" ".join(row)) for row in section.frame.select(pl.col(texts).fill_null("")).iter_rows()]
    found = pl.Series([all(part in line for part in parts) for line in folded], dtype=pl.Boolean)
    return Section(section.frame.filter(found), section.columns)


def _indicators(context: Context, section: Section) -> None:
    """The indicators; the one that the address names, or a click, is opened below."""
    words = context.words
    st.caption(words("dictionary.click_hint"))
    shown = page_of(section.frame, _LINES_A_PAGE, words)
    height = table_height(shown.height, _HEIGHT, WRAPPED_ROW_PIXELS)
    clicked = clickable_table(shown, section.columns, words, "dictionary-indicators", height, WRAPPED_ROW_PIXELS)
    codes = shown["indicator"].to_list()
    if clicked is not None and codes[clicked] != st.session_state.get("dictionary-clicked"):
        say("indicator", codes[clicked])
    st.session_state["dictionary-clicked"] = codes[clicked] if clicked is not None else None
    opened = one_of("indicator", section.frame["indicator"].to_list(), default="")
    if opened:
        _opened(context, section, opened)


def _opened(context: Context, section: Section, indicator: str) -> None:
    """One indicator: its meaning, the rates that use it, and the rows of the forms that ask for it."""
    words = context.words
    row = section.frame.row(by_predicate=pl.col("indicator") == indicator, named=True)
    facts = (row["theme"], row["kind_name"], row["kind_note"], words("dictionary.direction") + " " + row["better"])
    st.markdown(f"##### {plain(row['name'])}")
    st.caption(plain(" · ".join(facts)))
    used = [
        f"{words.named(rate, 'rate')} ({words.named(rate)})"
        for rate in context.ask(dictionary_rates).iter_rows(named=True)
        for terms in (rate["numerator"], rate["denominator"], rate["stated"])
        if any(term["indicator"] == indicator for term in terms or ())
    ]
    names = "; ".join(dict.fromkeys(used))
    st.markdown(plain(words("dictionary.used_by", rates=names) if used else words("dictionary.no_rate")))
    asking = SECTIONS["rows"](context)
    rows = asking.frame.filter(pl.col("indicator") == indicator)
    st.markdown(f"**{words('dictionary.asked_by')}**")
    show_table(rows, asking.columns, words, key="dictionary-asking", height=table_height(rows.height, most=400))


def _downloads(context: Context, name: str, section: Section) -> None:
    words = context.words
    st.markdown(f"**{words('dictionary.download')}**")
    st.caption(words("dictionary.download_help"))

    def whole() -> bytes:
        return workbook({words(f"dictionary.{one}"): made(context).written() for one, made in SECTIONS.items()})

    number = words.numbers.number
    every = sum(made(context).frame.height for made in SECTIONS.values())
    with st.container(horizontal=True):
        st.download_button(
            words("explore.export_as", format="XLSX", rows=number(every)),
            data=whole,
            file_name=f"cchc_tu-dien_{words.language}.xlsx",
            key="dictionary-xlsx",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            words("explore.export_as", format="CSV", rows=number(section.frame.height)),
            data=lambda: table_csv(section.written()),
            file_name=f"cchc_tu-dien_{name}_{words.language}.csv",
            mime="text/csv",
            key="dictionary-csv",
            icon=":material/download:",
            on_click="ignore",
        )
