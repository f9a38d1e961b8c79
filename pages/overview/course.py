"""The small line of a tile: a number over the years, drawn on a scale that can be trusted, its ends written beside it.

A line that fills its frame makes of one point more what it makes of seventy. A rate is drawn on the scale of the page
Trends, at least ten points wide; a count from zero.
"""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from pages.kit.series import percent_range
from pages.kit.words import Words
from warehouse.periods import parse_period

_WIDE, _HIGH = 200.0, 44.0  # of the drawing; the style sheet says how large it is shown
_EDGE = 3.0  # above and below the line, which has a width
# A picture, because Streamlit takes drawings out of a page; the style sheet lays it as a mask over the text's colour.
_LINE = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE:.0f} {_HIGH:.0f}" preserveAspectRatio="none">'
    '<polyline points="{places}" fill="none" stroke="#000" stroke-width="2" vector-effect="non-scaling-stroke"/></svg>'
)


def course_html(points: Sequence[tuple[str, float]], words: Words, percent: bool) -> str:
    """A line through pairs of a period's code and a figure, the oldest first, over the first and the last of them.

    Years lie as far apart as they are, also where one between has no figure. The whole course is read out, and shown
    where the pointer rests.
    """
    said = [(parse_period(code).year, value, _written(value, words, percent)) for code, value in points]
    first, last = said[0], said[-1]
    across = _WIDE / max(1, last[0] - first[0])
    low, high = _span([value for _, value, _ in said], percent)
    up = (_HIGH - 2 * _EDGE) / (high - low)
    places = " ".join(
        f"{across * (year - first[0]):.0f},{_HIGH - _EDGE - up * (value - low):.1f}" for year, value, _ in said
    )
    told = escape("; ".join(f"{year}: {written}" for year, _, written in said))
    ends = "".join(f"<span>{escape(written)}<br/>{year}</span>" for year, _, written in (first, last))
    line = quote(_LINE.format(places=places), safe=" =:/,-")
    return (
        f'<div class="course" role="img" aria-label="{told}" title="{told}">'
        f"<div style=\"--line: url('data:image/svg+xml,{line}')\"></div><div>{ends}</div></div>"
    )


def _written(value: float, words: Words, percent: bool) -> str:
    return words.numbers.percent(value) if percent else words.numbers.number(value)


def _span(values: Sequence[float], percent: bool) -> tuple[float, float]:
    if percent:
        return percent_range(values) or (0.0, 100.0)
    return min(0.0, *values), max(1.0, *values)
