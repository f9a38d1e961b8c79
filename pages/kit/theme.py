"""How figures look: one palette, one layout, Vietnamese or English marks, titles that a screen reader can say.

Colours are from Okabe and Ito's palette, told apart by colour-blind readers; meaning never lies in colour alone.
"""

from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.kit.words import Words

BLUE, ORANGE, GREEN, RED, GREY = "#0072b2", "#e69f00", "#009e73", "#d55e00", "#7f7f7f"
SERIES = (BLUE, RED, GREEN, "#cc79a7", ORANGE, "#56b4e9", "#5b4a9e", "#8c6d31")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid", "dash")
MARKERS = ("circle", "square", "diamond", "triangle-up", "x", "cross", "star", "hexagon")

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


def styled(figure: go.Figure, words: Words, height: int) -> go.Figure:
    """Give a figure the house layout; its size in pixels high, its width that of its place."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 16, "b": 8},
        separators=",." if words.language == "vi" else ".,",
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0},
        hoverlabel={"align": "left"},
        dragmode=False,
        font={"size": 14},
    )
    return figure


def show_figure(figure: go.Figure, words: Words, key: str, alt: str) -> None:
    """Draw a figure with the locale inline and a description for screen readers."""
    st.plotly_chart(figure, key=key, config=_config(words), alt=alt)


def clickable_figure(figure: go.Figure, words: Words, key: str, alt: str) -> str | None:
    """Draw a figure and return the `customdata` of the point that was clicked, null until one is."""
    event = st.plotly_chart(figure, key=key, config=_config(words), alt=alt, on_select="rerun", selection_mode="points")
    points = event["selection"]["points"]
    if not points:
        return None
    clicked = points[0].get("customdata")
    return str(clicked[0] if isinstance(clicked, list) else clicked)


def _config(words: Words) -> dict[str, Any]:
    return {
        "locale": words.language,
        "locales": {"vi": _VIETNAMESE},
        "displaylogo": False,
        "displayModeBar": False,
        "responsive": True,
    }
