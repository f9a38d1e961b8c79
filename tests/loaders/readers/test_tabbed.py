"""Tables that a Word document lays out with tabs: read where every cell's column is sure, refused where it is not."""

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from make import SAMPLE, write_docx

from loaders.annexes import Annex, find_annexes
from loaders.document import Document
from loaders.problems import UnreadableFile
from loaders.readers import read_document

HEADER = "STT\tChỉ tiêu\tĐơn vị tính\tSố liệu\tGhi chú"
TWO_VALUES = "STT\tChỉ tiêu\tĐơn vị tính\tKỳ trước\tKỳ báo cáo"
ROWS = ["1\tHồ sơ tiếp nhận\tHồ sơ\t494\t", "1.1\tTrực tuyến\tHồ sơ\t449\tđủ"]


def written(path: Path, lines: Sequence[str]) -> Document:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return read_document(path)


def read(annexes: Sequence[Annex]) -> list[tuple[object, ...]]:
    return [(row.code, row.label, row.unit_of_measure, row.values, row.note) for annex in annexes for row in annex.rows]


def test_a_line_is_a_row_and_a_tab_ends_a_cell(tmp_path: Path) -> None:
    lines = ["I.\tCÔNG TÁC CHỈ ĐẠO", "Phụ lục 1", HEADER, *ROWS, "1.2\tTrực tiếp\tHồ sơ\t45", "2\tViệc khác"]
    document = written(tmp_path / "a.docx", [*lines, "\t\t\t\t\tCHỦ TỊCH", "\t\t\t\t\tNgười Ký"])
    assert read(find_annexes(document)) == [
        ("1", "Hồ sơ tiếp nhận", "Hồ sơ", ("494",), ""),
        ("1.1", "Trực tuyến", "Hồ sơ", ("449",), "đủ"),
        ("1.2", "Trực tiếp", "Hồ sơ", ("45",), ""),
        ("2", "Việc khác", "", ("",), ""),
    ]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts == ["I. CÔNG TÁC CHỈ ĐẠO", "Phụ lục 1", "CHỦ TỊCH", "Người Ký"]


def test_the_sample_in_tabs_is_read_as_in_cells(tmp_path: Path) -> None:
    lines: list[str] = []
    annexes = [annex for annex in SAMPLE.annexes if annex.value_column == 3]
    for annex in annexes:
        lines += [annex.titles[0], HEADER]
        lines += ["\t".join((row.code, row.label, row.unit, row.raw, row.note)) for row in annex.rows]
    in_tabs = find_annexes(written(tmp_path / "tabs.docx", lines))
    in_cells = find_annexes(read_document(write_docx(SAMPLE, tmp_path / "cells.docx")))[: len(annexes)]
    assert [annex.name for annex in in_tabs] == [annex.name for annex in in_cells]
    assert read(in_tabs) == read(in_cells)


def test_a_heading_of_a_section_without_tabs_is_a_row(tmp_path: Path) -> None:
    found = find_annexes(written(tmp_path / "a.docx", [HEADER, ROWS[0], "II. CẢI CÁCH THỂ CHẾ", ROWS[1], "Hết."]))
    assert [row[:2] for row in read(found)] == [
        ("1", "Hồ sơ tiếp nhận"),
        ("II", "CẢI CÁCH THỂ CHẾ"),
        ("1.1", "Trực tuyến"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [HEADER, *ROWS, "1.2\tTrực tiếp\t\t\tHồ sơ\t45"],  # two tabs to reach a column
        [HEADER, *ROWS, "1.2\tTrực tiếp\t45"],  # the unit left out
        [TWO_VALUES, "1\tHồ sơ tiếp nhận\tHồ sơ\t450\t494", "1.1\tTrực tuyến\tHồ sơ\t449"],  # of which period?
        [HEADER, *ROWS, "1.2\tTrực tiếp", "45"],  # the figure on a line of its own
    ],
)
def test_a_row_that_does_not_fit_is_refused(lines: list[str], tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refused:
        written(tmp_path / "a.docx", ["Phụ lục 1", *lines])
    assert f"paragraph:{len(lines) + 1}" in str(refused.value)
    assert "phím Tab" in str(refused.value)
