"""The benchmark makes what it says, reads all of it back and measures every part; how fast is not tested."""

import io
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from benchmarks.loading import Result, run, tell
from benchmarks.made import WRITERS, make_files
from benchmarks.plain import plain_rows

ROWS = 197  # of the family that comes first
COUNT = len(WRITERS)  # one file of each format

pytest.importorskip("font_roboto", reason="the font-roboto package is not here: no Vietnamese font to print a PDF with")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("benchmark")


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    return run(folder, COUNT)


def test_every_row_of_every_format_is_read(result: Result) -> None:
    assert (result.files, result.rows) == (COUNT, COUNT * ROWS)
    assert [(each.kind, each.files, each.rows) for each in result.formats] == [(kind, 1, ROWS) for kind in WRITERS]


def test_what_is_published_grows_as_it_should(result: Result) -> None:
    assert [(cost.reports, cost.held_before) for cost in result.publications] == [
        (COUNT, 0),
        (1, COUNT),
        (COUNT - 2, COUNT + 1),
        (1, 2 * COUNT - 1),
    ]


def test_the_result_is_told_and_written(result: Result) -> None:
    out = io.StringIO()
    tell(result, out)
    told = out.getvalue()
    lines = [line.split(" | ")[:2] for line in told.splitlines() if line.startswith("| ")]
    assert lines[1 : COUNT + 1] == [[f"| {kind}", "197"] for kind in WRITERS]
    assert lines[COUNT + 2 :] == [
        [f"| {COUNT}", "0"],
        ["| 1", str(COUNT)],
        [f"| {COUNT - 2}", str(COUNT + 1)],
        ["| 1", str(2 * COUNT - 1)],
    ]
    assert told.startswith(f"{date.today()}, ")
    assert json.loads(json.dumps(asdict(result)))["formats"][0]["kind"] == "docx"


def test_the_same_seed_makes_the_same_files_and_the_plain_script_finds_their_rows(folder: Path, result: Result) -> None:
    files = make_files(folder / "again", COUNT)
    made = sorted(path.name for path in (folder / "files").iterdir())
    assert [file.path.name for file in files] == made
    assert len(made) == result.files
    assert [len(plain_rows(file.kind, file.path)) for file in files] == [ROWS] * COUNT
