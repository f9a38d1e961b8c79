"""Tables whose numbers are written in the reader's language and still sort as numbers.

The built-in number formats follow the browser's language, not the page's, so the figures are written by our own
formatter and sent beside the values, as those of a pandas Styler are: the cell shows the text, the column sorts by the
value. A Styler itself has pandas turn every table over three times, which cost more than all else on a page.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from html import escape
from math import ceil
from typing import Any, Literal

import polars as pl
import pyarrow as pa
import streamlit as st
from streamlit.dataframe_util import convert_arrow_table_to_arrow_bytes
from streamlit.elements import arrow as streamlit_tables
from streamlit.elements.lib.column_config_utils import marshall_column_config
from streamlit.elements.lib.column_types import ColumnConfig
from streamlit.proto.Dataframe_pb2 import Dataframe

from pages.kit.printed_table import Excerpt, PrintedColumn, printed_table
from pages.kit.ready import Ready
from pages.kit.words import Words
from warehouse.frames import beside
from warehouse.numbers import shown_change

Kind = Literal["text", "count", "change", "percent", "printed", "points", "number", "difference"]


@dataclass(frozen=True)
class Column:
    """A column of a table: the frame's field, its heading, how it is written, and a help text.

    `narrow` is its width in pixels on a phone: where any column of a table has one, those without are left out there.
    There its heading is `short`, if there is one. `text` is the field of what its cells say, where that is more than
    the value they are sorted by. No two columns of a table have one field.
    """

    field: str
    heading: str
    kind: Kind = "text"
    help: str | None = None
    width: Literal["small", "medium", "large"] | int | None = None
    narrow: int | None = None
    text: str | None = None
    short: str | None = None


Texts = dict[str, list[str]]
ROW_PIXELS = 35
_INDEX = "_index"  # Streamlit's name for the index in the settings of columns
_LETTER_PIXELS, _CELL_PADDING = 6.9, 17
_LOWEST_NARROW = 460
_SHORT_PIXELS = 760
_STRETCHED = 1.15  # columns are as much wider than asked for, or a little less, where a table has room
_LINE_PIXELS, _HIGHEST_NARROW_ROW = 22, 112
_SHORT = 16  # rows; a longer table would be too high with its texts broken into lines
WRAPPED_ROW_PIXELS = 66  # Streamlit breaks long texts into lines in rows higher than 4rem


def table_height(rows: int, most: int = 900, row_pixels: int = ROW_PIXELS) -> int:
    """The height in pixels at which `rows` rows are seen whole, at most `most`."""
    return min(ROW_PIXELS + row_pixels * rows + 3, most)


def show_table(
    frame: pl.DataFrame,
    columns: Sequence[Column],
    words: Words,
    key: str,
    height: int | None = None,
    row_pixels: int | None = None,
) -> None:
    """Show a frame, `height` in pixels; the reader can sort by any column.

    Rows are `row_pixels` high, or in a short table high enough for texts that its columns would cut.
    """
    texts = _written(frame, columns, words)
    for part, shown, pixels in _widths(columns, key, texts, row_pixels):
        with part:
            high: int | Literal["auto"] = _height(frame, height, pixels) if height else "auto"
            look = _look(shown, texts, key if shown is columns else f"{key}-narrow")
            st.dataframe(_values(frame, shown), height=high, row_height=pixels, **look)
    _printed(columns, texts, words)


def _widths(
    columns: Sequence[Column], key: str, texts: Texts, row_pixels: int | None = None
) -> list[tuple[AbstractContextManager[object], Sequence[Column], int]]:
    """The places of a table with the columns and the height of rows in each: one, or one a width of the screen."""
    row_pixels = row_pixels or (WRAPPED_ROW_PIXELS if _cut(columns, texts) else ROW_PIXELS)
    few = [
        replace(column, width=column.narrow, heading=column.short or column.heading)
        for column in columns
        if column.narrow
    ]
    if not few:
        return [(nullcontext(), columns, row_pixels)]
    wide, narrow = st.container(key=f"{key}-only-wide"), st.container(key=f"{key}-only-narrow")
    return [(wide, columns, row_pixels), (narrow, few, _narrow_pixels(few, texts))]


def clickable_table(
    frame: pl.DataFrame,
    columns: Sequence[Column],
    words: Words,
    key: str,
    height: int,
    row_pixels: int | None = None,
) -> int | None:
    """Show a frame and return the position of the row whose cell was clicked, null until one is."""
    clicked = clickable_cells(frame, columns, words, key, height, row_pixels)
    return clicked[0] if clicked else None


def clickable_cells(
    frame: pl.DataFrame,
    columns: Sequence[Column],
    words: Words,
    key: str,
    height: int,
    row_pixels: int | None = None,
    excerpt: Excerpt | None = None,
) -> tuple[int, str] | None:
    """Show a frame and return the row's position and the field of the cell that was clicked, null until one is.

    The frame is printed too, or an `excerpt` instead.
    """
    texts, clicked = _written(frame, columns, words), None
    for part, shown, pixels in _widths(columns, key, texts, row_pixels):
        with part:
            its_key = key if shown is columns else f"{key}-narrow"
            event = st.dataframe(
                _values(frame, shown),
                height=_height(frame, height, pixels),
                row_height=pixels,
                on_select="rerun",
                selection_mode="single-cell",
                **_look(shown, texts, its_key),
            )
        clicked = clicked or _cell(event["selection"]["cells"], frame, shown)
    _printed(columns, texts if excerpt is None else _written(excerpt.rows, columns, words), words, excerpt)
    return clicked


def _cut(columns: Sequence[Column], texts: Texts) -> bool:
    """Whether a short table has a text that its column would cut off: its rows are made high enough for lines."""
    return any(
        0 < len(texts[column.field]) <= _SHORT
        and _LETTER_PIXELS * max(map(len, texts[column.field])) + _CELL_PADDING > _STRETCHED * column.width
        for column in columns
        if column.kind == "text" and isinstance(column.width, int)
    )


def _narrow_pixels(columns: Sequence[Column], texts: Texts) -> int:
    """The height of rows on a phone: room for nine in ten of the texts in lines, up to a limit."""
    lines = (
        _LETTER_PIXELS * _long(texts[column.field]) / (column.width - _CELL_PADDING)
        for column in columns
        if column.kind == "text" and isinstance(column.width, int)
    )
    return min(max(WRAPPED_ROW_PIXELS, _LINE_PIXELS * ceil(max(lines, default=0))), _HIGHEST_NARROW_ROW)


def _long(texts: Sequence[str]) -> int:
    """The letters that nine in ten of the texts do not exceed."""
    return sorted(map(len, texts))[len(texts) * 9 // 10] if texts else 0


def text_table(frame: pl.DataFrame, columns: Sequence[Column], words: Words) -> None:
    """A table of texts that are read whole, on screen and on paper: nothing is cut, sorted or clicked."""
    texts = _written(frame, columns, words)
    head = "".join(
        f'<th scope="col" style="width: {column.width}px">{escape(column.heading)}</th>' for column in columns
    )
    rows = zip(*(texts[column.field] for column in columns), strict=True)
    body = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in rows)
    st.html(f'<div class="texts"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>')


def with_shown_change(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with `change` in points between its `percent` and `percent_before` as they are written."""
    pairs = zip(frame["percent"].to_list(), frame["percent_before"].to_list(), strict=True)
    return beside(frame, [pl.Series("change", [shown_change(*pair) for pair in pairs], dtype=pl.Float64)])


