"""The strip figure: each rate's peers as dots on a scale of their own, the unit's place among them marked."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.kit.theme import BLUE, GREY, RED, as_written, styled
from pages.kit.words import Words
from pages.profile.standing import WHOLE, Standing, percent_words, rank_words

_ROW_HEIGHT = 96
_OFF_SCALE = 1.04  # where figures above 100 % stand, past the right end


def strip_figure(standings: Sequence[Standing], words: Words, unit: str) -> go.Figure:
    """One strip a rate from the peers' lowest to their highest figure: quartiles as a bar, median as a tick.

    Figures above 100 % stand past the right end and do not stretch the scale.
    """
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
        _peers(figure, row, one, words)
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


def _peers(figure: go.Figure, row: int, one: Standing, words: Words) -> None:
    """Every peer as a tick, one above 100 % as a triangle off the scale."""
    figure.add_scatter(
        x=[place(one, value) for value in one.peers],
        y=[row] * len(one.peers),
        mode="markers",
        marker={
            "color": GREY,
            "symbol": ["triangle-right" if value > WHOLE else "line-ns" for value in one.peers],
            "size": 12,
            "line": {"width": 1, "color": GREY},
        },
        opacity=0.5,
        text=[words.numbers.percent(value) for value in one.peers],
        hovertemplate="%{text}<extra></extra>",
    )


def _texts(figure: go.Figure, row: int, one: Standing, words: Words) -> None:
    """The rate with the unit's figure above its strip, the lowest and the highest figure at its ends."""
    said = f"{one.short_name}<br><b>{standing_words(one, words)}</b>"
    figure.add_annotation(x=-0.24, y=row - 0.46, text=said, showarrow=False, xanchor="left", align="left")
    lowest, highest = words.numbers.percent(one.peers[0]), words.numbers.percent(one.highest)
    ends = [(lowest, 0.0, "right", -12, 0), (highest, 1.0, "left", 12 + 14 * bool(one.beyond), 0)]
    if one.beyond:
        beyond = words("profile.beyond", count=words.numbers.number(len(one.beyond)))
        ends.append((beyond, 1.24, "right", 0, -22))
    for text, x, anchor, right, up in ends:
        figure.add_annotation(
            x=x, y=row, text=text, showarrow=False, xanchor=anchor, xshift=right, yshift=up,
            font={"color": GREY, "size": 12},
        )  # fmt: skip


def place(one: Standing, value: float) -> float:
    """Where a value stands between the lowest peer, 0, and the highest, 1; the middle where all are the same.

    What is above 100 % stands beyond, all at one place.
    """
    low, high = one.peers[0], one.highest
    if value > WHOLE:
        return _OFF_SCALE
    return 0.5 if high <= low else (value - low) / (high - low)


def standing_words(one: Standing, words: Words) -> str:
    """The unit's figure and the ranks it may have: `98,51 %, có thể đứng thứ 101–142 trong 158`."""
    if (one.rank_best, one.rank_worst) == (1, one.ranked) and one.ranked > 1:
        return words("profile.standing_open", value=percent_words(one, words))
    sure = one.rank_best is None or one.rank_best == one.rank_worst
    key = "profile.standing_sure" if sure else "profile.standing"
    return words(key, value=percent_words(one, words), rank=rank_words(one, words))
