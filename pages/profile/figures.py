"""The strip figure: each rate's peers as dots on a scale of their own, the unit's place among them marked."""

from collections import defaultdict
from collections.abc import Sequence

from pages.kit.drawing import Drawing
from pages.kit.remarks import WHOLE
from pages.kit.theme import BLUE, GREY, RED, as_written, styled
from pages.kit.words import Words
from pages.profile.standing import Standing, percent_words, rank_words

_ROW_HEIGHT = 96
_OFF_SCALE = 1.04  # where figures above 100 % stand, past the right end
_LEFT, _RIGHT = -0.24, 1.24
_FAINT = 0.5  # of what lies under a tick shines through it
_BELOW = 0.23  # of a row
_GAP = "\u2003"  # an em: room between a strip and its ends


def strip_figure(standings: Sequence[Standing], words: Words, unit: str) -> Drawing:
    """One strip a rate from the peers' lowest to their highest figure: quartiles as a bar, median as a tick.

    Figures above 100 % stand past the right end and do not stretch the scale. What all strips have is one trace: a
    trace for each took most of the time that the page takes.
    """
    figure = Drawing()
    _quartiles(figure, standings)
    _peers(figure, standings, words)
    rows = list(range(len(standings)))
    figure.add_scatter(
        x=[place(one, one.median) for one in standings],
        y=rows,
        mode="markers",
        marker={"color": RED, "symbol": "line-ns", "size": 26, "line": {"width": 3, "color": RED}},
        text=[f"{words('profile.median')}: {words.numbers.percent(one.median)}" for one in standings],
        hovertemplate="%{text}<extra></extra>",
    )
    figure.add_scatter(
        x=[place(one, one.percent) for one in standings],
        y=rows,
        mode="markers",
        marker={
            "color": BLUE,
            "size": 16,
            "symbol": ["diamond" if one.basis != "estimated" else "diamond-open" for one in standings],
        },
        text=[standing_words(one, words) for one in standings],
        hovertemplate=f"<b>{as_written(unit)}</b>: %{{text}}<extra></extra>",
    )
    _names(figure, standings, words)
    _ends(figure, standings, words)
    figure.update_xaxes(visible=False, range=[_LEFT, _RIGHT], fixedrange=True)
    figure.update_yaxes(visible=False, range=[len(standings) - 0.6, -0.8], fixedrange=True)
    figure.update_layout(showlegend=False)
    return styled(figure, words, height=40 + _ROW_HEIGHT * len(standings))


def _quartiles(figure: Drawing, standings: Sequence[Standing]) -> None:
    """From the lower to the upper quartile, with a gap before the next strip."""
    figure.add_scatter(
        x=[at for one in standings for at in (place(one, one.lower_quartile), place(one, one.upper_quartile), None)],
        y=[at for row in range(len(standings)) for at in (row, row, None)],
        mode="lines",
        line={"color": GREY, "width": 16},
        opacity=0.3,
        hoverinfo="skip",
    )


def _peers(figure: Drawing, standings: Sequence[Standing], words: Words) -> None:
    """The peers as ticks, one for all at one place of a screen; each above 100 % as a triangle off the scale.

    A tick of several is as dark as theirs would be one on another, and says how many they are.
    """
    peers: dict[tuple[int, float, float], list[float]] = defaultdict(list)
    for row, one in enumerate(standings):
        for value in one.peers:
            peers[row, _on_screen(one, value), max(value, WHOLE)].append(value)
    figure.add_scatter(
        x=[at for _, at, _ in peers],
        y=[row for row, _, _ in peers],
        mode="markers",
        marker={
            "color": GREY,
            "symbol": ["triangle-right" if values[-1] > WHOLE else "line-ns" for values in peers.values()],
            "size": 12,
            "line": {"width": 1, "color": GREY},
            "opacity": [round(1 - _FAINT ** len(values), 3) for values in peers.values()],
        },
        text=[_peer(values, words) for values in peers.values()],
        hovertemplate="%{text}<extra></extra>",
    )


def _peer(values: Sequence[float], words: Words) -> str:
    """`99,12 %`, or the highest of several that are drawn as one: `99,12 % · 3 đơn vị`."""
    highest, count = words.numbers.percent(values[-1]), len(values)
    return highest if count == 1 else words("profile.peers_at", value=highest, count=words.numbers.number(count))


def _on_screen(one: Standing, value: float) -> float:
    """Where a value stands, to a thousandth of a strip: less than a point of a wide screen."""
    return round(place(one, value), 3)


def _names(figure: Drawing, standings: Sequence[Standing], words: Words) -> None:
    """Each rate with the unit's figure above its strip."""
    figure.add_scatter(
        x=[_LEFT] * len(standings),
        y=[row - 0.46 for row in range(len(standings))],
        mode="text",
        text=[f"{one.short_name}<br><b>{standing_words(one, words)}</b>" for one in standings],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )


def _ends(figure: Drawing, standings: Sequence[Standing], words: Words) -> None:
    """The lowest and the highest figure at the ends of each strip, and how many are off the scale."""
    written = words.numbers.percent
    said: list[tuple[float, float, str, str]] = []
    for row, one in enumerate(standings):
        said.append((row, 0.0, f"{written(one.peers[0])}{_GAP}", "middle left"))
        said.append((row, right_end(one), f"{_GAP}{written(one.highest)}", "middle right"))
        if one.beyond:
            beyond = words("profile.beyond", count=words.numbers.number(len(one.beyond)))
            said.append((row + _BELOW, _RIGHT, beyond, "middle left"))
    heights, places, texts, positions = zip(*said, strict=True)
    figure.add_scatter(
        x=places,
        y=heights,
        mode="text",
        text=texts,
        textposition=positions,
        textfont={"color": GREY, "size": 12},
        cliponaxis=False,
        hoverinfo="skip",
    )


def place(one: Standing, value: float) -> float:
    """Where a value stands between the lowest peer, 0, and the highest, 1; the middle where all are the same.

    What is above 100 % stands beyond, all at one place.
    """
    low, high = one.peers[0], one.highest
    if value > WHOLE:
        return _OFF_SCALE
    return 0.5 if high <= low else (value - low) / (high - low)


def right_end(one: Standing) -> float:
    """Where a strip ends, behind which its highest figure is written: with those off the scale, past them."""
    return _OFF_SCALE if one.beyond else 1.0


def standing_words(one: Standing, words: Words) -> str:
    """The unit's figure and the ranks it may have: `98,51 %, có thể đứng thứ 101–142 trong 158`."""
    if one.rank is None:
        return percent_words(one, words)
    if (one.rank_best, one.rank_worst) == (1, one.ranked) and one.ranked > 1:
        return words("profile.standing_open", value=percent_words(one, words))
    sure = one.rank_best is None or one.rank_best == one.rank_worst
    key = "profile.standing_sure" if sure else "profile.standing"
    return words(key, value=percent_words(one, words), rank=rank_words(one, words))
