"""What a page shows, read from the messages that Streamlit would send to the browser."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import plotly.graph_objects as go
import pytest
from google.protobuf.message import Message
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget
from streamlit.util import calc_hash

from pages.kit.drawing import Drawing

APP = Path(__file__).parents[2] / "app.py"
_NOT_SHOWN = {
    *("id", "key", "element_id", "form_id", "block_id", "deferred_file_id", "query_string", "page_script_hash"),
    *("url", "page", "icon", "theme", "config", "mime", "format"),
}
_JSON = {"spec", "columns"}


def plotted(figure: Drawing) -> go.Figure:
    """A figure as Plotly takes it, which refuses what it does not know."""
    return go.Figure(figure.to_dict())


class Screen:
    """One session of the app, opened at a page and an address."""

    def __init__(self, directory: Path, page: str, address: dict[str, str], fails: bool = False) -> None:
        self.directory, self.fails = directory, fails
        self.test = AppTest.from_file(str(APP), default_timeout=20)
        # AppTest.switch_page knows pages that are files; ours are callables, known by a hash of their address.
        self.test._page_hash = calc_hash(page)
        # Made by AppTest it looks for components in every package that is installed, which takes longer than a page.
        self.test._bidi_component_manager = BidiComponentManager()
        self.test.query_params = dict(address)
        self.run()

    def run(self, clicked: Message | None = None, selection: dict[str, Any] | None = None) -> None:
        """Run the page, as a click would; what it raises fails the test.

        `clicked` is a table or a figure in which the reader made a `selection`, which AppTest knows no way to say.
        """
        states = self.test._tree.get_widget_states()
        if clicked is not None:
            state = states.widgets.add()
            state.id, state.string_value = clicked.id, json.dumps({"selection": selection})  # type: ignore[attr-defined]
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("CCHC_WAREHOUSE", os.fspath(self.directory))
            self.test._run(states)
        assert [error.message for error in self.test.exception] == []
        assert self.fails or [error.value for error in self.test.error] == []
        for node in self.test.main:
            if node.type == "plotly_chart":
                go.Figure(json.loads(node.proto.spec))  # raises for what Plotly does not know

    @property
    def address(self) -> dict[str, str]:
        """The address after the run."""
        return dict(self.test.query_params)

    @property
    def captions(self) -> list[str]:
        """The small texts."""
        return [caption.value for caption in self.test.caption]

    @property
    def paragraphs(self) -> list[str]:
        """The texts in Markdown."""
        return [markdown.value for markdown in self.test.markdown]

    @property
    def heading(self) -> str:
        """The one heading."""
        (heading,) = self.test.subheader
        return str(heading.value)

    def tiles(self) -> dict[str, tuple[str, str]]:
        """The tiles: value and change by name."""
        return {metric.label: (metric.value, metric.delta) for metric in self.test.metric}

    def widget(self, name: str) -> Widget:
        """The widget that stands for `name` of the address."""
        found = [node for node in self.test.main if getattr(node, "key", None) == f"address-{name}"]
        assert len(found) == 1, f"{len(found)} widgets for {name}"
        assert isinstance(found[0], Widget)
        return found[0]

    def shows(self, name: str) -> bool:
        """Whether there is a widget for `name` of the address."""
        return any(getattr(node, "key", None) == f"address-{name}" for node in self.test.main)

    @property
    def tables(self) -> list[Any]:
        """The tables as a wide screen has them."""
        return [table for table in self.test.dataframe if not str(table.key).endswith("-narrow")]

    @property
    def phone_tables(self) -> list[Any]:
        """The tables that only a phone shows."""
        return [table for table in self.test.dataframe if str(table.key).endswith("-narrow")]

    def phone_widths(self, number: int = 0) -> dict[str, int]:
        """How wide the columns of a table are on a phone, in pixels, by heading."""
        settings = json.loads(self.phone_tables[number].proto.columns)
        return {heading: column["width"] for heading, column in settings.items() if heading != "_index"}

    def cells(self, number: int = 0, narrow: bool = False) -> list[dict[str, str]]:
        """A table as it is written, by heading; `narrow` counts those that only a phone shows."""
        table = (self.phone_tables if narrow else self.tables)[number]
        frame = convert_arrow_bytes_to_pandas_df(table.proto.arrow_data.styler.display_values)
        frame.columns = table.value.columns
        return [{str(heading): str(cell) for heading, cell in row.items()} for row in frame.to_dict("records")]

    def texts_table(self) -> list[dict[str, str]]:
        """The one table of texts, by heading."""
        bodies = [node.proto.body for node in self.test.get("html")]
        (table,) = [body for body in bodies if body.startswith('<div class="texts"><table')]
        head, *rows = fromstring(table).iter("tr")  # noqa: S314 - our own page
        return [{heading.text or "": cell.text or "" for heading, cell in zip(head, row, strict=True)} for row in rows]

    def printed_rows(self) -> list[dict[str, str]]:
        """The printed rows on the source card, by heading, the caption of each under the empty heading."""
        bodies = [node.proto.body for node in self.test.get("html")]
        (drawn,) = [body for body in bodies if body.startswith('<div class="texts rows">')]
        rows = []
        for table in fromstring(drawn).iter("table"):  # noqa: S314 - our own page
            texts = [cell.text or "" for line in table.iter("tr") for cell in line]
            rows.append({"": table.findtext("caption") or "", **dict(zip(texts[::2], texts[1::2], strict=True))})
        return rows

    def click_cell(self, row: int, heading: str, number: int = 0) -> None:
        """Click a cell of a table."""
        cells = {"rows": [], "columns": [], "cells": [[row, heading]]}
        self.run(self.tables[number].proto, cells)

    def click_point(self, customdata: str, number: int = 0) -> None:
        """Click the point of a figure that stands for this."""
        figures = [node.proto for node in self.test.main if node.type == "plotly_chart"]
        marked = {"points": [{"customdata": customdata}], "point_indices": [0], "box": [], "lasso": []}
        self.run(figures[number], marked)

    def click(self, key: str) -> None:
        """Press a button of ours."""
        self.test.button(key=key).click()
        self.run()

    def printed(self, number: int = 0) -> list[list[str]]:
        """A table as it is written for paper, with its headings."""
        bodies = [node.proto.body for node in self.test.get("html")]
        tables = [body for body in bodies if body.startswith('<div class="only-printed"><table')]
        rows = fromstring(tables[number]).iter("tr")  # noqa: S314 - our own page
        return [[cell.text or "" for cell in row] for row in rows]

    def figure(self) -> dict[str, Any]:
        """The one figure, as Plotly's data and layout."""
        figures = [node for node in self.test.main if node.type == "plotly_chart"]
        assert len(figures) == 1
        return dict(json.loads(figures[0].proto.spec))

    def lines(self) -> list[dict[str, Any]]:
        """The traces of the one figure that lead to sources: neither a band nor a mark."""
        return [trace for trace in self.figure()["data"] if "customdata" in trace]

    def texts(self) -> list[str]:
        """Every text of ours that a reader may meet: labels, helps, options, headings of tables, texts of figures."""
        shown = [node.proto for node in self.test.main if getattr(node, "proto", None) and node.type != "html"]
        found = [text for proto in shown for text in _strings(proto)]
        headings = [str(name) for table in self.test.dataframe for name in table.value.columns]
        return [*found, *headings]


def _strings(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in _NOT_SHOWN:
            continue
        for part in value if field.is_repeated else [value]:
            if isinstance(part, Message):
                yield from _strings(part)
            elif isinstance(part, str):
                # Figures and column settings travel as JSON, in which letters may be escaped.
                yield from _parts(json.loads(part)) if field.name in _JSON else (part,)


def _parts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _parts(part)
