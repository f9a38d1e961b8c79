"""Where a name beside a mark finds room: what it may lie on, which lines lead to it, which place is the best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import dist, inf
from typing import Any

import numpy as np

_LETTER, _LINE = 0.56, 1.2  # width of a letter and height of a line, of the size of the type
_GAP = 3  # pixels between a mark and its name
_BETWEEN = 4  # pixels between two names in a line
_DRIFT = 0.15  # of a line that leads to a name: how far others move past it on a figure of another size
_LED = (24, 60, 110, 170)  # pixels from a mark to a name that a line leads to
_ALONG = np.linspace(0, 1, 25)[:, None]  # of such a line
_CROSSED = 1.5  # steps farther from the mark that a name goes rather than cross a curve or lead over a mark
_SAME = 1.0  # pixel between marks that look like one
_MANY = 1000

Rows = np.ndarray[Any, np.dtype[np.float64]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Screen:
    """The axes of a figure on one screen, in pixels: `marks` are rows of x from the left, y from below and radius.

    `lines` are curves as rows of x and y, so close that no name fits between two of them.
    """

    width: float
    height: float
    marks: Rows
    lines: Rows = field(default_factory=lambda: np.empty((0, 2)))

    @cached_property
    def points(self) -> list[list[float]]:
        """The marks as plain numbers, in which one is found in a tenth of the time."""
        numbers: list[list[float]] = self.marks.tolist()
        return numbers


@dataclass(frozen=True)
class Room:
    """A screen, and of its marks and curves those that the places of one name may lie on, its own mark left out."""

    screen: Screen
    marks: Rows
    lines: Rows


@dataclass(frozen=True)
class Name:
    """The name of a mark, by its number, and how far its middle is from the mark's in pixels.

    A `marked` one is set off. It, and a `needed` one, stands over other marks rather than nowhere. A line leads to one
    that is `led`, which may be as long as the `reach`.
    """

    mark: int
    text: str
    right: float = 0.0
    up: float = 0.0
    marked: bool = False
    needed: bool = False
    led: bool = False
    reach: float = _LED[0]


def best_place(name: Name, rooms: Sequence[Room], others: Sequence[Name], size: int) -> Name | None:
    """The place where the name lies on least, the nearest of several; none if it lies on a mark and is not needed."""
    best, least = None, (inf if name.needed or name.marked else 0, inf)
    for step, place in _places(name, rooms[-1].screen, size):
        hidden = max(_hidden(place, room, others, size, least[0]) for room in rooms)
        if hidden > least[0]:
            continue
        crosses = any(_crosses(place, room, size) for room in rooms)
        if (hidden, step + _CROSSED * crosses) < least:
            best, least = place, (hidden, step + _CROSSED * crosses)
        if not hidden and not crosses:
            break
    return best


def _places(name: Name, screen: Screen, size: int) -> Iterator[tuple[int, Name]]:
    """Above the mark, below it, right and left of it and slanting, step by step farther; of a marked one never near."""
    lengths = _LED if name.marked else (_GAP, *(far for far in _LED if far <= name.reach))
    for step, far in enumerate(lengths):
        away = screen.points[name.mark][2] + far
        up, side = away + _LINE * size / 2, away + _wide(name, size) / 2
        straight = [(0.0, up), (0.0, -up), (side, 0.0), (-side, 0.0)]
        for right, high in straight + [(part * side, high) for part in (1, -1, 0.5, -0.5) for high in (up, -up)]:
            yield step, replace(name, right=right, up=high, led=far > _GAP)


def _wide(name: Name, size: int) -> float:
    return _LETTER * size * (len(name.text) + (2 if name.marked else 0))


def _box(name: Name, screen: Screen, size: int) -> Box:
    """Left, right, bottom and top."""
    x, y, _ = screen.points[name.mark]
    across, high = _wide(name, size) / 2, _LINE * size / 2
    return x + name.right - across, x + name.right + across, y + name.up - high, y + name.up + high


def room_of(name: Name, screen: Screen, size: int) -> Room:
    """The screen with what lies within the reach of a name."""
    x, y, radius = screen.marks[name.mark]
    reach = radius + _LED[-1] + screen.marks[:, 2].max()
    across, high = reach + _wide(name, size), reach + _LINE * size
    marks, lines = (
        rows[(np.abs(rows[:, 0] - x) <= across) & (np.abs(rows[:, 1] - y) <= high)]
        for rows in (np.delete(screen.marks, name.mark, axis=0), screen.lines)
    )
    return Room(screen, marks, lines)


def _hidden(name: Name, room: Room, others: Sequence[Name], size: int, most: float) -> int:
    """How many marks the name lies on; a name or its line, a named mark at the same place, the edge count as many.

    It is not counted on beyond `most`.
    """
    screen = room.screen
    left, right, bottom, top = _box(name, screen, size)
    hidden = _MANY * (left < 0 or right > screen.width or bottom < 0 or top > screen.height)
    if hidden <= most:
        x, y, radius = room.marks.T
        on = np.hypot(x - np.clip(x, left, right), y - np.clip(y, bottom, top)) < radius
        hidden += int(on.sum())
    for other in others:
        if hidden > most:
            break
        hidden += _MANY * (_tangled(name, other, screen, size) + _at_one_place(name, other, screen))
    return hidden


def _at_one_place(one: Name, other: Name, screen: Screen) -> bool:
    return dist(screen.points[one.mark][:2], screen.points[other.mark][:2]) < _SAME


def _tangled(one: Name, other: Name, screen: Screen, size: int) -> bool:
    """Whether two names lie on each other, one on the other's line, or their lines cross."""
    box, its = _box(one, screen, size), _box(other, screen, size)
    drift = _DRIFT * max(abs(name.up) * name.led for name in (one, other))
    near = (_BETWEEN + drift, drift)
    if not _touch(_with_mark(box, one, screen), _with_mark(its, other, screen), near):
        return False
    if _touch(box, its, near):
        return True
    lines = [_line(name, screen) for name in (one, other)]
    if _within(lines[0], its) or _within(lines[1], box):
        return True
    (first, last), (begin, finish) = ((line[0], line[-1]) for line in lines)
    return _apart(first, last, begin, finish) and _apart(begin, finish, first, last)


