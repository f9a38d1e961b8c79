"""What visitors do at a running server: which widget they touch next, alone and in a crowd."""

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.session import Answer, Session, Widget, first_cookie, session

PAGES = ("overview", "ranking", "drilldown", "trends", "compare", "profile", "quality", "explore", "dictionary")
# What is typed into search boxes: names that both maps have many of.
TYPED = ("quang", "tan", "binh", "hung", "thanh", "an", "long", "phu")
_CHANGED = {"selectbox", "button_group", "multiselect", "checkbox", "number_input"}
_CHANGES_PAGE = 0.1  # how often a visitor of a crowd goes on to another page
_STAGGER = 0.02  # seconds between the arrivals of a crowd at the start


@dataclass(frozen=True)
class Interaction:
    """One interaction as measured; milliseconds and bytes on the wire."""

    page: str
    kind: str
    milliseconds: float
    received: int
    problems: tuple[str, ...]


class Visitor:
    """A session with a chance of its own: the same seed touches the same things."""

    def __init__(self, one: Session, seed: int, page: str = "overview") -> None:
        self._session = one
        self._chance = random.Random(seed)  # noqa: S311
        self.page = page

    async def arrive(self) -> Interaction:
        """Open the visitor's page by its link, on the unit, period and language chosen so far."""
        return self._seen("open", await self._session.open(self.page, _carried(self._session.query)))

    async def act(self) -> Interaction:
        """Touch something on the page: a filter, an order, a page of rows, a cell, a unit that a search finds."""
        found = [each for each in self._session.widgets.values() if each.key.startswith("found-")]
        if found:
            return self._seen("unit", await self._session.change(self._chance.choice(found), value=True))
        kind, widget, value = self._chance.choice(list(self._choices()))
        return self._seen(kind, await self._session.change(widget, value))

    def _choices(self) -> Iterator[tuple[str, Widget, Any]]:
        for widget in self._session.widgets.values():
            if widget.kind == "text_input" and widget.key == "search":
                yield "search", widget, self._chance.choice(TYPED)
            elif widget.kind == "dataframe" and widget.message.selection_mode:
                yield "cell", widget, _cell(widget, self._chance)
            elif widget.key.startswith("address-") and widget.key != "address-lang" and widget.kind in _CHANGED:
                value = _another(widget, self._chance)
                if value is not None:
                    yield widget.key.removeprefix("address-"), widget, value

    def _seen(self, kind: str, answer: Answer) -> Interaction:
        return Interaction(self.page, kind, 1000 * answer.seconds, answer.received, tuple(answer.problems))


def _another(widget: Widget, chance: random.Random) -> Any:  # noqa: ANN401 - as the kind of widget has it
    """A value that the widget does not have now; null where there is none."""
    message = widget.message
    if message.disabled:
        return None
    if widget.kind == "checkbox":
        return not message.value
    if widget.kind == "number_input":
        most = int(message.max) if message.has_max else 50
        low = int(message.min) if message.has_min else 0
        return float(chance.randint(low, most)) if most > low else None
    return _another_option(widget, chance)


def _another_option(widget: Widget, chance: random.Random) -> str | list[str] | None:
    message = widget.message
    options = [each if isinstance(each, str) else each.content for each in message.options]
    now = [message.raw_value] if widget.kind == "selectbox" else list(message.raw_values)
    others = [option for option in options if option not in now]
    if not others:
        return None
    other = chance.choice(others)
    if widget.kind == "selectbox":
        return other
    kept = now[-2:] if widget.kind == "multiselect" else []  # some taken out, one more put in
    return [*kept, other][-(message.max_selections or 3) :] if kept else [other]


def _cell(widget: Widget, chance: random.Random) -> str:
    """A click on a cell of a table, as the browser tells it."""
    row = chance.randint(0, 9)
    heading = _first_heading(widget)
    return f'{{"selection":{{"rows":[],"columns":[],"cells":[[{row},"{heading}"]]}}}}'


def _first_heading(widget: Widget) -> str:
    columns = widget.message.columns  # JSON of the settings by heading, the first one first
    return str(columns).split('"', 2)[1]


def _carried(query: str) -> str:
    """What a link of the menu takes along."""
    kept = ("unit=", "period=", "lang=")
    return "&".join(part for part in query.split("&") if part.startswith(kept))


async def alone(server: str, pages: tuple[str, ...], count: int, seed: int) -> list[Interaction]:
    """One visitor: each page opened, then `count` interactions on it, one after the other as they are answered."""
    done: list[Interaction] = []
    async with session(server, first_cookie(server)) as one:
        visitor = Visitor(one, seed)
        for page in pages:
            visitor.page = page
            done.append(await visitor.arrive())
            done += [await visitor.act() for _ in range(count)]
    return done


@dataclass(frozen=True)
class Stay:
    """How long each of a crowd stays: seconds, with a pause after each interaction, or so many interactions."""

    people: int
    pause: float = 0.0
    seconds: float = 0.0
    count: int = 0


async def crowd(server: str, stay: Stay, seed: int) -> list[Interaction]:
    """So many visitors at once, all of whom have arrived before it begins; what they did since."""
    everyone = asyncio.Barrier(stay.people)
    chance = random.Random(seed)  # noqa: S311
    visits = [
        _one_of(server, number, stay, random.Random(chance.random()), everyone)  # noqa: S311
        for number in range(stay.people)
    ]
    return [each for done in await asyncio.gather(*visits) for each in done]


async def _one_of(
    server: str, number: int, stay: Stay, chance: random.Random, everyone: asyncio.Barrier
) -> list[Interaction]:
    await asyncio.sleep(number * _STAGGER)
    done: list[Interaction] = []
    cookie = await asyncio.to_thread(first_cookie, server)  # one's own: by it several processes share the visitors
    async with session(server, cookie) as one:
        visitor = Visitor(one, chance.randrange(1 << 30), PAGES[number % len(PAGES)])
        await visitor.arrive()
        await everyone.wait()
        begun = time.monotonic()
        due = begun + chance.uniform(0, stay.pause)
        while due < begun + stay.seconds or len(done) < stay.count:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if chance.random() < _CHANGES_PAGE:
                visitor.page = chance.choice(PAGES)
                done.append(await visitor.arrive())
            else:
                done.append(await visitor.act())
            due = max(due + stay.pause, time.monotonic())
    return done
