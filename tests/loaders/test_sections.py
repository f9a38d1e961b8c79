"""All annexes of a form in one table, each under a heading of its own: the same figures as from a table each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import xlsxwriter
from report_text import PrintedAnnex, PrintedReport, PrintedRow, form_annexes, opening, pipes

from loaders.annexes import find_annexes
from loaders.document import Document, Row, Table
from loaders.form import all_forms
from loaders.load import LoadedFile, Options, load_file
from loaders.problems import SeveralReports

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


THEIRS, OURS = form_annexes(FORM)[1].rows, form_annexes(FORM)[5].rows


def with_sections(tmp_path: Path, *rows: PrintedRow, options: Options = Options()) -> LoadedFile:
    path = tmp_path / "report.txt"
    path.write_text(pipes(PrintedReport(OPENING, (PrintedAnnex("Phụ lục 9", rows),))), encoding="utf-8")
    return load_file(path, options)


def stored(outcome: LoadedFile, rows: Sequence[PrintedRow]) -> set[tuple[bool, str | None]]:
    """Whether rows, told by their figures, count for an indicator, and of which period."""
    assert outcome.report is not None, outcome.problem
    printed = {row.value for row in rows if row.value}
    found = [row for row in outcome.report.observations if row.raw_value in printed]
    known = {row.label: row.indicator for annex in all_forms()[2].annexes().values() for row in annex}
    assert len(found) == len(printed)
    return {(row.indicator is not None, row.column_period) for row in found if known.get(row.label)}


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        (PrintedRow("II", "Xã Quảng Thái"), THEIRS),
        (PrintedRow("", "UBND XÃ QUẢNG THÁI"), THEIRS),
        (PrintedRow("II", "Số liệu của UBND xã Quảng Thái"), THEIRS),
        (PrintedRow("", "Phụ lục 3: Số liệu của xã Quảng Thái"), THEIRS),
        (PrintedRow("2", "Xã Quảng Thái"), tuple(replace(row, code=f"2.{row.code}") for row in THEIRS)),
        (PrintedRow("II", "Xã Quảng Thái", "", "999"), THEIRS),
        (PrintedRow("II", "Huyện Phong Điền"), THEIRS),
        (PrintedRow("", "* Xã Quảng Thái:"), THEIRS),
        (PrintedRow("", "xã Quảng Thái"), THEIRS),
        (PrintedRow("", "QUẢNG THÁI"), THEIRS),
        (PrintedRow("II", "Cấp xã"), THEIRS),
        (PrintedRow("", "Toàn tỉnh"), THEIRS),
        (PrintedRow("II", "Tỉnh Thừa Thiên Huế"), THEIRS),
    ],
)
def test_rows_under_the_name_of_another_unit_count_for_nobody(
    heading: PrintedRow, rows: tuple[PrintedRow, ...], tmp_path: Path
) -> None:
    """And those behind, under a heading of the reporter's own, count for it again."""
    end = PrintedRow("III", "Huyện Quảng Điền")
    first = PrintedRow("I", "Huyện Quảng Điền")
    outcome = with_sections(tmp_path, first, *OURS, heading, *rows, end, *form_annexes(FORM)[2].rows)
    assert stored(outcome, THEIRS) == {(False, "2024-6M")}
    assert stored(outcome, OURS) == stored(outcome, form_annexes(FORM)[2].rows) == {(True, "2024-6M")}
    assert outcome.report is not None
    others = {"Huyện Phong Điền", "Cấp xã", "Toàn tỉnh", "Tỉnh Thừa Thiên Huế"}
    name = heading.label if heading.label in others else "Xã Quảng Thái"
    told = {"printed": name, "unit_name": "Huyện Quảng Điền"}
    assert [(one.rule, dict(one.compared)) for one in outcome.report.remarks] == [("annex_of_another_unit", told)]


def test_what_is_left_aside_is_said_where_the_unit_was_given_too(tmp_path: Path) -> None:
    rows = (*OURS, PrintedRow("II", "Xã Quảng Thái"), *THEIRS)
    outcome = with_sections(tmp_path, *rows, options=Options("477"))
    assert stored(outcome, THEIRS) == {(False, "2024-6M")}
    assert outcome.report is not None
    assert [one.rule for one in outcome.report.remarks] == ["annex_of_another_unit"]


def test_the_rows_of_another_district_that_stand_beside_its_own_are_another_report(tmp_path: Path) -> None:
    outcome = with_sections(tmp_path, *OURS, PrintedRow("II", "UBND huyện Phong Điền"), *OURS)
    assert isinstance(outcome.problem, SeveralReports)
    assert "ghi là của Huyện Phong Điền, còn báo cáo là của Huyện Quảng Điền" in outcome.problem.found


