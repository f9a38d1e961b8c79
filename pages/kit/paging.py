"""Long tables a page at a time: what is not looked at is not sent."""

import polars as pl
import streamlit as st

from pages.kit.address import number
from pages.kit.words import Words

_SORTS = "explore.sort_page"


def page_of(rows: pl.DataFrame, lines: int, words: Words, name: str = "page", hint: str = _SORTS) -> pl.DataFrame:
    """The page of a long table that the reader chose, all of a short one."""
    return rows if rows.height <= lines else rows.slice(first_of_page(words, rows.height, lines, name, hint), lines)


def first_of_page(words: Words, rows: int, lines: int, name: str = "page", hint: str = _SORTS) -> int:
    """Let the reader choose a page of `lines` rows and say which it is; the position of its first row.

    `name` is the page's in the address; `hint` the words for what the reader must know of a table in several pages.
    """
    numbers = words.numbers
    pages = -(-rows // lines)
    page = number(words("explore.page"), name, 1, pages, 1, width=140) if pages > 1 else 1
    first = (page - 1) * lines
    last = min(first + lines, rows)
    total = numbers.number(rows)
    said = words("explore.page_of", first=numbers.number(first + 1), last=numbers.number(last), total=total)
    st.caption(f"{said}. {words(hint)}" if hint and pages > 1 else said)
    return first
