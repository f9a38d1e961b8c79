"""What is handed over and written in few goes arrives whole and in order."""

import asyncio
from contextlib import suppress
from threading import Thread
from typing import Any

import uvicorn
from websockets.asyncio.client import connect

from pages.kit.gathering import GatheredWrites, GatheringLoop
from pages.kit.server import SmallMessages, listening
from pages.kit.turns import a_turn


def run(coroutine_of: object) -> object:
    with asyncio.Runner(loop_factory=GatheringLoop) as runner:
        return runner.run(coroutine_of)  # type: ignore[arg-type]


def test_what_a_drawing_thread_hands_over_arrives_in_order_before_what_follows_it() -> None:
    async def received() -> list[int]:
        loop, taken, ended = asyncio.get_running_loop(), list[int](), asyncio.Event()

        def draw() -> None:
            with a_turn():
                for number in range(100):
                    loop.call_soon_threadsafe(taken.append, number)
            loop.call_soon_threadsafe(taken.append, 100)
            loop.call_soon_threadsafe(ended.set)

        Thread(target=draw).start()
        await ended.wait()
        return taken

    assert run(received()) == list(range(101))


def test_what_a_drawing_thread_hands_over_is_taken_while_it_still_draws() -> None:
    async def is_taken() -> bool:
        loop, drawn, seen = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

        def draw() -> None:
            with a_turn():
                loop.call_soon_threadsafe(drawn.set)
                asyncio.run_coroutine_threadsafe(seen.wait(), loop).result(timeout=10)

        drawing = asyncio.create_task(asyncio.to_thread(draw))
        await asyncio.wait_for(drawn.wait(), timeout=10)
        seen.set()
        await drawing
        return True

    assert run(is_taken())


def test_what_is_called_off_is_not_called() -> None:
    async def called() -> list[str]:
        loop, calls, ended = asyncio.get_running_loop(), list[str](), asyncio.Event()

        def draw() -> None:
            with a_turn():
                loop.call_soon_threadsafe(calls.append, "called off").cancel()
                loop.call_soon_threadsafe(calls.append, "called")
            loop.call_soon_threadsafe(ended.set)

        Thread(target=draw).start()
        await ended.wait()
        return calls

    assert run(called()) == ["called"]


def test_what_is_written_arrives_whole_in_order_and_before_the_end() -> None:
    pieces = [bytes([number % 256]) * number for number in range(1, 200)]

    async def arrived() -> bytes:
        ended = asyncio.Event()

        async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            gathered = GatheredWrites(writer.transport, asyncio.get_running_loop())  # type: ignore[arg-type]
            for number, piece in enumerate(pieces):
                gathered.write(piece)
                if number == 100:
                    await asyncio.sleep(0.01)  # past the time that is waited for more
            gathered.close()
            assert gathered.is_closing()
            gathered.write(b"too late")
            ended.set()

        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            host, port = server.sockets[0].getsockname()
            reader, writer = await asyncio.open_connection(host, port)
            everything = await reader.read()
            await ended.wait()
            writer.close()
            return everything

    assert run(arrived()) == b"".join(pieces)


def test_who_writes_to_a_slow_reader_is_told_to_pause_while_he_writes() -> None:
    """Not only when he lets the loop go on: Streamlit sends all that waits for a visitor without doing so."""

    class Writing(asyncio.Protocol):
        is_paused = False

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            gathered = GatheredWrites(transport, asyncio.get_running_loop())  # type: ignore[arg-type]
            for _ in range(2**14):  # 64 MB, more than the system takes for who does not read
                if not Writing.is_paused:
                    gathered.write(bytes(2**12))
            transport.abort()  # type: ignore[attr-defined]

        def pause_writing(self) -> None:
            Writing.is_paused = True

    async def was_paused() -> bool:
        async with await asyncio.get_running_loop().create_server(Writing, "127.0.0.1", 0) as server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            with suppress(ConnectionError):  # it is broken off
                await reader.read()
            writer.close()
            return Writing.is_paused

    assert run(was_paused())


def test_a_visitor_who_says_no_more_is_sent_what_waits() -> None:
    async def echo(_: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI has it
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "bytes": (await receive())["bytes"]})
        await receive()

    async def echoed() -> str | bytes:
        with listening("127.0.0.1", 0) as opened:
            server = uvicorn.Server(uvicorn.Config(echo, ws=SmallMessages, lifespan="off", log_config=None))
            serving = asyncio.create_task(server.serve([opened]))
            async with connect("ws://127.0.0.1:{1}".format(*opened.getsockname()), proxy=None) as visitor:
                await visitor.send(b"the last")
                visitor.transport.write_eof()
                answer = await asyncio.wait_for(visitor.recv(), timeout=10)
            server.should_exit = True
            await serving
            return answer

    assert run(echoed()) == b"the last"
