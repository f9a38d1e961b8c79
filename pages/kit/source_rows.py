"""The printed rows on a source card: each a small table of its own, beside each other where there is room.

A report prints a row with ten things about it. Side by side they are wider than a card, and far wider than a phone.
"""

from html import escape
from typing import Any

import polars as pl
import streamlit as st

from pages.kit.ready import Ready
from pages.kit.words import Words


def draw_rows(words: Words, rows: pl.DataFrame) -> None:
    """Draw the rows of `source_of`: one for an indicator, one a term for a rate."""
    st.markdown(f"**{words('source.rows')}**")
    drawn = "".join(_row(words, row) for row in rows.iter_rows(named=True))
    st.html(Ready(f'<div class="texts rows">{drawn}</div>'))


def _row(words: Words, row: dict[str, Any]) -> str:
    """What is known of a row, after its part in the rate and its label."""
    head = f"{words('side.' + row['side'])}: {row['label'] or words.named(row)}"
    facts = {
        "column.raw_value": row["raw_value"] or words.numbers.missing,
        "column.value": words.numbers.shortest(row["value"]),
        "column.status": words(f"status.{row['status']}"),
        "column.place": words.place(row["place"]) if row["place"] else None,
        "column.code": row["code"],
        "column.measure": row["unit_of_measure"] or words.named(row, "measure"),
        "column.level": words(f"level.{row['level']}"),
        "column.parent_label": row["parent_label"],
        "column.note": row["note"],
    }
    lines = [(words(label), str(value)) for label, value in facts.items() if value]
    body = "".join(f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>' for label, value in lines)
    return f"<table><caption>{escape(head)}</caption><tbody>{body}</tbody></table>"
