"""Hands what is drawn to the browser in few goes: an event loop and a transport for many small messages.

A page is 60 to 160 messages. Each woke the event loop twice, was polled for and sent on its own, and every time the
interpreter's lock went to another thread and back.
"""

import asyncio
import selectors
from collections import deque
from collections.abc import Callable
from contextvars import Context
from typing import Any, TypeVarTuple

from pages.kit.turns import in_turn

_HANDED_SECONDS = 0.01  # as long as Streamlit itself rests between two times that it sends
_SENT_SECONDS = 0.002
_SENT_BYTES = 2**16  # what asyncio holds for who reads slowly before it says to pause; a page is less
_POLLS_LEFT_OUT = 16
Arguments = TypeVarTuple("Arguments")


class GatheringLoop(asyncio.SelectorEventLoop):
    """An event loop that takes what threads hand over while they draw every 10 ms, and everything else at once.

    The order is kept: what a thread hands over when it has drawn brings all before it along.
    """

    def __init__(self) -> None:
        super().__init__(_Unhurried())
        self._handed: deque[asyncio.Handle] = deque()
        self._is_awaited = False

    def call_soon_threadsafe(
        self, callback: Callable[[*Arguments], object], *args: *Arguments, context: Context | None = None
    ) -> asyncio.Handle:
        """Call back soon, in the order in which other threads called this; for the loop's own thread, before these."""
        if asyncio._get_running_loop() is self:  # Streamlit calls this for every message: it need not wake itself
            return self.call_soon(callback, *args, context=context)
        handle = asyncio.Handle(callback, args, self, context)
        self._handed.append(handle)
        if not in_turn():
            super().call_soon_threadsafe(self._take)
        elif not self._is_awaited:
            self._is_awaited = True
            super().call_soon_threadsafe(self.call_later, _HANDED_SECONDS, self._take_awaited)
        return handle

    def _take_awaited(self) -> None:
        self._is_awaited = False  # first: who hands over from now on wakes the loop again
        self._take()

    def _take(self) -> None:
        while self._handed:
            handle = self._handed.popleft()
            if not handle.cancelled():
                handle._run()


class _Unhurried(selectors.DefaultSelector):
    """Looks for news of the network only now and then while there is other work: each look gives the lock away."""

    _left_out = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready; nothing, unlooked, where nobody would wait for it and it was looked for a moment ago."""
        if timeout is not None and timeout <= 0 and self._left_out < _POLLS_LEFT_OUT:
            self._left_out += 1
            return []
        self._left_out = 0
        return super().select(timeout)


class GatheredWrites:
    """A transport that sends what is written to it within 2 ms together, or 64 kB of it at once."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._waiting = bytearray()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the transport has it
        """What else a transport has and does."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send this soon, after all that was written before."""
        if not self._waiting:
            self._loop.call_later(_SENT_SECONDS, self._send)
        self._waiting += data
        if len(self._waiting) >= _SENT_BYTES:  # or whoever writes is never told to pause, and has the loop to himself
            self._send()

    def close(self) -> None:
        """Send what waits, then close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        waiting, self._waiting = self._waiting, bytearray()
        if waiting and not self._transport.is_closing():
            self._transport.write(waiting)
