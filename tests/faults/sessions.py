"""Many sessions at a running server, over the same messages that a browser exchanges with it.

A visitor follows links, thinks a moment and follows the next, while versions are published; each run of a page must
end well and show the figures of a version that was in force while it ran.
"""

import asyncio
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.session import session, texts


@dataclass(frozen=True)
class Run:
    """One run of a page: when it was asked for and done, and what was shown that looks like an answer."""

    begun: float
    ended: float
    seen: frozenset[str]


@dataclass
class Visitor:
    """One session: what it saw and what went wrong."""

    runs: list[Run] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Visit:
    """What visitors do: addresses (page, query) they follow in turn, what they look for, seconds they think."""

    server: str
    links: tuple[tuple[str, str], ...]
    wanted: re.Pattern[str]
    pause: float


async def visitors(visit: Visit, count: int, publish: Callable[[], None], seed: int = 1) -> tuple[list[Visitor], float]:
    """`count` sessions until each saw what is `wanted` twice after `publish` was done; also when that was.

    `publish` runs in a thread once every session is up.
    """
    everyone = [Visitor() for _ in range(count)]
    up = [asyncio.Event() for _ in everyone]
    published: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    chance = random.Random(seed)  # noqa: S311
    tasks = [
        asyncio.create_task(_guarded(visit, visitor, random.Random(chance.random()), ready, published))  # noqa: S311
        for visitor, ready in zip(everyone, up, strict=True)
    ]
    await asyncio.gather(*(ready.wait() for ready in up))
    await asyncio.to_thread(publish)
    published.set_result(time.monotonic())
    await asyncio.gather(*tasks)
    return everyone, published.result()


async def _guarded(
    visit: Visit, visitor: Visitor, chance: random.Random, up: asyncio.Event, published: asyncio.Future[float]
) -> None:
    try:
        await _visiting(visit, visitor, chance, up, published)
    except Exception as error:
        visitor.problems.append(f"{type(error).__name__}: {error}")
    finally:
        up.set()


async def _visiting(
    visit: Visit, visitor: Visitor, chance: random.Random, up: asyncio.Event, published: asyncio.Future[float]
) -> None:
    async with session(visit.server) as one:
        number = 0
        while not _is_done(visitor, published):
            page, query = visit.links[number % len(visit.links)]
            answer = await one.open(page, query)
            seen = {found for element in answer.elements for found in visit.wanted.findall(" ".join(texts(element)))}
            visitor.runs.append(Run(answer.begun, answer.ended, frozenset(seen)))
            visitor.problems += [f"{page}?{query}: {problem}" for problem in answer.problems]
            up.set()
            number += 1
            await asyncio.sleep(chance.uniform(0, 2 * visit.pause))


def _is_done(visitor: Visitor, published: asyncio.Future[float]) -> bool:
    """Twice run to the end since the new version is there, or failed."""
    if visitor.problems:
        return True
    return published.done() and sum(run.begun > published.result() for run in visitor.runs) >= 2
