"""The brief's charts, drawn without a browser so that they fit a web page and a Word document alike."""

import io
from collections.abc import Sequence
from functools import partial
from textwrap import fill
from typing import Literal

from matplotlib.figure import Figure

from pages.kit.remarks import DISPUTED, WHOLE
from pages.kit.theme import BLUE, GREY, RED
from pages.kit.words import Words
from pages.profile.brief import Series
from pages.profile.figures import place, right_end, standing_words
from pages.profile.standing import Standing

_WIDTH = 7.0  # inches: the sheet between its margins


def strip_chart(standings: Sequence[Standing], words: Words) -> Figure:
    """As the page's strip: each rate's peers, quartiles, median and the unit."""
    figure = Figure(figsize=(_WIDTH, 0.15 + 0.37 * len(standings)), layout="constrained")
    axes = figure.subplots()
    text = partial(axes.annotate, xytext=(0, 0), textcoords="offset points", fontsize=8, va="center")
    for row, one in enumerate(standings):
        at = partial(place, one)
        axes.plot([at(one.lower_quartile), at(one.upper_quartile)], [row, row], color=GREY, alpha=0.3, linewidth=9)
        shown = [at(value) for value in one.peers if value <= WHOLE]
        axes.plot(shown, [row] * len(shown), "|", color=GREY, alpha=0.5, markersize=8)
        axes.plot(
            [at(value) for value in one.beyond], [row] * len(one.beyond), ">", color=GREY, alpha=0.5, markersize=7
        )
        axes.plot([at(one.median)], [row], "|", color=RED, markersize=15, markeredgewidth=2)
        face = "white" if one.basis == "estimated" else BLUE
        axes.plot([at(one.percent)], [row], "D", color=BLUE, markerfacecolor=face, markersize=7)
        text(f"{one.short_name}: {standing_words(one, words)}", (-0.17, row - 0.42), ha="left")
        text(words.numbers.percent(one.peers[0]), (0, row), xytext=(-8, 0), ha="right", color=GREY)
        highest = words.numbers.percent(one.highest)
        if one.beyond:
            highest = f"{highest}\n{words('profile.beyond', count=words.numbers.number(len(one.beyond)))}"
        text(highest, (right_end(one), row), xytext=(8, 0), ha="left", color=GREY)
    axes.set(xlim=(-0.17, 1.17), ylim=(len(standings) - 0.65, -0.7), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    return figure


def trend_chart(series: Sequence[Series], words: Words) -> Figure:
    """Small multiples: one rate each over the years, every figure written beside its point, gaps as gaps."""
    figure = Figure(figsize=(_WIDTH, 1.3), layout="constrained")
    for number, one in enumerate(series, start=1):
        axes = figure.add_subplot(1, len(series), number)
        years = [name for name, _ in one.points]
        values = [float("nan") if value is None else value for _, value in one.points]
        axes.plot(range(len(years)), values, color=BLUE, marker="o", markersize=4, linewidth=1.5)
        given = [position for position, value in enumerate(values) if value == value]  # noqa: PLR0124 - NaN
        disputed = {position for position in given if years[position] in one.disputed}
        for position in {given[0], given[-1], *disputed} if given else ():
            label = words.numbers.percent(values[position], 1) + DISPUTED * (position in disputed)
            axes.annotate(label, (position, values[position]), xytext=(0, 5), textcoords="offset points",
                          ha="center", fontsize=7.5)  # fmt: skip
        axes.set_title(fill(one.name, 24), fontsize=7.5)
        axes.set_xticks(range(len(years)), years, fontsize=7)
        axes.set_yticks([])
        axes.margins(x=0.2, y=0.35)
        axes.spines[["top", "right", "left"]].set_visible(False)
    return figure


def drawn(figure: Figure, image_format: Literal["svg", "png"]) -> bytes:
    """The chart as a file of that format."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format=image_format, dpi=200, metadata={"Date": None} if image_format == "svg" else None)
    return buffer.getvalue()


def strip_words(standings: Sequence[Standing], words: Words) -> str:
    """What the strip says, for those who do not see it."""
    return "; ".join(
        words(
            "brief.strip_alt",
            rate=one.name,
            value=words.numbers.percent(one.percent),
            median=words.numbers.percent(one.median),
        )
        for one in standings
    )
