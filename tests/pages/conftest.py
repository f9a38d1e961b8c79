"""Opening a page of the app in a test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from screen import Screen

from loaders.form import all_forms
from loaders.load import load_file
from warehouse.model import batch_of
from warehouse.versions.publish import publish

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"


@pytest.fixture
def open_page(reports_directory: Path) -> Callable[..., Screen]:
    """Open a page at an address, over the warehouse with reports."""

    def opened(page: str, /, **address: str) -> Screen:
        return Screen(reports_directory, page, address)

    return opened


@pytest.fixture
def open_empty(empty_directory: Path) -> Callable[..., Screen]:
    """Open a page at an address, over the empty warehouse."""

    def opened(page: str, /, **address: str) -> Screen:
        return Screen(empty_directory, page, address)

    return opened


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the reports of Củ Chi, Quảng Điền and Hoằng Hợp."""
    if not REPORTS.is_dir():
        pytest.skip(f"the real reports are not here: no folder {REPORTS}")
    directory = tmp_path_factory.mktemp("real")
    names = ("cu-chi_2020-Q1.txt", "quang-dien_2024-6M.txt", "hoang-hop_2024-6M.txt")
    found = [load_file(REPORTS / name).report for name in names]
    publish(directory, batch_of([report for report in found if report]), all_forms(), "load")
    return directory
