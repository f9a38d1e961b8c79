"""Every page with an address that somebody made up: what it says is ignored, and nothing fails."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import Screen

from pages.kit.page_list import PAGES

Open = Callable[..., Screen]

PLACE = {"unit": "399", "period": "2024-6M", "level": "commune"}
SHARED = ("unit", "period", "level", "lang", "world", "map")
SEARCHES = {"find", "search"}  # these take any text, and say that nothing was found
# What is said of a value for which there is nothing, beside what is shown as if it were not there.
SAID = ("Không có đơn vị mã “", "Ở đây không có “", "Không có báo cáo “")
WORD = re.compile(r'"([a-z]+)"')
BAD = (
    "-1",
    "²٣",
    "9" * 400,
    '[] {"a": 1}',
    "a,b,,c" + "," * 200,
    "'; DROP TABLE report; --",
    "$unit %s%n {0} {name}",
    "<script>alert(1)</script>",
    "\u202e\u200f\x00\x07",
    "x" * 800,
    "399~commune~2024-99M~on_time_rate~received",
    "indicator:~ rate:@@",
)


def names() -> list[str]:
    """Every short word that stands in the pages' code: all names of the address are among them, and many more."""
    files = (Path(__file__).parents[2] / "pages").rglob("*.py")
    found = {word for file in files for word in WORD.findall(file.read_text(encoding="utf-8"))}
    return sorted(found - {*SHARED, *SEARCHES})


def test_the_names_are_found() -> None:
    known = {"rate", "definition", "view", "focus", "part", "minimum", "source", "units", "report", "with", "set"}
    assert known <= set(names())


@pytest.mark.parametrize("page", [entry.name for entry in PAGES])
def test_a_made_up_value_of_every_name_is_ignored(open_page: Open, page: str) -> None:
    expected = open_page(page, **PLACE).texts()
    for value in BAD:
        texts = open_page(page, **dict.fromkeys(names(), value), **PLACE).texts()
        assert [text for text in texts if not text.startswith(SAID)] == expected, value


@pytest.mark.parametrize("page", [entry.name for entry in PAGES])
def test_a_made_up_value_of_the_shared_names_is_ignored(open_page: Open, page: str) -> None:
    expected = open_page(page).texts()
    for value in BAD:
        texts = open_page(page, **dict.fromkeys(SHARED, value)).texts()
        assert [text for text in texts if not text.startswith(SAID)] == expected, value


@pytest.mark.parametrize(("page", "name"), [("ranking", "find"), ("dictionary", "search")])
def test_a_search_takes_any_text(open_page: Open, page: str, name: str) -> None:
    for value in BAD:
        assert open_page(page, **PLACE, **{name: value}).texts()
