"""A figure in a cell merged down over rows: it belongs to none of them for sure, unless they are one row."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from readers.make import FONT, write_ods_content
from readers.opening import OPENING
from readers.raw import cell, docx_file, paragraph, table
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from loaders.form import all_forms
from loaders.load import LoadedFile, load_file
from warehouse.model import batch_of
from warehouse.store import open_warehouse
from warehouse.versions.publish import publish

HEADER = ("STT", "Nội dung", "ĐVT", "Số liệu", "Ghi chú")
LINES = (
    ("1", "Việc một", "Việc", "5", ""),
    ("2", "Việc hai", "Việc", "8", ""),
    ("3", "Việc ba", "Việc", "", ""),
    ("4", "Việc bốn", "Việc", "", ""),
    ("5", "Việc năm", "Việc", "7", ""),
)
TOP, ROWS, VALUE, LABEL = 2, 3, 3, 1  # the second line's figure reaches over three rows
Merged = tuple[int, ...]  # the columns that are merged over these rows


def lines(merged: Merged) -> list[tuple[str, ...]]:
    """The table; under a merged label there is neither a label nor a code of its own."""
    emptied = [("", "", *line[2:]) if LABEL in merged and line[0] in "34" else line for line in LINES]
    return [HEADER, *emptied]


def in_docx(path: Path, merged: Merged) -> Path:
    rows = []
    for number, line in enumerate(lines(merged)):
        marks = {TOP: '<w:vMerge w:val="restart"/>', TOP + 1: "<w:vMerge/>", TOP + 2: "<w:vMerge/>"}.get(number, "")
        rows.append(tuple(cell(text, marks if at in merged else "") for at, text in enumerate(line)))
    return docx_file(path, "".join(map(paragraph, OPENING)) + table(*rows))


def in_html(path: Path, merged: Merged) -> Path:
    rows = []
    for number, line in enumerate(lines(merged)):
        cells = [
            f"<td{f' rowspan={ROWS}' if at in merged and number == TOP else ''}>{text}</td>"
            for at, text in enumerate(line)
            if not (at in merged and TOP < number < TOP + ROWS)
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    opening = "".join(f"<p>{text}</p>" for text in OPENING)
    path.write_text(f"<html><body>{opening}<table>{''.join(rows)}</table></body></html>", encoding="utf-8")
    return path


def in_xlsx(path: Path, merged: Merged) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, line in enumerate([*((text,) for text in OPENING), *lines(merged)]):
            for at, text in enumerate(line):
                sheet.write_string(number, at, text) if text else None
        top = TOP + len(OPENING)
        for at in merged:
            sheet.merge_range(top, at, top + ROWS - 1, at, lines(merged)[TOP][at])
    return path


def in_xls(path: Path, merged: Merged) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Số liệu")
    top = TOP + len(OPENING)
    for number, line in enumerate([*((text,) for text in OPENING), *lines(merged)]):
        for at, text in enumerate(line):
            if at in merged and number == top:
                sheet.write_merge(top, top + ROWS - 1, at, at, text)
            elif text and not (at in merged and top < number < top + ROWS):
                sheet.write(number, at, text)
    book.save(str(path))
    return path


def in_ods(path: Path, merged: Merged) -> Path:
    def one(number: int, at: int, text: str) -> str:
        inside = f"<text:p>{text}</text:p>" if text else ""
        if at in merged and TOP < number < TOP + ROWS:
            return f"<table:covered-table-cell>{inside}</table:covered-table-cell>"
        marks = f' table:number-rows-spanned="{ROWS}" table:number-columns-spanned="1"'
        return f"<table:table-cell{marks if at in merged and number == TOP else ''}>{inside}</table:table-cell>"

    rows = [f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in OPENING]
    rows += ["".join(one(number, *cell) for cell in enumerate(line)) for number, line in enumerate(lines(merged))]
    inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return write_ods_content(path, f'<table:table table:name="Số liệu">{inside}</table:table>')


def in_pdf(path: Path, merged: Merged) -> Path:
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    style = ParagraphStyle("made", fontName="Roboto", fontSize=10, leading=12)
    marks: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    marks += [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    marks += [("SPAN", (at, TOP), (at, TOP + ROWS - 1)) for at in merged]
    cells = [[Paragraph(text, style) for text in line] for line in lines(merged)]
    made = Table(cells, colWidths=(45, 215, 85, 70, 80), style=marks)
    SimpleDocTemplate(str(path)).build([*(Paragraph(text, style) for text in OPENING), made])
    return path


WRITERS: dict[str, Callable[[Path, Merged], Path]] = {
    "docx": in_docx,
    "html": in_html,
    "xlsx": in_xlsx,
    "xls": in_xls,
    "ods": in_ods,
    "pdf": in_pdf,
}


def read(suffix: str, merged: Merged, tmp_path: Path) -> LoadedFile:
    outcome = load_file(WRITERS[suffix](tmp_path / f"report.{suffix}", merged))
    assert outcome.report is not None, outcome.problem
    return outcome


def figures(outcome: LoadedFile) -> list[tuple[str | None, str | None, str, Decimal | None]]:
    assert outcome.report is not None
    return [(row.code, row.raw_value, row.status, row.value) for row in outcome.report.observations]


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_figure_merged_over_rows_is_of_none_of_them(suffix: str, tmp_path: Path) -> None:
    outcome = read(suffix, (VALUE,), tmp_path)
    assert outcome.report is not None
    assert figures(outcome) == [
        ("1", "5", "reported", Decimal(5)),
        ("2", "8", "text", None),
        ("3", None, "blank", None),
        ("4", None, "blank", None),
        ("5", "7", "reported", Decimal(7)),
    ]
    rows = outcome.report.observations
    place = ", ".join(("Phụ lục 1", *(row.place for row in rows[1:4])))
    told = {"subject": "Việc hai", "printed": "8"}
    assert [(one.rule, one.place, one.compared) for one in outcome.report.remarks] == [("figure_merged", place, told)]


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_figure_merged_with_its_label_is_of_one_row(suffix: str, tmp_path: Path) -> None:
    outcome = read(suffix, (0, LABEL, VALUE), tmp_path)
    assert outcome.report is not None
    assert [(row.label, row.value) for row in outcome.report.observations if row.value is not None] == [
        ("Việc một", Decimal(5)),
        ("Việc hai", Decimal(8)),
        ("Việc năm", Decimal(7)),
    ]
    assert outcome.report.remarks == ()


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("merged", [(0,), (2,), (4,)])
def test_other_cells_may_be_merged(suffix: str, merged: Merged, tmp_path: Path) -> None:
    outcome = read(suffix, merged, tmp_path)
    assert [value for *_, value in figures(outcome)] == [Decimal(5), Decimal(8), None, None, Decimal(7)]


def test_a_line_in_brackets_below_a_label_is_no_row_of_its_own(tmp_path: Path) -> None:
    path = in_html(tmp_path / "report.html", (VALUE,))
    page = path.read_text(encoding="utf-8")
    for code, label in (("3", "Việc ba"), ("4", "Việc bốn")):
        line = f"<td>{code}</td><td>{label}</td><td>Việc</td>"
        assert line in page
        page = page.replace(line, f"<td></td><td>({label})</td><td></td>")
    path.write_text(page, encoding="utf-8")
    outcome = load_file(path)
    assert outcome.report is not None
    assert [value for *_, value in figures(outcome)] == [Decimal(5), Decimal(8), None, None, Decimal(7)]
    assert outcome.report.remarks == ()


def test_it_is_one_finding_at_all_rows(tmp_path: Path) -> None:
    report = read("docx", (VALUE,), tmp_path).report
    assert report is not None
    publish(tmp_path, batch_of([report]), all_forms(), "load")
    connection = open_warehouse(tmp_path).connection
    found = connection.execute("SELECT rule, severity, place, message_vi FROM finding").fetchall()
    connection.close()
    assert found == [
        (
            "figure_merged",
            "high",
            "Phụ lục 1, table:1, row:3, table:1, row:4, table:1, row:5",
            "“Việc hai” ghi 8 trong một ô gộp nhiều dòng hoặc nhiều cột: không rõ số ấy là của dòng, cột nào nên không "
            "được dùng; hãy ghi số riêng ở từng ô.",
        )
    ]


TWO = ("STT", "Nội dung", "ĐVT", "Kỳ này", "Kỳ trước", "Ghi chú")
ACROSS = (
    ("1", "Việc một", "Việc", "5", "4", ""),
    ("2", "Việc hai", "Việc", "8", "", ""),
    ("3", "Ba", "Việc", "7", "", ""),
)
FROM, ROW = 3, 2  # the second line's figure reaches over two columns


def across_docx(path: Path) -> Path:
    rows = [
        [cell(text, '<w:gridSpan w:val="2"/>' if (number, at) == (ROW, FROM) else "") for at, text in enumerate(line)]
        for number, line in enumerate((TWO, *ACROSS))
    ]
    del rows[ROW][FROM + 1]
    return docx_file(path, "".join(map(paragraph, OPENING)) + table(*map(tuple, rows)))


def across_html(path: Path) -> Path:
    rows = [[f"<td>{text}</td>" for text in line] for line in (TWO, *ACROSS)]
    rows[ROW][FROM : FROM + 2] = ["<td colspan=2>8</td>"]
    opening = "".join(f"<p>{text}</p>" for text in OPENING)
    inside = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    path.write_text(f"<html><body>{opening}<table>{inside}</table></body></html>", encoding="utf-8")
    return path


def across_xlsx(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, line in enumerate([*((text,) for text in OPENING), TWO, *ACROSS]):
            sheet.write_row(number, 0, line)
        sheet.merge_range(ROW + len(OPENING), FROM, ROW + len(OPENING), FROM + 1, "8")
    return path


def across_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Số liệu")
    top = ROW + len(OPENING)
    for number, line in enumerate([*((text,) for text in OPENING), TWO, *ACROSS]):
        for at, text in enumerate(line):
            if (number, at) == (top, FROM):
                sheet.write_merge(top, top, FROM, FROM + 1, text)
            elif (number, at) != (top, FROM + 1):
                sheet.write(number, at, text)
    book.save(str(path))
    return path


def across_ods(path: Path) -> Path:
    one = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>".format
    rows = [[one("", text) for text in line] for line in (*((text,) for text in OPENING), TWO, *ACROSS)]
    spans = ' table:number-columns-spanned="2" table:number-rows-spanned="1"'
    rows[ROW + len(OPENING)][FROM : FROM + 2] = [one(spans, "8"), "<table:covered-table-cell/>"]
    inside = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    return write_ods_content(path, f'<table:table table:name="Số liệu">{inside}</table:table>')


def across_pdf(path: Path) -> Path:
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    style = ParagraphStyle("made", fontName="Roboto", fontSize=10, leading=12)
    marks = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (FROM, ROW), (FROM + 1, ROW))]
    cells = [[Paragraph(text, style) for text in line] for line in (TWO, *ACROSS)]
    made = Table(cells, colWidths=(45, 165, 75, 65, 65, 70), style=marks)
    SimpleDocTemplate(str(path)).build([*(Paragraph(text, style) for text in OPENING), made])
    return path


@pytest.mark.parametrize("write", [across_docx, across_html, across_xlsx, across_xls, across_ods, across_pdf])
def test_a_figure_merged_over_columns_is_of_no_period_for_sure(write: Callable[[Path], Path], tmp_path: Path) -> None:
    outcome = load_file(write(tmp_path / f"report.{write.__name__.removeprefix('across_')}"))
    assert outcome.report is not None, outcome.problem
    own = [row for row in outcome.report.observations if row.column_period == "2024-6M"]
    assert [(row.raw_value, row.status, row.value) for row in own] == [
        ("5", "reported", Decimal(5)),
        ("8", "text", None),
        ("7", "reported", Decimal(7)),
    ]
    said = [(one.rule, one.place, one.compared["printed"]) for one in outcome.report.remarks]
    assert said == [("figure_merged", f"Phụ lục 1, {own[1].place}", "8")]
