"""Several processes behind one address: who a visitor is kept at, and what happens when a process is killed."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from websockets.exceptions import ConnectionClosedError

from pages.kit.server import HEADERS
from pages.kit.workers import COOKIE
from tests.serving import ROOT, free_port, started
from tests.session import Session, session

DEADLINE = 120
LINK = ("explore", "unit=15919&period=2024-6M")


def ask(address: str, cookie: str = "") -> tuple[int, str, str]:
    """Status, body and the cookie that keeps a visitor, where one is set."""
    request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=DEADLINE) as answer:  # noqa: S310
            assert {name: answer.headers[name] for name in HEADERS} == HEADERS
            assert answer.headers["Server"] is None
            set_cookie = answer.headers["Set-Cookie"] or ""
            return answer.status, answer.read().decode(), set_cookie.partition(";")[0]
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, "", ""


def told(log: Path, event: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line.get("event") == event]


def both_cookies(server: str) -> list[str]:
    """The cookies of the two processes, from visitors who came without one."""
    found: set[str] = set()
    until = monotonic() + DEADLINE
    while len(found) < 2:
        assert monotonic() < until, f"only {found}"
        found.add(ask(f"{server}/health")[2])
    assert all(re.fullmatch(rf"{COOKIE}=[0-9a-f]+", cookie) for cookie in found)
    return sorted(found)


async def offered(one: Session, view: str) -> str:
    """The path of the table of a page as a file, which only the process of the session has."""
    answer = await one.open(LINK[0], f"{LINK[1]}&view={view}")
    assert answer.problems == []
    buttons = [each for each in one.widgets.values() if each.key == "export-csv"]
    return await one.download(buttons[0])


async def visits(server: str, log: Path) -> None:
    """A session at each process; each finds its file where it was made, and nowhere else."""
    cookies = both_cookies(server)
    async with AsyncExitStack() as sessions:
        everyone = [await sessions.enter_async_context(session(server, cookie)) for cookie in cookies]
        files = [await offered(one, view) for one, view in zip(everyone, ("rows", "figures"), strict=True)]
        for path, cookie, other in zip(files, cookies, reversed(cookies), strict=True):
            for _ in range(5):
                status, body, moved = ask(f"{server}{path}", cookie)
                assert (status, body[:1], moved) == (200, "\ufeff", "")
            assert ask(f"{server}{path}", other)[0] == 404
        await one_dies(server, log, cookies, everyone)


async def one_dies(server: str, log: Path, cookies: list[str], everyone: list[Session]) -> None:
    """One process is killed: one session lives on, its visitors are answered at once, and another takes its place."""
    processes = told(log, "started")[-1]["processes"]
    os.kill(processes[0], signal.SIGKILL)
    alive = 0
    for cookie, one in zip(cookies, everyone, strict=True):
        assert ask(f"{server}/health", cookie)[:2] == (200, '{"status":"ok","version":2}')
        with suppress(ConnectionClosedError):
            alive += (await asyncio.wait_for(one.open(*LINK), DEADLINE)).problems == []
    assert alive == 1
    until = monotonic() + DEADLINE
    while not told(log, "process ended"):
        assert monotonic() < until
        sleep(0.1)
    (ended,) = told(log, "process ended")
    assert (ended["process"], ended["code"]) == (processes[0], -signal.SIGKILL)
    assert both_cookies(server) == cookies
    async with session(server, cookies[0]) as first, session(server, cookies[1]) as second:
        assert [(await one.open(*LINK)).problems for one in (first, second)] == [[], []]


def test_a_visitor_stays_at_a_process_and_goes_on_at_another_when_it_dies(
    reports_directory: Path, tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "log"
    server = f"http://127.0.0.1:{port}"
    with started(reports_directory, port, log, ("--workers", "2")) as process:
        asyncio.run(visits(server, log))
        command = [sys.executable, "cli.py", "serve", "--warehouse", str(reports_directory), "--workers", "2"]
        second = subprocess.run(
            [*command, "--port", str(port)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=DEADLINE
        )
        assert (second.returncode, "đang có chương trình khác dùng" in second.stderr, "Traceback" in second.stderr) == (
            1,
            True,
            False,
        )
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE) == 0
    assert len(told(log, "stopped")) == 2
    assert not re.search(r"15919|2024-6M|127\.0\.0\.1:\d+\D.*(cookie|agent)", log.read_text(encoding="utf-8"))


def test_without_caddy_it_says_what_to_install(reports_directory: Path, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.symlink_to(sys.executable)
    program = f"import sys; sys.executable = {str(python)!r}; sys.path.insert(0, '.'); import cli; sys.exit(cli.main())"
    command = [sys.executable, "-c", program, "serve", "--warehouse", str(reports_directory), "--workers", "2"]
    run = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | {"PATH": str(tmp_path)}
    )
    assert run.returncode == 1
    assert "pip install cchc[workers]" in run.stderr
    assert "Traceback" not in run.stderr
