"""A table as it is printed: every cell as text, at most so many rows, and said which rows there are none of."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

import polars as pl

from pages.kit.words import Words

PRINTED_ROWS = 200


@dataclass(frozen=True)
class Excerpt:
    """What of a long table is printed: some of its rows, the number of each in the whole, from 0, and why these."""

    rows: pl.DataFrame
    numbers: Sequence[int]
    note: str


class PrintedColumn(NamedTuple):
    """A column: its heading, whether it holds numbers, and whether its texts may hold anything at all."""

    heading: str
    figures: bool
    foreign: bool


def printed_table(
    columns: Sequence[tuple[PrintedColumn, Sequence[str]]], words: Words, excerpt: Excerpt | None = None
) -> str:
    """The table in HTML, from its columns and their texts, which are those of the `excerpt` where there is one."""
    tags = [f'<td class="{"figure" if column.figures else "words"}">' for column, _ in columns]
    head = "".join(
        f"{tag.replace('td', 'th', 1)}{escape(column.heading)}</th>"
        for tag, (column, _) in zip(tags, columns, strict=True)
    )
    cells = [
        [f"{tag}{escape(text) if column.foreign else text}</td>" for text in texts[:PRINTED_ROWS]]
        for tag, (column, texts) in zip(tags, columns, strict=True)
    ]
    rows = [f"<tr>{''.join(row)}</tr>" for row in zip(*cells, strict=True)]
    more = len(columns[0][1]) - PRINTED_ROWS
    note = words("table.printed_part", more=words.numbers.number(more)) if more > 0 else ""
    if excerpt:
        rows, note = _with_gaps(rows, excerpt, len(columns), words), excerpt.note
    said = f"<p>{escape(note)}</p>" if note else ""
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f'<div class="only-printed">{table}{said}</div>'


def _with_gaps(rows: Sequence[str], excerpt: Excerpt, across: int, words: Words) -> list[str]:
    """The rows of an excerpt, and between them how many are left out and which."""
    gapped, write = list[str](), words.numbers.number
    for row, number, before in zip(rows, excerpt.numbers, (-1, *excerpt.numbers), strict=False):
        if number > before + 1:
            count, first, last = (write(value) for value in (number - before - 1, before + 2, number))
            gap = words("table.printed_gap", count=count, first=first, last=last)
            gapped.append(f'<tr><td class="gap" colspan="{across}">{escape(gap)}</td></tr>')
        gapped.append(row)
    return gapped
