"""Another version when the pages look for it: one that is damaged is refused, a whole one is held ahead."""

import logging
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from loaders.form import all_forms
from pages.kit import data
from pages.kit.data import current_warehouse
from tests.conftest import HOANG_HOP, report_of
from warehouse.answers.ahead import hold_ahead
from warehouse.model import batch_of
from warehouse.store import BrokenFile, open_warehouse
from warehouse.versions import Versions
from warehouse.versions.publish import publish


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


def test_what_pages_ask_of_a_new_version_is_read_before_anybody_asks(
    reports_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = shutil.copytree(reports_directory, tmp_path / "kho")
    monkeypatch.setenv("CCHC_WAREHOUSE", str(directory))
    before = current_warehouse()
    hold_ahead(before)
    taken = before.held.left
    publish(directory, batch_of([replace(report_of(HOANG_HOP), sha256="f" * 64)]), all_forms(), "load")
    after = current_warehouse()
    for thread in threading.enumerate():
        if thread.name == "read ahead":
            thread.join(60)
    nothing = open_warehouse(directory).held.left
    assert (before.number, taken < nothing, before.held.left) == (2, True, nothing)
    assert (after.number, after.held.left < nothing) == (3, True)


def test_a_server_that_ends_reads_nothing_ahead(
    reports_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread torn off in the middle of a question took the process down (SIGABRT), now and then."""
    monkeypatch.setenv("CCHC_WAREHOUSE", str(shutil.copytree(reports_directory, tmp_path / "kho")))
    monkeypatch.setattr(data, "_ended", threading.Event())
    opened = data.current_warehouse()
    nothing = opened.held.left
    data.end_reading_ahead()
    assert opened.forgotten.is_set()
    data.read_ahead(opened)
    assert opened.held.left == nothing
