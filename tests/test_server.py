"""The server as it is started: headers, methods, health, its log, a swap under sessions, and how it ends."""

import asyncio
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from loaders.form import all_forms
from pages.kit.page_list import PAGES
from pages.kit.server import HEADERS, listening
from tests.conftest import HOANG_HOP, report_of
from tests.faults.sessions import Visit, Visitor, visitors
from tests.serving import ROOT, free_port, started
from warehouse.model import Report, batch_of
from warehouse.versions import Versions
from warehouse.versions.publish import publish

# A commune that settled 1.230 of 1.234 dossiers on time, and 1.111 in the report that is published later.
UNIT = "unit=15919&period=2024-6M"
LINKS = (("overview", UNIT), ("overview", f"{UNIT}&lang=en"))
RATE = re.compile(r"(?<!\d)(?:99|90)[.,](?:68|03)(?=\s?%)")
BEFORE, AFTER = {"99,68", "99.68"}, {"90,03", "90.03"}


def get(address: str, method: str = "GET") -> HTTPResponse:
    answer: HTTPResponse = urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=120)  # noqa: S310
    return answer


def refusal(address: str, method: str = "GET") -> urllib.error.HTTPError:
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(address, method)
    refused.value.close()
    return refused.value


def visit(server: str, count: int, work: Callable[[], None]) -> tuple[list[Visitor], float]:
    return asyncio.run(visitors(Visit(server, LINKS, RATE, 0.1), count, work))


def corrected() -> Report:
    """The commune's report with another number of dossiers on time."""
    report = report_of(HOANG_HOP)
    rows = [
        replace(row, raw_value="1111", value=Decimal(1111)) if row.raw_value == "1230" else row
        for row in report.observations
    ]
    return replace(report, sha256="f" * 64, file_name="sua.docx", observations=tuple(rows))


def test_every_answer_has_the_headers_and_nothing_can_be_sent(reports_directory: Path) -> None:
    port = free_port()
    server = f"http://127.0.0.1:{port}"
    with started(reports_directory, port):
        for path in ("/", "/ranking?unit=399", "/health", "/_stcore/health", "/_stcore/host-config"):
            with get(server + path) as answer:
                assert {name: answer.headers[name] for name in HEADERS} == HEADERS
                assert answer.headers["Server"] is None
        assert refusal(f"{server}/ranking/_stcore/health").code == 404
        for method in ("POST", "PUT", "DELETE", "TRACE"):
            refused = refusal(f"{server}/_stcore/upload_file/a/b", method)
            assert (refused.code, refused.headers["X-Frame-Options"]) == (405, "SAMEORIGIN")
        command = [sys.executable, "cli.py", "serve", "--warehouse", str(reports_directory), "--port", str(port)]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "Traceback" not in second.stderr
    assert "cổng này đang có chương trình khác dùng" in second.stderr


def test_broken_versions_are_refused_and_whole_ones_reach_every_session(
    reports_directory: Path, tmp_path: Path
) -> None:
    """From a start with a broken version over publications under sessions to a stop with one open, and its log."""
    directory = shutil.copytree(reports_directory, tmp_path / "kho")
    log, port, versions = tmp_path / "log", free_port(), Versions(directory)
    server = f"http://127.0.0.1:{port}"
    shutil.copyfile(versions.path(2), versions.path(4))
    _publish_broken(versions, 3)
    with started(directory, port, log) as process:
        assert refusal(f"{server}/health").code == 503
        versions.point_to(2)
        with get(f"{server}/health") as answer:
            assert (answer.headers["Cache-Control"], json.load(answer)) == ("no-store", {"status": "ok", "version": 2})
        kept, _ = visit(server, 3, lambda: _publish_broken(versions, 4))
        assert [visitor.problems for visitor in kept] == [[]] * 3
        assert {rate for visitor in kept for run in visitor.runs for rate in run.seen} == BEFORE
        versions.point_to(2)
        moved, published = visit(server, 6, lambda: _publish_corrected(directory))
        assert [visitor.problems for visitor in moved] == [[]] * 6
        assert all(run.seen < AFTER for visitor in moved for run in visitor.runs if run.begun > published)
        assert {rate for visitor in moved for rate in visitor.runs[0].seen} == {"99,68"}
        assert asyncio.run(_stopped_with_a_session_open(process, port)) == 0
    _check_log(log.read_text(encoding="utf-8"))


def _publish_broken(versions: Versions, number: int) -> None:
    versions.path(number).write_bytes(versions.path(2).read_bytes()[:100_000])
    versions.point_to(number)


def _publish_corrected(directory: Path) -> None:
    assert publish(directory, batch_of([corrected()]), all_forms(), "load").number == 5


def test_messages_are_packed_against_the_32_kilobytes_before_them(reports_directory: Path) -> None:
    """A window of the server's that is not spoken of is the largest there is: 2 to the 15th."""

    async def agreed(address: str) -> str:
        async with connect(f"{address}/_stcore/stream", subprotocols=[Subprotocol("streamlit")]) as opened:
            assert opened.response
            return opened.response.headers["Sec-WebSocket-Extensions"]

    port = free_port()
    with started(reports_directory, port):
        assert asyncio.run(agreed(f"ws://127.0.0.1:{port}")) == "permessage-deflate; client_max_window_bits=12"


async def _stopped_with_a_session_open(process: subprocess.Popen[bytes], port: int) -> int:
    async with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"]):  # type: ignore[list-item]
        process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(process.wait, 120)


def _check_log(text: str) -> None:
    """Every line is JSON; the events are those that happened; no address and no query of a visitor is among them."""
    lines: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    told = [(line["event"], line.get("version"), line.get("served", line.get("before"))) for line in lines]
    assert told == [
        ("started", None, None),
        ("version refused", 3, None),
        ("version opened", 2, None),
        ("version refused", 4, 2),
        ("version opened", 5, None),
        ("version swapped", 5, 2),
        ("stopped", None, None),
    ]
    assert {line["error"] for line in lines if line["event"] == "version refused"} == {"BrokenFile"}
    assert not re.search(r"127\.0\.0\.1|15919|2024-6M|lang=", text)


def test_what_pages_need_is_imported_before_the_first_visit() -> None:
    """In a process of its own: this one has imported everything already."""
    asked = "import gc, sys; from pages.kit.server import get_ready; get_ready(); "
    told = "print(gc.get_freeze_count(), *sys.modules)"
    ran = subprocess.run([sys.executable, "-c", asked + told], cwd=ROOT, check=True, capture_output=True, text=True)
    frozen, *imported = ran.stdout.split()
    assert int(frozen) > 100_000  # objects that no collection looks at
    assert {"pandas", "plotly.graph_objects", "plotly.tools", "pyarrow"} <= set(imported)
    assert {f"pages.{entry.name}.page" for entry in PAGES} <= set(imported)


def test_what_is_accepted_sends_its_small_messages_at_once() -> None:
    with listening("127.0.0.1", 0) as door, socket.create_connection(door.getsockname()):
        accepted, _ = door.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
