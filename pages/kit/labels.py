"""Names beside the marks of a figure: only those that find room, on a phone fewer than on a wide screen.

A figure is sent once and knows no screen, so names are placed for a narrow and for a wide one: the first are free of
all others on both, the rest on the wide one only, and the style sheet hides these, by number, where there is no room.
"""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from pages.kit.data import kept
from pages.kit.drawing import Drawing
from pages.kit.label_room import Name, Screen, best_place, room_of
from pages.kit.theme import GREY, ORANGE

_BYTES = 20_000  # that the names of a figure take at most
_TRIED = 80  # names; of thousands beyond these none would find room

Placed = tuple[list[Name], list[Name]]


def placed(
    names: Sequence[Name], narrow: Screen, wide: Screen, most: tuple[int, int], size: int, numbered: int = 0
) -> Placed:
    """The names for both screens and those for the wide one alone, with their places; the first of `names` go first.

    Each stands beside its mark or, led to by a line, farther away: where it lies on no other name, on no other mark and
    within the axes; sooner across a curve than far away. It is left out where there is none; a needed or marked one
    then stands where it lies on least.
    `most` are the numbers of names on the narrow and on the wide screen, and more there never are. Where no more than
    `numbered` are left out, each of these is a number instead, from `1`: who draws the figure says what it stands for.
    """
    tried = tuple(names[:_TRIED])
    asked = repr((tried, [(screen.width, screen.height) for screen in (narrow, wide)], most, size, numbered)).encode()
    parts = (asked, *(rows.tobytes() for screen in (narrow, wide) for rows in (screen.marks, screen.lines)))
    key = ("placed", blake2b(b"".join(parts)).digest())  # a figure is drawn again whenever something else is changed

    def place() -> Placed:
        both, rest = _placed(tried, narrow, wide, most, size)
        return both, rest + _numbers(_without(names, (*both, *rest)), wide, size, (*both, *rest), numbered)

    return kept(key, place, lambda _: _BYTES)


def _placed(names: Sequence[Name], narrow: Screen, wide: Screen, most: tuple[int, int], size: int) -> Placed:
    """Where all might be named and some found no room, these are tried once more before the others."""
    for_both = _chosen(names, (narrow, wide), most[0], size, ())
    left, room = _without(names, for_both), most[1] - len(for_both)
    rest = _chosen(left, (wide,), room, size, for_both)
    if len(rest) < len(left) <= room:
        missing = _without(left, rest)
        again = _chosen([*missing, *rest], (wide,), room, size, for_both)
        rest = max(rest, again, key=len)
    return for_both, rest


def _without(names: Sequence[Name], others: Sequence[Name]) -> list[Name]:
    taken = {other.mark for other in others}
    return [name for name in names if name.mark not in taken]


def _numbers(names: Sequence[Name], screen: Screen, size: int, taken: Sequence[Name], most: int) -> list[Name]:
    """A number for each name, which needs far less room; none where they are more than `most`."""
    if len(names) > most:
        return []
    numbers = [replace(name, text=str(number), needed=True) for number, name in enumerate(names, 1)]
    return _chosen(numbers, (screen,), len(numbers), size, taken)


def _chosen(
    names: Sequence[Name], screens: Sequence[Screen], most: int, size: int, taken: Sequence[Name]
) -> list[Name]:
    chosen: list[Name] = []
    for name in names:
        if len(chosen) >= most:
            break
        rooms = [room_of(name, screen, size) for screen in screens]
        if best := best_place(name, rooms, [*taken, *chosen], size):
            chosen.append(best)
    return chosen


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
    where: dict[str, Any] = {"xshift": name.right, "yshift": name.up}
    if name.led:
        where = {"ax": name.right, "ay": -name.up, "arrowcolor": ORANGE if name.marked else GREY}
        if not name.marked:
            where |= {"arrowhead": 0, "arrowwidth": 1}
    figure.add_annotation(
        x=place[0],
        y=place[1],
        text=f"<b>▶ {name.text}</b>" if name.marked else name.text,
        showarrow=name.led,
        font={"size": size, "color": GREY},
        **where,
    )
