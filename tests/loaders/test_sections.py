"""All annexes of a form in one table, each under a heading of its own: the same figures as from a table each."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import xlsxwriter
from report_text import PrintedAnnex, PrintedReport, PrintedRow, form_annexes, opening, pipes

from loaders.annexes import find_annexes
from loaders.document import Document, Row, Table
from loaders.load import LoadedFile, load_file

FORM = "hue-district"
OPENING = opening("UBND huyện Quảng Điền, tỉnh Thừa Thiên Huế", "6 tháng đầu năm 2024")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
HEAD = ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Ghi chú")

Heading = Callable[[int, str], PrintedRow]
HEADINGS: dict[str, Heading] = {
    "roman": lambda at, _: PrintedRow(ROMAN[at], f"Phần thử {'abcdefg'[at]}"),
    "in the label": lambda at, _: PrintedRow(f"{ROMAN[at]}. Phần thử {'abcdefg'[at]}", ""),
    "no code": lambda at, _: PrintedRow("", f"PHẦN THỬ {'ABCDEFG'[at]}"),
    "numbers": lambda at, _: PrintedRow(str(at + 1), f"Phần thử {'abcdefg'[at]}"),
    "titles": lambda _, title: PrintedRow("", f"{title}: Phần thử"),
    "titles as codes": lambda _, title: PrintedRow(title, "Phần thử"),
}


def one_table(kind: str) -> tuple[PrintedRow, ...]:
    """Every row of the form under a heading an annex; numbered on from its number where that is one."""
    rows: list[PrintedRow] = []
    for at, annex in enumerate(form_annexes(FORM)):
        before = f"{at + 1}." if kind == "numbers" else ""
        rows += [HEADINGS[kind](at, annex.title), *(replace(row, code=before + row.code) for row in annex.rows)]
    return tuple(rows)


def word(lines: list[tuple[str, ...]], path: Path) -> None:
    document = docx.Document()
    for text in OPENING:
        document.add_paragraph(text)
    table = document.add_table(len(lines), len(HEAD))
    for printed, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(printed.cells, line, strict=True):
            cell.text = text
    document.save(str(path))


def excel(lines: list[tuple[str, ...]], path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Trang 1")
        for number, line in enumerate([*((text,) for text in OPENING), *lines]):
            sheet.write_row(number, 0, line)


def counted(outcome: LoadedFile) -> dict[tuple[str, str], str]:
    assert outcome.report is not None
    rows = (row for row in outcome.report.observations if row.indicator)
    return {(row.indicator or "", row.level): str(row.value) for row in rows}


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    path = tmp_path_factory.mktemp("apart") / "report.txt"
    path.write_text(pipes(PrintedReport(OPENING, form_annexes(FORM))), encoding="utf-8")
    return counted(load_file(path))


@pytest.mark.parametrize(("suffix", "write"), [("docx", word), ("xlsx", excel)])
@pytest.mark.parametrize("kind", HEADINGS)
def test_one_table_gives_the_figures_of_many(
    kind: str,
    suffix: str,
    write: Callable[[list[tuple[str, ...]], Path], None],
    apart: dict[tuple[str, str], str],
    tmp_path: Path,
) -> None:
    path = tmp_path / f"report.{suffix}"
    write([HEAD, *((row.code, row.label, row.unit, row.value, "") for row in one_table(kind))], path)
    outcome = load_file(path)
    assert outcome.report is not None
    assert (outcome.report.form, len(apart)) == (FORM, 129)
    assert counted(outcome) == apart
    titled = kind.startswith("titles")
    assert (outcome.rows, len(outcome.unmapped)) == ((147, 0) if titled else (154, 7))
    names = dict.fromkeys(row.annex for row in outcome.report.observations if row.source == "annex")
    assert list(names) == ([annex.title for annex in form_annexes(FORM)] if titled else ["Bảng 1"])


def test_a_section_that_is_printed_twice_is_not_taken_twice(tmp_path: Path) -> None:
    """Nobody can tell which of the two is the report's."""
    first = form_annexes(FORM)[1]
    rows = (PrintedRow("I", "Phần một"), *first.rows, PrintedRow("II", "Phần hai"), *first.rows)
    path = tmp_path / "report.txt"
    path.write_text(pipes(PrintedReport(OPENING, (PrintedAnnex("Phụ lục 1", rows),))), encoding="utf-8")
    outcome = load_file(path)
    assert outcome.report is not None
    assert outcome.report.form is None


@pytest.mark.parametrize(
    ("row", "following", "names"),
    [
        (("Phụ lục 3 Thể chế", "", "", ""), ("1", "Hai", "", "6"), ["Phụ lục 2", "Phụ lục 3"]),
        (("", "Phụ lục 3", "", ""), ("1.1", "Hai", "", "6"), ["Phụ lục 2", "Phụ lục 3"]),
        (("", "Biểu mẫu 3 đã gửi", "Việc", ""), ("1", "Hai", "", "6"), ["Phụ lục 2"]),
        (("", "Biểu mẫu 3 đã gửi", "", "5"), ("1", "Hai", "", "6"), ["Phụ lục 2"]),
        (("2", "Biểu mẫu 3 đã gửi", "", ""), ("1", "Hai", "", "6"), ["Phụ lục 2"]),
        (("", "Biểu mẫu 3 đã gửi", "", ""), ("2.1", "Hai", "", "6"), ["Phụ lục 2"]),
    ],
)
def test_the_title_of_an_annex_in_a_row(row: tuple[str, ...], following: tuple[str, ...], names: list[str]) -> None:
    lines = (("STT", "Nội dung", "ĐVT", "Số liệu"), ("Phụ lục 2", "", "", ""), ("1", "Một", "", "5"), row, following)
    table = Table(tuple(Row(line, f"row:{number}") for number, line in enumerate(lines, start=1)))
    annexes = find_annexes(Document("made.docx", (table,)))
    assert [annex.name for annex in annexes] == names
    assert [row.values for annex in annexes for row in annex.rows][-1] == ("6",)
