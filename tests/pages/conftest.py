"""Opening a page of the app in a test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from screen import Screen


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
