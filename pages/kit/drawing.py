"""A Plotly figure as plain data: traces and layout by Plotly's own names, checked by Plotly in the tests only.

`go.Figure` checks and copies every part whenever one is set: the house layout took it 5 ms a figure, a strip of peers
50, more than all questions of a page. What a part may be called and hold is in Plotly's reference.
"""

from typing import Any

Trace = dict[str, Any]


class Drawing:
    """Traces in the order they are drawn, over one layout; a part that is null is left out."""

    def __init__(self, *traces: Trace) -> None:
        """With these traces."""
        self.data = [_given(trace) for trace in traces]
        self.layout: dict[str, Any] = {}

    def add_trace(self, trace: Trace) -> None:
        """Draw a trace of any type over the others."""
        self.data.append(_given(trace))

    def add_scatter(self, **trace: Any) -> None:
        """Draw points, lines or texts."""
        self.add_trace({"type": "scatter", **trace})

    def add_bar(self, **trace: Any) -> None:
        """Draw bars."""
        self.add_trace({"type": "bar", **trace})

    def add_shape(self, **shape: Any) -> None:
        """Draw a line or a frame at a place of the axes or of the paper."""
        self.layout.setdefault("shapes", []).append(_given(shape))

    def add_annotation(self, **annotation: Any) -> None:
        """Write a text at a place of the axes or of the paper."""
        self.layout.setdefault("annotations", []).append(_given(annotation))

    def add_level(self, y: float, line: dict[str, Any], text: str) -> None:
        """Draw a line across the figure at a height, with a text at its right end."""
        across = {"xref": "x domain", "yref": "y"}
        self.add_shape(type="line", x0=0, x1=1, y0=y, y1=y, line=line, **across)
        place = {"x": 1, "y": y, "xanchor": "right", "yanchor": "bottom"}
        self.add_annotation(text=text, showarrow=False, **place, **across)

    def update_layout(self, **parts: Any) -> "Drawing":
        """Set parts of the layout, in what is there already part by part; returns itself."""
        _merge(self.layout, parts)
        return self

    def update_xaxes(self, **parts: Any) -> None:
        """Set parts of the horizontal axis, and of the others that the layout has."""
        self._update_axes("xaxis", parts)

    def update_yaxes(self, **parts: Any) -> None:
        """Set parts of the vertical axis, and of the others that the layout has."""
        self._update_axes("yaxis", parts)

    def _update_axes(self, kind: str, parts: dict[str, Any]) -> None:
        for name in (kind, *(name for name in self.layout if name.startswith(kind) and name != kind)):
            _merge(self.layout.setdefault(name, {}), parts)

    def to_dict(self) -> dict[str, Any]:
        """As Plotly's own figures are written."""
        return {"data": self.data, "layout": self.layout}


def _given(parts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if value is not None}


def _merge(into: dict[str, Any], parts: dict[str, Any]) -> None:
    for name, value in _given(parts).items():
        if isinstance(value, dict):
            _merge(into.setdefault(name, {}), value)
        else:
            into[name] = value
