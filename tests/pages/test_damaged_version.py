"""A version that is damaged when the pages look for it: the last whole one goes on."""

import shutil
from pathlib import Path

import pytest

from pages.kit.data import current_warehouse
from warehouse.store import BrokenFile
from warehouse.versions import Versions


def test_a_damaged_new_version_is_refused_and_the_old_one_stays(
    reports_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    directory = shutil.copytree(reports_directory, tmp_path / "kho")
    monkeypatch.setenv("CCHC_WAREHOUSE", str(directory))
    versions = Versions(directory)
    versions.path(3).write_bytes(versions.path(2).read_bytes()[:100_000])
    versions.point_to(3)
    with pytest.raises(BrokenFile):
        current_warehouse()
    versions.point_to(2)
    assert current_warehouse().number == 2
    versions.point_to(3)
    for _ in range(2):
        assert current_warehouse().number == 2
    assert [record.getMessage()[:30] for record in caplog.records] == ["version 3 refused, 2 goes on: "]
    shutil.copyfile(versions.path(2), versions.path(4))
    versions.point_to(4)
    assert current_warehouse().path == versions.path(4).resolve()
