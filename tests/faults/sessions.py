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

from google.protobuf.message import Message
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.asyncio.client import ClientConnection, connect

ANSWER_SECONDS = 300
_BYTES = 64 << 20


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
    address = f"{visit.server.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=_BYTES, ping_interval=None) as socket:  # type: ignore[list-item]
        number = 0
        while not _is_done(visitor, published):
            page, query = visit.links[number % len(visit.links)]
            visitor.runs.append(await _run(socket, page, query, visit.wanted, visitor.problems))
            up.set()
            number += 1
            await asyncio.sleep(chance.uniform(0, 2 * visit.pause))


def _is_done(visitor: Visitor, published: asyncio.Future[float]) -> bool:
    """Twice run to the end since the new version is there, or failed."""
    if visitor.problems:
        return True
    return published.done() and sum(run.begun > published.result() for run in visitor.runs) >= 2


async def _run(socket: ClientConnection, page: str, query: str, wanted: re.Pattern[str], problems: list[str]) -> Run:
    """Open a page at an address, as a link of the menu does, and wait until it is drawn."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.page_script_hash = calc_hash(page)
    begun = time.monotonic()
    await socket.send(asked.SerializeToString())
    seen: set[str] = set()
    while True:
        told = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(decode=False), ANSWER_SECONDS))
        problems += _failures(told)
        seen |= set(wanted.findall(" ".join(_texts(told.delta)))) if told.WhichOneof("type") == "delta" else set()
        if told.WhichOneof("type") == "script_finished":
            if told.script_finished not in {
                ForwardMsg.FINISHED_SUCCESSFULLY,
                ForwardMsg.FINISHED_EARLY_FOR_RERUN,  # the page itself wrote to its address
            }:
                problems.append(f"{page}?{query}: ended with {told.script_finished}")
            if told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return Run(begun, time.monotonic(), frozenset(seen))


def _failures(told: ForwardMsg) -> list[str]:
    """What a visitor would see as an error."""
    element = told.delta.new_element
    if element.WhichOneof("type") == "exception":
        return [element.exception.message]
    if element.WhichOneof("type") == "alert" and element.alert.format == Alert.ERROR:
        return [element.alert.body]
    return []


def _texts(message: Message) -> list[str]:
    """All the strings in a message."""
    found: list[str] = []
    for _, value in message.ListFields():
        many = value if not isinstance(value, str | bytes | Message) and hasattr(value, "__iter__") else [value]
        for each in many:
            if isinstance(each, str):
                found.append(each)
            elif isinstance(each, Message):
                found += _texts(each)
    return found
