"""The web server around the dashboard: safe headers, limits, an address that tells its health, an orderly end."""

import asyncio
import gc
import signal
import socket
from asyncio.transports import BaseTransport, Transport
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any, cast

import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime import app_session
from streamlit.runtime.pages_manager import PagesManager
from streamlit.starlette import App
from streamlit.web.bootstrap import load_config_options
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

from pages.kit.data import current_warehouse, end_reading_ahead, read_ahead
from pages.kit.events import log_as_json, tell
from pages.kit.gathering import GatheredWrites
from pages.kit.page_list import PAGES
from pages.kit.turns import end_drawing

STOP_SECONDS = 5  # for answers under way when the server is told to stop
_MESSAGE_BYTES = 1 << 20  # a visitor's message holds the state of some dozen widgets
_PACKING = {"level": 6, "memLevel": 6}
_READING = frozenset(("GET", "HEAD", "OPTIONS"))
# Streamlit sets styles in the page, runs our own script from it and decodes messages with WebAssembly, so these are
# allowed. Nothing is loaded from, sent to or framed by another site, and no text is evaluated as a script.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in _POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class SmallMessages(WebSocketsSansIOProtocol):
    """A visitor's websocket that packs each message against the 32 kB before it, where uvicorn looks back over 4.

    A table is sent with its texts, for the phone and for paper: a third fewer bytes, for 130 kB more memory a visitor.
    Level 6 takes half a millisecond more an interaction than 4 and a tenth off what a page takes.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        packed = ServerPerMessageDeflateFactory(client_max_window_bits=12, compress_settings=_PACKING)
        self.conn.available_extensions = [packed]

    def connection_made(self, transport: BaseTransport) -> None:
        """Send what is written over it in few goes."""
        super().connection_made(transport)
        self.transport = cast(Transport, GatheredWrites(self.transport, self.loop))

    def eof_received(self) -> None:
        """Send what waits before the end: asyncio closes its own transport next, which knows of nothing that waits."""
        self.transport.close()


class Guard:
    """Answers reading methods only, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name.lower().encode(): value.encode() for name, value in HEADERS.items()}
                others = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in ours]
                message["headers"] = [*others, *ours.items()]
            await send(message)

        if scope["type"] == "http" and scope["method"] not in _READING:
            refused = PlainTextResponse("", 405, {"Allow": ", ".join(sorted(_READING))})
            await refused(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)


async def health(_: Request) -> JSONResponse:
    """The version that is served; 503 where none can be."""
    try:
        warehouse = await run_in_threadpool(current_warehouse)
    except OSError:
        return JSONResponse({"status": "no version"}, 503, {"Cache-Control": "no-store"})
    return JSONResponse({"status": "ok", "version": warehouse.number}, headers={"Cache-Control": "no-store"})


def run(script: Path, address: str, port: int, connections: int) -> None:
    """Serve `script` until SIGTERM or SIGINT, which end the process with 0; raises `OSError` for a port taken.

    Beyond so many connections visitors are told to come again (503).
    """
    log_as_json()
    load_config_options({"server.port": port, "server.address": address})
    _keep_settings()
    # The folder `pages` is a package of ours; taken for Streamlit's own, the first deep link would find no page.
    PagesManager.uses_pages_directory = False
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    with listening(address, port) as opened:
        settings = uvicorn.Config(
            App(script, routes=[Route("/health", health)], middleware=[Middleware(Guard)], lifespan=_told(port)),
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            loop="pages.kit.gathering:GatheringLoop",
            ws=SmallMessages,
            ws_max_size=_MESSAGE_BYTES,
            ws_ping_interval=30,
            ws_ping_timeout=30,
            limit_concurrency=connections,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        uvicorn.Server(settings).run(sockets=[opened])


def _keep_settings() -> None:
    """Let Streamlit collect and rename its settings of looks once: it does so anew for every run, and they stay."""
    config.get_options_for_section = cache(config.get_options_for_section)
    app_session.to_snake_case = cache(app_session.to_snake_case)  # type: ignore[attr-defined]


def listening(address: str, port: int) -> socket.socket:
    """A socket that visitors connect to; raises `OSError` for a port taken.

    What it accepts sends at once: on Linux it inherits that, and asyncio sees to it for sockets of its own only. An
    answer is many small messages; each held back until the one before is acknowledged, it would take 40 ms more.
    """
    opened = socket.create_server((address, port), family=family(address), backlog=2048)
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened


def family(address: str) -> socket.AddressFamily:
    """The kind of an address: IPv6 or IPv4."""
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def _end(*_: object) -> None:
    """What a signal does before the server takes over, and when it hands the signal on after its orderly end."""
    raise SystemExit(0)


def get_ready() -> None:
    """Import every page, and what it or Streamlit needs for it, and hold what is asked for first, while nobody waits.

    Imports took most of the first visit. What cannot be imported is told by the page that needs it.
    """
    for module in ("pandas", "plotly.tools", "streamlit.emojis", *(f"pages.{entry.name}.page" for entry in PAGES)):
        with suppress(ImportError):
            import_module(module)
    with suppress(OSError):  # told by whoever visits
        read_ahead(current_warehouse())
    gc.collect()
    gc.freeze()  # what is there now stays: full collections pass over it, each of which held everybody up for 170 ms


def _told(port: int) -> Callable[[App], AbstractAsyncContextManager[dict[str, Any] | None]]:
    """Tell when the server starts and when it stopped."""

    @asynccontextmanager
    async def lifespan(_: App) -> AsyncIterator[dict[str, Any] | None]:
        begun = monotonic()
        tell("started", port=port, release=version("cchc"))
        Thread(target=get_ready, name="get ready").start()
        try:
            yield None
        finally:
            end_reading_ahead()
            await asyncio.to_thread(end_drawing, STOP_SECONDS)
        tell("stopped", seconds=round(monotonic() - begun))

    return lifespan
