"""A version that is damaged when the pages look for it: the last whole one goes on."""

import logging
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
    caplog.clear()
    for _ in range(2):
        assert current_warehouse().number == 2
    (refused,) = [record for record in caplog.records if record.msg == "version refused"]
    assert {**vars(refused)["fields"], "problem": ""} == {"version": 3, "served": 2, "problem": ""}
    shutil.copyfile(versions.path(2), versions.path(4))
    versions.point_to(4)
    caplog.clear()
    with caplog.at_level(logging.INFO, logger="cchc"):
        assert current_warehouse().path == versions.path(4).resolve()
    # The file is a copy of version 2, and its number stands in it.
    assert [(record.msg, vars(record)["fields"]) for record in caplog.records] == [("version opened", {"version": 2})]
