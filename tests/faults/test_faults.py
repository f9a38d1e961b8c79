"""A few of the faults of `run.py`; the full counts are one command away (README, "Faults")."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

RUN = Path(__file__).with_name("run.py")
NOTHING = dict.fromkeys(("kills", "steps", "others", "every", "files", "swaps", "loaders", "full", "sessions"), 0)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")


def run(**asked: int) -> list[dict[str, Any]]:
    """The lines of a run in a process of its own: it forks, which a process with open databases must not."""
    options = [f"--{name}={value}" for name, value in {**NOTHING, **asked}.items()]
    done = subprocess.run([sys.executable, str(RUN), "--json", *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines: list[dict[str, Any]] = json.loads(done.stdout)
    assert [line["problems"] for line in lines] == [[]] * len(lines)
    return lines


def test_killed_loads_lose_nothing_and_can_be_run_again() -> None:
    (operations,) = run(every=7)
    assert operations["tried"] in {"5 killed of 5", "6 killed of 6"}


def test_two_loaders_a_full_disk_and_readers_on_every_version() -> None:
    full, two, readers = run(full=2, loaders=1, swaps=2)
    assert (full["tried"], two["tried"]) == ("2 sizes", "2 loads")
    assert readers["tried"].startswith("2 versions published")


def test_damaged_files_are_read_or_refused() -> None:
    lines = run(files=int(os.environ.get("CCHC_FUZZ_FILES", "6")))
    assert [line["fault"] for line in lines] == [
        f"damaged .{kind} files" for kind in ("docx", "xlsx", "xls", "ods", "html", "pdf", "txt")
    ]
