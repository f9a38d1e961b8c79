"""How figures look: one palette, one layout, Vietnamese or English marks, titles that a screen reader can say.

Colours are Okabe and Ito's, told apart by colour-blind readers, the light ones darkened until they stand out from
white paper; meaning never lies in colour alone. Grey is dark enough for text.
"""

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

import plotly.io as pio
import streamlit as st
from plotly.basedatatypes import BaseFigure

from pages.kit.drawing import Drawing
from pages.kit.words import Words

BLUE, ORANGE, GREEN, RED, GREY = "#0072b2", "#b97f00", "#008a64", "#c85300", "#5a6672"
SERIES = (BLUE, RED, GREEN, "#b8598d", ORANGE, "#2b8cc4", "#5b4a9e", "#8c6d31")
# Figures are drawn in the colours above; on a dark page each is replaced by its lighter twin when it is shown.
DARK_TWINS = {
    **dict(
        zip(
            SERIES,
            ("#58a9e2", "#f2843c", "#2fc295", "#e29bc4", "#e6b13d", "#8fd0f5", "#ab9de3", "#c9a55c"),
            strict=True,
        )
    ),
    GREY: "#a9b4bf",
}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid", "dash")
MARKERS = ("circle", "square", "diamond", "triangle-up", "x", "cross", "star", "hexagon")

# Plotly takes some HTML in any text. Of tags only those that we write reach it; names are made literal besides.
_FOREIGN_TAG = re.compile(r"<(?!/?(?:b|i|br|extra)>)", re.IGNORECASE)

_VIETNAMESE = {
    "moduleType": "locale",
    "name": "vi",
    "dictionary": {
        "Autoscale": "Tự co giãn",
        "Box Select": "Chọn vùng",
        "Download plot as a PNG": "Tải hình PNG",
        "Download plot as a png": "Tải hình PNG",
        "Lasso Select": "Chọn tự do",
        "Pan": "Di chuyển",
        "Reset axes": "Về mặc định",
        "Zoom": "Phóng to",
        "Zoom in": "Phóng to",
        "Zoom out": "Thu nhỏ",
        "Double-click to zoom back out": "Bấm đúp để về toàn cảnh",
    },
    "format": {"decimal": ",", "thousands": ".", "date": "%d/%m/%Y"},
}


def as_written(text: object) -> str:
    """Text of a report or a catalogue for a figure, which shows it as written: its `<b>` is no bold type."""
    return escape(str(text), quote=False)


def styled(figure: Drawing, words: Words, height: int) -> Drawing:
    """Give a figure the house layout; its size in pixels high, its width that of its place."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 16, "b": 8},
        separators=",." if words.language == "vi" else ".,",
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0},
        hoverlabel={"align": "left"},
        dragmode=False,
        font={"size": 14, "color": GREY},
    )
    grey = {"font": {"color": GREY}}
    figure.update_xaxes(tickfont=grey["font"], title=grey)
    figure.update_yaxes(tickfont=grey["font"], title=grey)
    return figure


def show_figure(figure: Drawing, words: Words, key: str, alt: str) -> None:
    """Draw a figure with the locale inline and a description for screen readers."""
    st.plotly_chart(_on_this_page(figure), key=key, config=_config(words), alt=alt)


def clickable_figure(figure: Drawing, words: Words, key: str, alt: str) -> str | None:
    """Draw a figure and return the `customdata` of the point that was clicked, or its id, null until one is.

    Boxes of an icicle come back with their id only.
    """
    event = st.plotly_chart(
        _on_this_page(figure), key=key, config=_config(words), alt=alt, on_select="rerun", selection_mode="points"
    )
    points = event["selection"]["points"]
    if not points:
        return None
    clicked = points[0].get("customdata") or points[0].get("id")
    clicked = clicked[0] if isinstance(clicked, list) else clicked
    return None if clicked is None else str(clicked)


class _Drawn(BaseFigure):  # type: ignore[misc]  # Plotly has no types
    """A figure as it is sent. Streamlit asks for no more than this; a new `go.Figure` would check all of it."""

    def __init__(self, drawn: dict[str, Any]) -> None:  # not Plotly's, which would do just that
        self._drawn = drawn

    def to_dict(self) -> dict[str, Any]:
        """Its data and layout."""
        return self._drawn


def _on_this_page(figure: Drawing) -> _Drawn:
    """The figure in the colours of the page's scheme, over the template that Streamlit gives its own colours."""
    drawn = as_sent(figure, dark=st.context.theme.type == "dark")
    drawn["layout"]["template"] = _template()
    return _Drawn(drawn)


@cache
def _template() -> dict[str, Any]:
    template: dict[str, Any] = pio.templates[pio.templates.default].to_plotly_json()
    return template


def as_sent(figure: Drawing, dark: bool) -> dict[str, Any]:
    """A copy of a figure in the colours of a scheme, without tags that are not ours."""
    copy: dict[str, Any] = _replaced(figure.to_dict(), DARK_TWINS if dark else {})
    return copy


def _replaced(part: object, twins: Mapping[str, str]) -> Any:  # noqa: ANN401 - as deep and as mixed as a figure is
    if isinstance(part, dict):
        return {name: _replaced(value, twins) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_replaced(value, twins) for value in part]
    return twins.get(part) or _FOREIGN_TAG.sub("&lt;", part) if isinstance(part, str) else part


def _config(words: Words) -> dict[str, Any]:
    return {
        "locale": words.language,
        "locales": {"vi": _VIETNAMESE},
        "displaylogo": False,
        "displayModeBar": False,
        "responsive": True,
    }