def _height(frame: pl.DataFrame, height: int, row_pixels: int) -> int:
    """The height asked for; on a phone, where rows are higher, at least enough to be worth scrolling in."""
    if row_pixels == ROW_PIXELS:
        return height
    most = _SHORT_PIXELS if frame.height <= _SHORT else max(height, _LOWEST_NARROW)
    return table_height(frame.height, most, row_pixels)


def _cell(cells: Sequence[Any], frame: pl.DataFrame, columns: Sequence[Column]) -> tuple[int, str] | None:
    fields = {column.heading: column.field for column in columns}
    if cells and 0 <= int(cells[0][0]) < frame.height and cells[0][1] in fields:
        return int(cells[0][0]), fields[cells[0][1]]
    return None


def _written(frame: pl.DataFrame, columns: Sequence[Column], words: Words) -> Texts:
    """The texts of a table, column by column, by their fields."""
    return {
        column.field: frame[column.text].to_list()
        if column.text
        else list(map(_writer(column.kind, words), frame[column.field]))
        for column in columns
    }


def _printed(columns: Sequence[Column], texts: Texts, words: Words, excerpt: Excerpt | None = None) -> None:
    """The table for paper: the one on screen is a picture of the rows that are scrolled to."""
    written = [(_printed_column(column), texts[column.field]) for column in columns]
    st.html(Ready(printed_table(written, words, excerpt)))


