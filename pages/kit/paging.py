"""Long tables a page at a time: what is not looked at is not sent."""

import streamlit as st

from pages.kit.address import number
from pages.kit.words import Words


def first_of_page(words: Words, rows: int, lines: int) -> int:
    """Let the reader choose a page of `lines` rows and say which it is; the position of its first row."""
    numbers = words.numbers
    pages = -(-rows // lines)
    page = number(words("explore.page"), "page", 1, pages, 1, width=140) if pages > 1 else 1
    first = (page - 1) * lines
    last = min(first + lines, rows)
    total = numbers.number(rows)
    said = words("explore.page_of", first=numbers.number(first + 1), last=numbers.number(last), total=total)
    st.caption(f"{said}. {words('explore.sort_page')}" if pages > 1 else said)
    return first
