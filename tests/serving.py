"""A real server over a warehouse directory, and the browser that visits it: for the browser tests and the pictures."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).parents[1]
START_SECONDS = 120


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(server: str, process: subprocess.Popen[bytes]) -> None:
    """Ask the server until it answers; fails when it ends or takes too long."""
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{server}/_stcore/health", timeout=1) as answer:  # noqa: S310 - our own server
                if answer.read() == b"ok":
                    return
        except (urllib.error.URLError, TimeoutError):
            sleep(0.05)
    raise AssertionError("the server did not start")


@contextmanager
def started(
    directory: Path, port: int, log: Path | None = None, more: Sequence[str] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """The process of the dashboard over a warehouse, started as a user starts it, once it is healthy."""
    command = [sys.executable, "cli.py", "serve", "--warehouse", str(directory), "--port", str(port), *more]
    with (
        (log or Path(os.devnull)).open("wb") as told,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=told) as process,
    ):
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", process)
            yield process
        finally:
            process.terminate()


@contextmanager
def serving(directory: Path, port: int | None = None, log: Path | None = None) -> Iterator[str]:
    """The address of the dashboard over a warehouse; what it logs goes to the file `log`."""
    port = port or free_port()
    with started(directory, port, log):
        yield f"http://127.0.0.1:{port}"
