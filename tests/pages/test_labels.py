"""Names beside marks: where they stand, which are left out, and what is kept for a narrow screen."""

import numpy as np
import pytest
from screen import plotted

from pages.kit.drawing import Drawing
from pages.kit.label_room import Name, Screen
from pages.kit.labels import placed, write_names

SIZE = 10  # of the type: a letter is 5.6 pixels wide, a line 12 high


def screen(*marks: tuple[float, float, float], across: float = 400) -> Screen:
    return Screen(across, 200, np.array(marks, dtype=float))


def shifts(names: list[Name]) -> list[tuple[int, float, float]]:
    return [(name.mark, round(name.right, 1), round(name.up, 1)) for name in names]


@pytest.mark.parametrize(
    ("others", "place"),
    [
        ([], (0, 0.0, 14.0)),  # 5 of the mark, 3 between, 6 to the middle of the line
        ([(200, 115, 5)], (0, 0.0, -14.0)),
        ([(200, 115, 5), (200, 85, 5)], (0, 22.0, 0.0)),  # 8 and half of five letters
        ([(200, 115, 5), (200, 85, 5), (225, 100, 5)], (0, -22.0, 0.0)),
        ([(200, 115, 5), (200, 85, 5), (225, 100, 5), (175, 100, 5)], (0, 22.0, 14.0)),
        ([(200, 100, 20)], (0, 0.0, 35.0)),  # 24 between: a line leads to it
    ],
)
def test_a_name_stands_where_no_other_mark_is(others: list[tuple[float, float, float]], place: object) -> None:
    one = screen((200, 100, 5), *others)
    both, rest = placed([Name(0, "Hạ Bì")], one, one, (3, 3), SIZE)
    assert (shifts(both), rest) == ([place], [])


def test_a_name_without_room_is_left_out_unless_it_is_marked() -> None:
    around = [(float(x), float(y), 5.0) for x in range(0, 400, 8) for y in range(0, 200, 8) if (x, y) != (200, 96)]
    crowded = screen((200, 96, 5), *around)
    assert placed([Name(0, "Hạ Bì")], crowded, crowded, (3, 3), SIZE) == ([], [])
    for name in (Name(0, "Hạ Bì", marked=True), Name(0, "Hạ Bì", needed=True)):
        ((there,), rest) = placed([name], crowded, crowded, (3, 3), SIZE)
        assert (there.text, rest) == ("Hạ Bì", [])
    assert placed([Name(0, "Hạ Bì", marked=True)], crowded, crowded, (0, 0), SIZE) == ([], []), "never more than `most`"
    edge = screen((200, 199, 5), (200, 170, 5))
    (under, *_), _ = placed([Name(0, "Hạ Bì", marked=True)], edge, edge, (3, 3), SIZE)
    assert under.up <= 0, "not above the axes, where the legend is"


def test_names_that_find_no_room_are_numbered_where_they_are_few() -> None:
    close = Screen(400, 24, np.array([(100 + 20 * at, 12, 5) for at in range(5)], dtype=float))  # no room above
    names = [Name(mark, "Một xã dài") for mark in range(5)]
    both, rest = placed(names, close, close, (1, 5), SIZE)
    assert [name.mark for name in (*both, *rest)] == [0, 3]
    _, numbered = placed(names, close, close, (1, 5), SIZE, numbered=3)
    assert [(name.mark, name.text) for name in numbered[1:]] == [(1, "1"), (2, "2"), (4, "3")]
    assert placed(names, close, close, (1, 5), SIZE, numbered=2) == (both, rest), "a few only"


def test_a_name_without_room_is_tried_once_more_before_the_others() -> None:
    """On the right of its mark the first leaves the second no room, which alone has one place: the first has two."""
    strip = Screen(400, 24, np.array([(x, 12, 5) for x in (100, 150, 170, 190)], dtype=float))
    _, rest = placed([Name(0, "Hạ Bì"), Name(1, "Hạ Hồ")], strip, strip, (0, 2), SIZE)
    assert shifts(rest) == [(1, -22.0, 0.0), (0, -22.0, 0.0)]


def test_a_name_crosses_a_curve_sooner_than_it_goes_far_or_nowhere() -> None:
    def beside(*curves: float) -> Name:
        lines = np.array([(x, y) for y in curves for x in range(0, 400, 5)], dtype=float).reshape(-1, 2)
        one = Screen(400, 200, np.array([(200, 199, 5)], dtype=float), lines)  # at the upper edge: nothing stands above
        ((name,), _) = placed([Name(0, "Hạ Bì")], one, one, (3, 3), SIZE)
        return name

    assert shifts([beside()]) == [(0, 0.0, -14.0)]
    off = beside(185)
    assert (shifts([off]), off.led) == ([(0, 0.0, -35.0)], True), "a step farther it is off the curve"
    across = beside(185, 165)
    assert (shifts([across]), across.led) == ([(0, 0.0, -14.0)], False), "two steps are farther than a curve is bad"


def test_no_line_leads_over_another_name_or_line() -> None:
    marks = screen((200, 100, 5), (200, 100, 18), (260, 100, 5), (260, 100, 18))
    names, _ = placed([Name(0, "Hạ Bì"), Name(2, "Vân Hồ")], marks, marks, (3, 3), SIZE)
    assert [(name.mark, name.led) for name in names] == [(0, True), (2, True)]
    assert [name.right for name in names] == [0, 0]


def test_the_first_names_are_free_on_both_screens_and_the_rest_on_the_wide_one() -> None:
    narrow, wide = (screen(*((x, 100, 5) for x in at), across=at[-1] + 50) for at in ((50, 75, 90), (100, 150, 180)))
    names = [Name(mark, "Một xã dài") for mark in range(3)]
    both, rest = placed(names, narrow, wide, (2, 3), SIZE)
    assert shifts(both) == [(0, 0.0, 14.0), (1, 0.0, -14.0)]
    assert shifts(rest) == [(2, 0.0, 14.0)]
    assert placed(names, narrow, wide, (1, 2), SIZE) == (both[:1], [Name(1, "Một xã dài", 0.0, -14.0)])


def test_the_places_of_the_narrow_screen_are_counted() -> None:
    figure = Drawing()
    both, rest = [Name(1, "A", 0.0, 14.0, marked=True, led=True)], [Name(0, "B", 22.0, 0.0)]
    write_names(figure, [(1.0, 2.0), (3.0, 4.0)], both, rest, 3, SIZE)
    marked, *unused, other = plotted(figure).layout.annotations
    assert (marked.text, marked.x, marked.y, marked.ax, marked.ay) == ("<b>▶ A</b>", 3, 4, 0, -14)
    assert [note.visible for note in unused] == [False, False]
    assert (other.text, other.x, other.y, other.xshift, other.yshift) == ("B", 1, 2, 22, 0)
