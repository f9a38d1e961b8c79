"""The hand-made warehouse that the tests of the answers share, and the folder of its builders on the path."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# `small.py` is found under every import mode of pytest.
sys.path.insert(0, str(Path(__file__).parent))

from small import FORMS, small_reports

from warehouse.model import batch_of
from warehouse.store import Warehouse, open_warehouse
from warehouse.versions.publish import publish


@pytest.fixture(scope="session")
def small_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the hand-made warehouse, in its first version; tests only read it."""
    directory = tmp_path_factory.mktemp("small")
    publish(directory, batch_of(small_reports()), FORMS, "load")
    return directory


@pytest.fixture(scope="session")
def warehouse(small_directory: Path) -> Iterator[Warehouse]:
    """The hand-made warehouse, open for reading."""
    opened = open_warehouse(small_directory)
    yield opened
    opened.connection.close()