def test_quarters_one_below_the_other_are_kept_as_such_and_each_said_once(tmp_path: Path) -> None:
    second = tuple(replace(row, value=f"{int(row.value) + 500}") for row in OURS)
    rows = (PrintedRow("I", "Quý I năm 2024"), *OURS, PrintedRow("II", "Quý II năm 2024"), *second)
    outcome = with_sections(tmp_path, *rows)
    assert (stored(outcome, OURS), stored(outcome, second)) == ({(True, "2024-Q1")}, {(True, "2024-Q2")})
    assert outcome.report is not None
    values = {(row.column_period, str(row.value)) for row in outcome.report.observations if row.indicator}
    assert {("2024-Q1", OURS[1].value), ("2024-Q2", second[1].value)} <= values
    assert [(one.rule, one.compared["printed"]) for one in outcome.report.remarks] == [
        ("annex_of_part", "2024-Q1"),
        ("annex_of_part", "2024-Q2"),
    ]


def test_rows_under_another_year_are_that_years(tmp_path: Path) -> None:
    rows = (PrintedRow("I", "Năm 2023"), *THEIRS, PrintedRow("II", "6 tháng đầu năm 2024"), *OURS)
    outcome = with_sections(tmp_path, *rows)
    assert (stored(outcome, THEIRS), stored(outcome, OURS)) == ({(True, "2023-12M")}, {(True, "2024-6M")})
    assert outcome.report is not None
    assert [(one.rule, dict(one.compared)) for one in outcome.report.remarks] == [
        ("period_differs", {"printed": "2023-12M", "given": "2024-6M"})
    ]


@pytest.mark.parametrize(
    ("heading", "period", "said"),
    [
        ("Cùng kỳ năm 2023", "2023-6M", "2023-6M"),
        ("Số liệu cùng kỳ năm trước", "2023-6M", "2023-6M"),
        ("Kỳ trước", None, "“Kỳ trước”"),
        ("Kế hoạch 6 tháng cuối năm 2024", None, "“Kế hoạch 6 tháng cuối năm 2024”"),
        ("Kế hoạch năm 2025", None, "“Kế hoạch năm 2025”"),
        ("Tháng 6 năm 2024", None, "“Tháng 6 năm 2024”"),
        ("Số liệu 5 tháng đầu năm 2024", None, "“Số liệu 5 tháng đầu năm 2024”"),
    ],
)
def test_rows_under_another_time_are_no_figures_of_the_period(
    heading: str, period: str | None, said: str, tmp_path: Path
) -> None:
    """Be they the same rows as those of the period."""
    for theirs in (THEIRS, tuple(replace(row, value=f"{int(row.value) + 500}") for row in OURS)):
        rows = (PrintedRow("I", "Kỳ báo cáo"), *OURS, PrintedRow("II", heading), *theirs)
        outcome = with_sections(tmp_path, *rows)
        assert stored(outcome, OURS) == {(True, "2024-6M")}
        assert stored(outcome, theirs) == {(period is not None, period or "2024-6M")}
        assert outcome.report is not None
        assert [(one.rule, dict(one.compared)) for one in outcome.report.remarks] == [
            ("period_differs", {"printed": said, "given": "2024-6M"})
        ]


@pytest.mark.parametrize(
    "label",
    ["Trong đó quý I năm 2024", "Mô hình của UBND xã Quảng Thái", "Cấp xã", "Tên xã: xã Quảng Thái", "Kỳ trước"],
)
def test_a_row_without_a_number_between_two_that_go_on_heads_nothing(label: str, tmp_path: Path) -> None:
    """It is one more row of the number above, left empty."""
    between = next(at for at, row in enumerate(OURS) if row.code == "2")
    outcome = with_sections(tmp_path, *OURS[: between + 1], PrintedRow("", label), *OURS[between + 1 :])
    assert stored(outcome, OURS) == {(True, "2024-6M")}
    assert outcome.report is not None
    assert outcome.report.remarks == ()


def test_units_that_are_listed_and_years_of_plans_head_nothing(tmp_path: Path) -> None:
    listed = (PrintedRow("", "- Xã Quảng Thái", "", "5"), PrintedRow("", "- Xã Quảng Lợi"))
    between = PrintedRow("II", "Kết quả thực hiện Kế hoạch CCHC năm 2023")
    outcome = with_sections(tmp_path, *OURS, *listed, between, *THEIRS)
    assert stored(outcome, THEIRS) == stored(outcome, OURS) == {(True, "2024-6M")}
    assert outcome.report is not None
    assert outcome.report.remarks == ()


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
