"""What users install: the built wheel holds every data file, and serves from an environment of its own."""

import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from pages.kit.server import HEADERS
from tests.serving import ROOT, free_port, wait_until_healthy
from tests.test_architecture import PACKAGES, committed

UV = os.environ.get("UV") or shutil.which("uv")  # `uv run` names itself

pytestmark = [pytest.mark.slow, pytest.mark.skipif(UV is None, reason="uv builds and installs the wheel")]


# What uv says when a package is neither in its cache nor to be had.
NO_NETWORK = re.compile(r"network was disabled|[Ff]ailed to fetch|error sending request|[Cc]ould not connect|dns error")


def uv(*arguments: str | Path) -> str:
    """What a uv command prints; the test is skipped where it lacks something that only the network has."""
    done = subprocess.run([str(UV), *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode and (why := NO_NETWORK.search(done.stderr)):
        pytest.skip(f"uv {arguments[0]} needs packages that are not in its cache: {why[0]}")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of what is committed: a folder of an earlier build would bring files that are gone."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for path in committed():
        (source / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, source / path.relative_to(ROOT))
    uv("build", "--wheel", "--out-dir", folder, source)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_every_module_and_data_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        held = {name for name in package.namelist() if ".dist-info/" not in name}
    ours = {path.relative_to(ROOT) for path in committed()}
    wanted = {path.as_posix() for path in ours if path.parts[0] in (*PACKAGES, "app.py", "cli.py")}
    assert held == wanted


def test_an_installed_wheel_serves(wheel: Path, tmp_path: Path) -> None:
    versions = tmp_path / "versions.txt"
    versions.write_text(uv("pip", "freeze", "--exclude-editable", "--python", sys.executable), encoding="utf-8")
    uv("venv", tmp_path / "venv", "--python", sys.executable)
    python = next(path for path in (tmp_path / "venv").glob("*/python*") if path.stem == "python")
    uv("pip", "install", "--python", python, "--constraint", versions, wheel)
    port = free_port()
    command = [python.with_name("cchc"), "serve", "--warehouse", "kho", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", process)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=60) as answer:
                assert answer.read() == b'{"status":"ok","version":1}'
                assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        finally:
            process.terminate()
        assert process.wait(60) == 0