def _touch(one: Box, other: Box, near: tuple[float, float]) -> bool:
    """Whether two boxes lie on each other, or as near as this across and up."""
    (left, right, bottom, top), (start, end, low, high) = one, other
    across, up = near
    return left < end + across and start < right + across and bottom < high + up and low < top + up


def _with_mark(box: Box, name: Name, screen: Screen) -> Box:
    """What a name takes with the line from its mark."""
    (left, right, bottom, top), (x, y, _) = box, screen.points[name.mark]
    return min(left, x), max(right, x), min(bottom, y), max(top, y)


def _line(name: Name, screen: Screen) -> Rows:
    """Places along the line that leads to the name; its mark alone where none does."""
    return screen.marks[name.mark, :2] + name.led * _ALONG * (name.right, name.up)


def _within(places: Rows, box: Box) -> bool:
    left, right, bottom, top = box
    x, y = places.T
    return bool(((x > left) & (x < right) & (y > bottom) & (y < top)).any())


def _apart(start: Rows, end: Rows, one: Rows, other: Rows) -> bool:
    """Whether two places lie on different sides of a line."""
    along = end - start
    sides = [along[0] * (place - start)[1] - along[1] * (place - start)[0] for place in (one, other)]
    return bool(sides[0] * sides[1] < 0)


def _crosses(name: Name, room: Room, size: int) -> bool:
    """Whether the name lies on a curve, or the line to it on a mark, which it then seems to name."""
    return (name.led and _leads_over(name, room)) or _within(room.lines, _box(name, room.screen, size))


def _leads_over(name: Name, room: Room) -> bool:
    gaps = _line(name, room.screen)[1:, None] - room.marks[:, :2]
    return bool((np.hypot(gaps[..., 0], gaps[..., 1]) < room.marks[:, 2]).any())
