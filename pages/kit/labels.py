"""Names beside the marks of a figure: only those that find room, on a phone fewer than on a wide screen.

A figure is sent once and knows no screen, so names are placed for a narrow and for a wide one: the first are free of
all others on both, the rest on the wide one only, and the style sheet hides these, by number, where there is no room.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from pages.kit.drawing import Drawing
from pages.kit.theme import GREY, ORANGE

_LETTER, _LINE = 0.56, 1.2  # width of a letter and height of a line, of the size of the type
_GAP = 3  # pixels between a mark and its name
_FAR = (24, 60, 110, 170)  # pixels from a mark to a name that an arrow leads to
_MANY = 1000
_TRIED = 80  # names; of thousands beyond these none would find room


@dataclass(frozen=True)
class Screen:
    """The axes of a figure on one screen, in pixels: `marks` are rows of x from the left, y from below and radius."""

    width: float
    height: float
    marks: np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Name:
    """The name of a mark, by its number; how far its middle is from the mark's in pixels; whether it must be there."""

    mark: int
    text: str
    right: float = 0.0
    up: float = 0.0
    marked: bool = False


Box = tuple[float, float, float, float]


def placed(
    names: Sequence[Name], narrow: Screen, wide: Screen, most: tuple[int, int], size: int
) -> tuple[list[Name], list[Name]]:
    """The names for both screens and those for the wide one alone, with their places; the first of `names` go first.

    Each stands above its mark, below it or at its side, wherever it lies on no other name, on no other mark and within
    the axes, and is left out where it does nowhere. A marked one is always there, led to by an arrow, where it lies on
    least.
    `most` are the numbers of names on the narrow and on the wide screen.
    """
    for_both = _chosen(names[:_TRIED], (narrow, wide), most[0], size, ())
    left = [name for name in names[:_TRIED] if name.mark not in {other.mark for other in for_both}]
    return for_both, _chosen(left, (wide,), most[1] - len(for_both), size, for_both)


def _chosen(
    names: Iterable[Name], screens: Sequence[Screen], most: int, size: int, taken: Sequence[Name]
) -> list[Name]:
    chosen: list[Name] = []
    for name in names:
        if len(chosen) >= most:
            break
        others = [*taken, *chosen]
        places = _places(name, screens[-1], size)
        if name.marked:
            hidden = {place: max(_hidden(place, screen, others, size) for screen in screens) for place in places}
            chosen.append(min(places, key=hidden.__getitem__))
            continue
        free = (place for place in places if not any(_hidden(place, screen, others, size) for screen in screens))
        chosen.extend(islice(free, 1))
    return chosen


def _places(name: Name, screen: Screen, size: int) -> list[Name]:
    """Above the mark, below it, right and left of it; where an arrow leads to it, farther away and slanting too."""
    shifts = []
    for far in _FAR if name.marked else (_GAP,):
        away = float(screen.marks[name.mark][2]) + far
        up, side = away + _LINE * size / 2, away + _wide(name, size) / 2
        shifts += [(0.0, up), (0.0, -up), (side, 0.0), (-side, 0.0)]
        if name.marked:
            shifts += [(right, high) for high in (up, -up) for right in (side, -side)]
    return [Name(name.mark, name.text, right, high, name.marked) for right, high in shifts]


def _wide(name: Name, size: int) -> float:
    return _LETTER * size * (len(name.text) + (2 if name.marked else 0))


def _box(name: Name, screen: Screen, size: int) -> Box:
    """Left, right, bottom and top."""
    x, y, _ = screen.marks[name.mark]
    across, high = _wide(name, size) / 2, _LINE * size / 2
    return x + name.right - across, x + name.right + across, y + name.up - high, y + name.up + high


def _hidden(name: Name, screen: Screen, others: Sequence[Name], size: int) -> int:
    """How many marks the name lies on; another name, a named mark at the same place or the edge counts as many."""
    left, right, bottom, top = _box(name, screen, size)
    outside = left < 0 or right > screen.width or bottom < 0 or top > screen.height
    boxes = [_box(other, screen, size) for other in others]
    names = sum(left < end and start < right and bottom < high and low < top for start, end, low, high in boxes)
    x, y, radius = screen.marks.T
    named = np.array([other.mark for other in others], dtype=int)
    same = int((np.hypot(x[named] - x[name.mark], y[named] - y[name.mark]) < radius[name.mark]).sum())
    on = np.hypot(x - np.clip(x, left, right), y - np.clip(y, bottom, top)) < radius
    on[name.mark] = False
    return _MANY * (outside + names + same) + int(on.sum())


def write_names(
    figure: Drawing,
    places: Sequence[tuple[float, float]],
    both: Sequence[Name],
    wide: Sequence[Name],
    most: int,
    size: int,
) -> None:
    """Write the names of `placed` at the marks' places on the axes, `most` places kept for those of both screens.

    The style sheet counts them: what is not needed of those places is an annotation that is not drawn.
    """
    for name in both:
        _write(figure, places[name.mark], name, size)
    for _ in range(most - len(both)):
        figure.add_annotation(visible=False)
    for name in wide:
        _write(figure, places[name.mark], name, size)


def _write(figure: Drawing, place: tuple[float, float], name: Name, size: int) -> None:
    away = {"ax": name.right, "ay": -name.up, "arrowcolor": ORANGE} if name.marked else None
    figure.add_annotation(
        x=place[0],
        y=place[1],
        text=f"<b>▶ {name.text}</b>" if name.marked else name.text,
        showarrow=name.marked,
        font={"size": size, "color": GREY},
        **(away or {"xshift": name.right, "yshift": name.up}),
    )
