"""One set of rows in every format: the same annex rows come back from each."""

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from make import FONT, GOLDEN, SAMPLE, WRITERS, MadeAnnex, MadeReport, golden_report, write_pdf

from loaders.annexes import Annex, AnnexRow, find_annexes
from loaders.cells import Reading, read_cell
from loaders.document import Document
from loaders.load import Options, load_file
from loaders.readers import read_document
from loaders.readers.pdf_text import followed
from loaders.readers.text import plain
from warehouse.model import Observation

SENT = {
    "cu-chi_2020-Q1": ("783", "huyện Củ Chi", "Kết quả công tác Quý I năm 2020"),
    "ha-vinh_2022-9M": ("15277", "xã Hà Vinh", "Kết quả công tác 9 tháng đầu năm 2022"),
    "hoang-hop_2024-6M": ("15919", "xã Hoằng Hợp", "Kết quả công tác 6 tháng đầu năm 2024"),
    "nam-thanh-mien_2025-12M": ("11284@2025-07-01", "xã Nam Thanh Miện", "Kết quả công tác năm 2025"),
    "quang-dien_2024-6M": ("477", "huyện Quảng Điền", "Kết quả công tác 6 tháng đầu năm 2024"),
}
ASKED = ("annex", "row_no", "code", "label", "parent_label", "unit_of_measure", "status", "note")


def written(kind: str, report: MadeReport, folder: Path) -> Path:
    if kind.startswith("pdf") and not FONT.is_file():
        pytest.skip("the font-roboto package is not here: no Vietnamese font to print a PDF with")
    return WRITERS[kind](report, folder / f"report.{kind.partition(' ')[0]}")


