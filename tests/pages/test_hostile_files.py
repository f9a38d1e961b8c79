"""What is handed out over a warehouse of hostile texts: briefs, feedback sheets and exports hold them as text only."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

import cli
from pages.kit.context import Context, Selection, UnitStep
from pages.kit.words import Words
from pages.profile.brief import brief_of
from pages.profile.brief_docx import to_docx
from pages.profile.brief_html import to_html
from pages.profile.standing import standings
from pages.quality.feedback import WRITERS, feedback_sheet
from tests.hostile import IMAGE, LINK, SCRIPT, UNITS, hostile_directory, report_of_the_commune
from warehouse.store import Warehouse, open_warehouse

HOANG_HOP = (
    UnitStep("VN", "Cả nước", None),
    UnitStep("38", UNITS["38"], "province"),
    UnitStep("399", UNITS["399"], "district"),
    UnitStep("15919", UNITS["15919"], "commune"),
)
RUNS = re.compile(r"^[=+@\t\r]|^-(?![\d.,]+$)")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_directory(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def warehouse(directory: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(directory)
    yield opened
    opened.connection.close()


def words_of_docx(content: bytes) -> str:
    """The text of a Word document that links to nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    assert [name for name, part in parts.items() if "<w:hyperlink " in part or 'TargetMode="External"' in part] == []
    return unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)", parts["word/document.xml"])))


def test_the_brief_shows_hostile_texts_as_written(warehouse: Warehouse) -> None:
    context = Context(warehouse, Words("vi"), Selection(HOANG_HOP, "2024-6M", "commune", simulated=False))
    brief = brief_of(context, standings(context))
    page = to_html(brief, Words("vi")).decode()
    assert re.findall(r"(?i)<script|<img src=x|javascript:[^<]*\"|<a\s", page) == []
    assert SCRIPT + IMAGE in unescape(page)
    assert SCRIPT + IMAGE in words_of_docx(to_docx(brief, Words("vi")))


def test_the_feedback_sheet_shows_hostile_texts_as_written(directory: Path, warehouse: Warehouse) -> None:
    sheet = feedback_sheet(warehouse, Words("vi"), report_of_the_commune(directory))
    assert SCRIPT + IMAGE in words_of_docx(WRITERS[".docx"](sheet, Words("vi")))
    text = WRITERS[".md"](sheet, Words("vi")).decode()
    assert re.findall(r"(?<!\\)[<\[`]", text) == []
    assert SCRIPT + IMAGE in text.replace("\\", "")
    assert LINK in text.replace("\\", "")


@pytest.mark.parametrize("what", ["rows", "figures", "rates"])
def test_no_cell_of_an_export_runs(directory: Path, tmp_path: Path, what: str) -> None:
    for suffix in ("csv", "xlsx", *(["sdmx.csv"] if what != "rows" else [])):
        file = tmp_path / f"a.{suffix}"
        asked = ("--what", what, "--unit", "399", "--period", "2024-6M")
        assert cli.main(["export", "--warehouse", str(directory), str(file), *asked]) == 0
        if suffix == "xlsx":
            with zipfile.ZipFile(file) as package:
                parts = [package.read(name) for name in package.namelist()]
            assert [part for part in parts if b"<f>" in part or b"<hyperlink" in part] == []
            continue
        with file.open(encoding="utf-8-sig", newline="") as opened:
            cells = [cell for row in csv.reader(opened) for cell in row]
        assert len(cells) > 20
        assert [cell for cell in cells if RUNS.match(cell)] == []
