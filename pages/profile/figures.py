"""The strip figure: each rate's peers as dots on a scale of their own, the unit's place among them marked."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.kit.theme import BLUE, GREY, RED, as_written, styled
from pages.kit.words import Words
from pages.profile.standing import Standing

_ROW_HEIGHT = 76


def strip_figure(standings: Sequence[Standing], words: Words, unit: str) -> go.Figure:
    """One strip a rate from the peers' lowest to their highest figure: quartiles as a bar, median as a tick."""
    numbers = words.numbers
    figure = go.Figure()
    for row, one in enumerate(standings):
        figure.add_scatter(
            x=[place(one, one.lower_quartile), place(one, one.upper_quartile)],
            y=[row, row],
            mode="lines",
            line={"color": GREY, "width": 16},
            opacity=0.3,
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=[place(one, value) for value in one.peers],
            y=[row] * len(one.peers),
            mode="markers",
            marker={"color": GREY, "symbol": "line-ns", "size": 12, "line": {"width": 1, "color": GREY}},
            opacity=0.5,
            text=[numbers.percent(value) for value in one.peers],
            hovertemplate="%{text}<extra></extra>",
        )
        figure.add_scatter(
            x=[place(one, one.median)],
            y=[row],
            mode="markers",
            marker={"color": RED, "symbol": "line-ns", "size": 26, "line": {"width": 3, "color": RED}},
            hovertemplate=f"{words('profile.median')}: {numbers.percent(one.median)}<extra></extra>",
        )
        figure.add_scatter(
            x=[place(one, one.percent)],
            y=[row],
            mode="markers",
            marker={"color": BLUE, "size": 16, "symbol": "diamond" if one.basis != "estimated" else "diamond-open"},
            hovertemplate=f"<b>{as_written(unit)}</b>: {standing_words(one, words)}<extra></extra>",
        )
        _texts(figure, row, one, words)
    figure.update_xaxes(visible=False, range=[-0.24, 1.24], fixedrange=True)
    figure.update_yaxes(visible=False, range=[len(standings) - 0.6, -0.8], fixedrange=True)
    figure.update_layout(showlegend=False)
    return styled(figure, words, height=40 + _ROW_HEIGHT * len(standings))


def _texts(figure: go.Figure, row: int, one: Standing, words: Words) -> None:
    """The rate with the unit's figure above its strip, the lowest and the highest figure at its ends."""
    said = f"{one.short_name}: <b>{standing_words(one, words)}</b>"
    figure.add_annotation(x=-0.24, y=row - 0.42, text=said, showarrow=False, xanchor="left", align="left")
    for value, x, anchor, shift in ((one.peers[0], 0.0, "right", -12), (one.peers[-1], 1.0, "left", 12)):
        figure.add_annotation(
            x=x, y=row, text=words.numbers.percent(value), showarrow=False, xanchor=anchor, xshift=shift,
            font={"color": GREY, "size": 12},
        )  # fmt: skip


def place(one: Standing, value: float) -> float:
    """Where a value stands between the lowest peer, 0, and the highest, 1; the middle where all are the same."""
    low, high = one.peers[0], one.peers[-1]
    return 0.5 if high == low else (value - low) / (high - low)


def standing_words(one: Standing, words: Words) -> str:
    """The unit's figure and rank in words: `98,51 %, hạng 123/165`."""
    return words(
        "profile.standing",
        value=words.numbers.percent(one.percent),
        rank=words.numbers.number(one.rank),
        ranked=words.numbers.number(one.ranked),
    )