@pytest.fixture(params=sorted(WRITERS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sample(kind: str, tmp_path: Path) -> Document:
    return read_document(written(kind, SAMPLE, tmp_path))


def test_the_sample_has_its_annexes_and_columns(sample: Document) -> None:
    annexes = find_annexes(sample)
    assert [annex.name for annex in annexes] == ["Phụ lục 1", "Phụ lục 2", "Phụ lục 6B"]
    assert [[column.label for column in annex.columns] for annex in annexes] == [
        ["Số liệu"],
        ["Số liệu"],
        ["Quý I", "6 tháng", "9 tháng", "Tổng số trong năm"],
    ]


def test_every_row_of_the_sample_is_as_made(sample: Document) -> None:
    for made, annex in zip(SAMPLE.annexes, find_annexes(sample), strict=True):
        assert [said(row) for row in annex.rows] == expected(made)


def said(row: AnnexRow) -> tuple[object, ...]:
    reading = read_cell(row.values[0], row.unit_of_measure)
    return row.code, row.label, row.unit_of_measure, reading.value, reading.status, row.note


def expected(made: MadeAnnex) -> list[tuple[object, ...]]:
    return [(row.code.rstrip(".") or None, row.label, row.unit, row.value, row.status, row.note) for row in made.rows]


def test_uncoded_rows_stand_under_the_coded_one(sample: Document) -> None:
    rows = find_annexes(sample)[0].rows
    parents = {row.label: row.parent_label for row in rows if row.code is None}
    assert parents == {
        "Tiếp nhận trực tiếp": "Số hồ sơ đã tiếp nhận",
        "Tiếp nhận trực tuyến": "Số hồ sơ đã tiếp nhận",
    }


def test_letterhead_title_and_narrative_are_paragraphs_in_order(sample: Document) -> None:
    texts = [paragraph.text for paragraph in sample.paragraphs]
    positions = [
        texts.index(text)
        for text in (
            "Số: 12/BC-UBND",
            "Hoằng Hợp, ngày 04 tháng 6 năm 2024",
            "BÁO CÁO",
            *SAMPLE.narrative,
            "Phụ lục 1",
            "Phụ lục 2",
        )
    ]
    assert positions == sorted(positions)


def test_every_row_has_a_place_of_its_own(kind: str, sample: Document) -> None:
    rows = [row for annex in find_annexes(sample) for row in annex.rows]
    assert len({row.place for row in rows}) == len(rows)
    first = {
        "docx": "table:2, row:3",
        "html": "table:2, row:3",
        "pdf": "page:1, table:1, row:3",
    }.get(kind, "sheet:Trang 1, row:11")
    assert rows[0].place == first


@pytest.mark.parametrize("name", sorted(SENT))
def test_real_annexes_come_back_row_for_row(kind: str, name: str, tmp_path: Path) -> None:
    rows = golden_rows(name)
    observations = loaded(written(kind, golden_report(name, SENT[name][2], SENT[name][1]), tmp_path), name)
    assert [printed(row, golden) for row, golden in zip(observations, rows, strict=True)] == [
        {column: golden[column] for column in ASKED} for golden in rows
    ]
    assert [row.value for row in observations] == [Decimal(row["value"]) if row["value"] else None for row in rows]


def loaded(path: Path, name: str) -> tuple[Observation, ...]:
    """The rows of a file that says itself for when it is; its period and form are checked on the way."""
    outcome = load_file(path, Options(unit_code=SENT[name][0]))
    assert outcome.problem is None
    assert outcome.report is not None
    assert (outcome.report.period, outcome.form_share) == (name.split("_")[1], 1.0)
    return tuple(row for row in outcome.report.observations if row.source == "annex")


def golden_rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(row: Observation, golden: dict[str, str]) -> dict[str, str]:
    """The asked cells of a row; one that the golden row keeps hashed counts as that."""
    cells = {column: "" if (cell := getattr(row, column)) is None else str(cell) for column in ASKED}
    return {column: golden[column] if golden[column].startswith("sha256:") else text for column, text in cells.items()}


@pytest.mark.skipif(not FONT.is_file(), reason="the font-roboto package is not here: no Vietnamese font")
@pytest.mark.parametrize(
    "how",
    [{"cut_rows": True}, {"ruled": False}, {"ruled": False, "upright": "MIDDLE"}],
    ids=["rows cut by page ends", "no ruled lines", "no ruled lines and cells in the middle"],
)
@pytest.mark.parametrize("name", sorted(SENT))
def test_page_ends_and_missing_lines_lose_no_row(name: str, how: dict[str, Any], tmp_path: Path) -> None:
    report = golden_report(name, SENT[name][2], SENT[name][1])
    observations = loaded(write_pdf(report, tmp_path / "report.pdf", **how), name)
    rows = golden_rows(name)
    assert [printed(row, golden) for row, golden in zip(observations, rows, strict=True)] == [
        {column: golden[column] for column in ASKED} for golden in rows
    ]
    assert [row.value for row in observations] == [Decimal(row["value"]) if row["value"] else None for row in rows]


def first_rows(document: Document) -> list[tuple[str, ...]]:
    return [row.cells for row in document.tables[0].rows[:3]]


def test_every_format_gives_the_same_grid(sample: Document) -> None:
    assert first_rows(sample) == [
        ("STT", "Chỉ tiêu thống kê", "Kết quả thống kê", "", "Ghi chú"),
        ("", "(Sử dụng trong kỳ báo cáo hàng quý, 6 tháng, năm)", "Đơn vị tính", "Số liệu", ""),
        ("1.", "Công tác chỉ đạo", "", "", ""),
    ]
    column = [row.cells[0] for row in sample.tables[0].rows]
    assert column.count("Trong đó") == 1


def test_annexes_are_numbered_by_their_titles(sample: Document) -> None:
    annexes: tuple[Annex, ...] = find_annexes(sample)
    assert [[row.row_no for row in annex.rows] for annex in annexes] == [
        list(range(1, len(made.rows) + 1)) for made in SAMPLE.annexes
    ]


@pytest.mark.parametrize("kind", sorted(kind for kind in WRITERS if not kind.startswith("pdf")))
def test_two_figures_of_a_cell_are_never_one(kind: str, tmp_path: Path) -> None:
    """`140` over `150` is no 140 thousand; a PDF is tried below."""
    first, *others = SAMPLE.annexes[0].rows
    made = replace(SAMPLE.annexes[0], rows=(replace(first, raw="140\n150"), *others))
    (annex,) = find_annexes(read_document(written(kind, replace(SAMPLE, annexes=(made,)), tmp_path)))
    assert annex.rows[0].values == ("140\n150",)
    assert read_cell(*annex.rows[0].values) == Reading(None, "text")


def test_lines_of_a_pdf_or_of_a_marked_text_that_are_figures_stay_apart() -> None:
    assert followed("140", "150") == "140\n150"
    assert followed("140\n150", "160") == "140\n150\n160"
    assert followed("Số 140", "150") == "Số 140 150"
    assert plain("140<br>150") == "140\n150"
    assert plain("Có<br>Không") == "Có Không"