def _printed_column(column: Column) -> PrintedColumn:
    """What our own formatter wrote are numbers, in which there is nothing to escape."""
    return PrintedColumn(column.heading, column.kind != "text", column.kind == "text" or column.text is not None)


def _values(frame: pl.DataFrame, columns: Sequence[Column]) -> pa.Table:
    """What the columns are sorted by, under their headings."""
    return pa.table({column.heading: frame[column.field].to_arrow() for column in columns})


def _hand_over(proto: Dataframe, settings: dict[str, Any]) -> None:
    """Put the texts of a table, which travel in the settings of its hidden index, beside its values.

    With an id that is not drawn by lot the same table is the same message, and the browser keeps what it has; without
    any it takes no notice of our texts and writes the numbers its own way.
    """
    if texts := settings.get(_INDEX, {}).pop("texts", None):
        proto.arrow_data.styler.uuid = "t"
        proto.arrow_data.styler.display_values = texts
    marshall_column_config(proto, settings)  # type: ignore[arg-type]  # settings as any dict


streamlit_tables.marshall_column_config = _hand_over  # type: ignore[attr-defined, assignment]


def _look(columns: Sequence[Column], texts: Texts, key: str) -> dict[str, Any]:
    settings: dict[str, Any] = {column.heading: _settings(column) for column in columns}
    shown = pa.table({column.heading: pa.array(texts[column.field], pa.string()) for column in columns})
    settings[_INDEX] = {"texts": convert_arrow_table_to_arrow_bytes(shown)}
    return {"key": key, "hide_index": True, "column_config": settings, "placeholder": "–", "lazy": False}


def _settings(column: Column) -> ColumnConfig:
    kind = st.column_config.TextColumn if column.kind == "text" else st.column_config.NumberColumn
    width = max(column.width, heading_width(column.heading)) if isinstance(column.width, int) else column.width
    return kind(help=column.help, width=width)


def heading_width(heading: str) -> int:
    """The pixels at which a heading is read whole: what is wide enough in one language may not be in the other."""
    return round(_LETTER_PIXELS * len(heading)) + _CELL_PADDING


def _writer(kind: Kind, words: Words) -> Callable[[Any], str]:
    numbers = words.numbers
    writers: dict[Kind, Callable[[Any], str]] = {
        "text": str,
        "count": numbers.number,
        "change": lambda value: numbers.number(value, signed=True),
        "number": numbers.shortest,
        "difference": lambda value: numbers.shortest(value, signed=True),
        "percent": numbers.percent,
        "printed": lambda value: f"{numbers.shortest(value)}\u00a0%",  # a percentage with its own decimals
        "points": numbers.points,
    }
    write = writers[kind]
    return lambda value: numbers.missing if value is None or value != value else write(value)  # noqa: PLR0124 - NaN
