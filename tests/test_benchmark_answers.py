"""The benchmark of answers asks what it says, and every system gives the same answers; how fast is not tested."""

import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks.answers import Result, run, tell
from benchmarks.one_more import measure
from benchmarks.peers.postgres import missing
from benchmarks.questions import same
from loaders.form import all_forms
from warehouse.demo.nation import simulate_nation
from warehouse.versions.figured import publish_figures

PROVINCE = "12"  # Lai Châu, which had districts and kept its map
FACTS = 548_601
ROWS = 69  # of the made report, which are of a commune elsewhere
NAMES = ["cchc", "pandas", "SQLite", *([] if missing() else ["PostgreSQL"]), "dense array"]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answers")
    publish_figures(folder / "data", simulate_nation(provinces=[PROVINCE]), all_forms(), "demo")
    return folder / "data"


@pytest.fixture(scope="module")
def result(directory: Path) -> Iterator[Result]:
    with TemporaryDirectory() as peers:
        Path(peers).chmod(0o755)  # PostgreSQL's own account passes through
        yield run(directory, 2, Path(peers))


def test_all_systems_are_asked_and_agree(result: Result) -> None:
    assert result.facts == FACTS
    assert list(result.sizes) == NAMES
    assert [(each.question, each.draws) for each in result.times] == [
        ("ranking, nation", 2),
        ("trend, province", 2),
        ("profile, province", 2),
        ("overview, province", 2),
        ("overview, nation", 2),
        ("ranking, district", 1),
        ("ranking, province", 1),
        ("trend, district", 1),
        ("profile, district", 1),
        ("overview, district", 1),
    ]
    assert {tuple(each.milliseconds) for each in result.times} == {tuple(NAMES)}


def test_another_answer_is_noticed() -> None:
    answer = [("2024-6M", 90, 100, 90.0, 3), ("2025-6M", 1, 3, 100 / 3, 3)]
    assert same("trend", answer, [*reversed(answer)])
    assert not same("trend", answer, answer[:1])
    assert not same("trend", answer, [answer[0], ("2025-6M", 1, 3, 33.333, 3)])
    assert not same("trend", answer, [answer[0], ("2025-6M", 1, 3, None, 3)])


def test_the_result_is_told_and_written(result: Result) -> None:
    out = io.StringIO()
    tell(result, out)
    table = [line.strip("| ").split(" | ") for line in out.getvalue().splitlines() if line.startswith("| ")]
    assert table[0] == ["median milliseconds of", *NAMES]
    assert [row[0] for row in table[1:]] == [*(each.question for each in result.times), "memory or disk"]
    assert json.loads(json.dumps(asdict(result)))["times"][0]["question"] == "ranking, nation"


def test_one_more_report_is_published_into_a_copy(directory: Path, tmp_path: Path) -> None:
    assert measure(directory, tmp_path).facts == FACTS + ROWS
    assert [path.name for path in directory.glob("*.duckdb")] == ["cchc-1.duckdb"]
