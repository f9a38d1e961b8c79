"""Figures that are struck out or hidden: left out alike in every format that can, and told."""

import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from readers.make import write_ods_content
from readers.raw import cell, docx_file, paragraph, table

from loaders.form import all_forms
from loaders.load import LoadedFile, load_file
from loaders.outcomes import as_lines
from warehouse import answers
from warehouse.answers.sources import source_findings
from warehouse.model import batch_of
from warehouse.store import open_warehouse
from warehouse.versions.publish import publish

OPENING = (
    "BÁO CÁO",
    "Công tác cải cách hành chính 6 tháng đầu năm 2024",
    "UBND xã Hoằng Hợp, huyện Hoằng Hóa, tỉnh Thanh Hóa",
)
HEADER = ("STT", "Nội dung", "ĐVT", "Số liệu")
LINES = (("1", "Việc một", "Việc", "5"), ("2", "Việc hai", "Việc", ""), ("3", "Việc ba", "Việc", "7"))
STRUCK, KEPT, MARK = "4.300", " 4.340", "1"


def in_docx(path: Path) -> Path:
    struck = f"<w:r><w:rPr><w:b/><w:strike/></w:rPr><w:t>{STRUCK}</w:t></w:r>"
    deleted = "<w:del><w:r><w:delText>77</w:delText></w:r></w:del>"
    mark = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{MARK}</w:t></w:r>'
    plain = '<w:r><w:rPr><w:strike w:val="0"/><w:vertAlign w:val="baseline"/></w:rPr><w:t>5</w:t></w:r>'
    lines = (
        (*LINES[0][:3], cell(paragraph(plain))),
        (*LINES[1][:3], cell(paragraph(struck, deleted, KEPT, mark))),
        LINES[2],
    )
    return docx_file(path, "".join(map(paragraph, OPENING)) + table(HEADER, *lines))


def in_html(path: Path) -> Path:
    figures = (
        "5",
        f"<s>{STRUCK}</s><strike></strike><span style='text-decoration: line-through'>77</span>{KEPT}<sup>{MARK}</sup>",
        "7",
    )
    rows = "".join(
        f"<tr>{''.join(f'<td>{text}</td>' for text in (*line[:3], figure))}</tr>"
        for line, figure in zip(LINES, figures, strict=True)
    )
    head = "".join(f"<th>{text}</th>" for text in HEADER)
    opening = "".join(f"<p>{text}</p>" for text in OPENING)
    path.write_text(f"<html><body>{opening}<table><tr>{head}</tr>{rows}</table></body></html>", encoding="utf-8")
    return path


def in_xlsx(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, line in enumerate([*((text,) for text in OPENING), HEADER, *LINES]):
            sheet.write_row(number, 0, line)
        strike = book.add_format({"font_strikeout": True})
        mark = book.add_format({"font_script": 1})
        sheet.write_rich_string(5, 3, strike, f"{STRUCK} 77", book.add_format({"bold": True}), KEPT, mark, MARK)
    return path


def in_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Số liệu")
    for number, line in enumerate([*((text,) for text in OPENING), HEADER, *LINES]):
        for column, text in enumerate(line):
            sheet.write(number, column, text)
    strike, mark = xlwt.Font(), xlwt.Font()
    strike.struck_out, mark.escapement = True, xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    sheet = book.get_sheet(0)
    sheet._cell_overwrite_ok = True
    sheet.write_rich_text(5, 3, ((f"{STRUCK} 77", strike), KEPT, (MARK, mark)))
    book.save(str(path))
    return path


def in_ods(path: Path) -> Path:
    def line(texts: tuple[str, ...]) -> str:
        cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
        return f"<table:table-row>{cells}</table:table-row>"

    styles = (
        '<style:style style:name="s"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="u"><style:text-properties style:text-position="super 58%"/></style:style>'
    )
    rich = (
        f'<text:span text:style-name="s">{STRUCK} 77</text:span>{KEPT}<text:span text:style-name="u">{MARK}</text:span>'
    )
    lines = [*((text,) for text in OPENING), HEADER, LINES[0], (*LINES[1][:3], rich), LINES[2]]
    return write_ods_content(
        path, f'<table:table table:name="Số liệu">{"".join(map(line, lines))}</table:table>', styles
    )


WRITERS: dict[str, Callable[[Path], Path]] = {
    "docx": in_docx,
    "html": in_html,
    "xlsx": in_xlsx,
    "xls": in_xls,
    "ods": in_ods,
}


def remarks(outcome: LoadedFile) -> list[tuple[str, str, dict[str, object]]]:
    assert outcome.report is not None, outcome.problem
    return [(remark.rule, remark.place, dict(remark.compared)) for remark in outcome.report.remarks]


@pytest.mark.parametrize("suffix", WRITERS)
def test_struck_text_is_no_part_of_a_figure_and_a_raised_digit_is_a_footnote(suffix: str, tmp_path: Path) -> None:
    outcome = load_file(WRITERS[suffix](tmp_path / f"report.{suffix}"))
    assert outcome.report is not None, outcome.problem
    rows = outcome.report.observations
    assert [(row.raw_value, row.value) for row in rows] == [
        ("5", Decimal(5)),
        ("4.340¹", Decimal(4340)),
        ("7", Decimal(7)),
    ]
    place = "sheet:Số liệu, row:6" if suffix in {"xlsx", "xls", "ods"} else "table:1, row:3"
    assert remarks(outcome) == [("struck_out", f"Bảng 1, {place}", {"printed": "4.300 77"})]


def test_text_files_strike_and_raise_with_tags(tmp_path: Path) -> None:
    lines = [
        "\t".join(HEADER),
        "1\tMột\tViệc\t~~4.300~~ 4.340<sup>1</sup>",
        "2\tHai\tViệc\t<s>8</s>9",
        "3\tBa\tViệc\t7",
    ]
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join(OPENING) + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    outcome = load_file(path)
    assert outcome.report is not None
    assert [row.raw_value for row in outcome.report.observations] == ["4.340¹", "9", "7"]


WHITE = '<w:color w:val="FFFFFF"/>'
SHADE, NO_SHADE = (f'<w:shd w:val="clear" w:fill="{fill}"/>' for fill in ("1F4E78", "auto"))


def run(text: str, looks: str) -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("figure", "raw"),
    [
        (cell(paragraph(run("9", WHITE))), None),
        (cell(paragraph(run("4", ""), run("9", f"{WHITE}<w:b/>"))), "4"),
        (cell(paragraph(run("4", ""), run("9", "<w:vanish/>"))), "4"),
        (cell(paragraph(run("9", WHITE + NO_SHADE))), None),
        (cell(paragraph(run("9", WHITE)), NO_SHADE), None),
        (cell(paragraph(run("9", WHITE)), SHADE), "9"),
        (cell(paragraph(run("9", WHITE + SHADE))), "9"),
        (cell(paragraph(run("9", WHITE), properties=SHADE)), "9"),
        (cell(paragraph(run("9", '<w:color w:val="FF0000"/>'))), "9"),
        (cell(paragraph(run("Không", WHITE))), "Không"),  # only figures are left out
    ],
)
def test_white_and_hidden_figures_of_a_word_table_are_not_read_and_it_is_said(
    figure: str, raw: str | None, tmp_path: Path
) -> None:
    lines = (LINES[0], (*LINES[1][:3], figure), LINES[2])
    outcome = load_file(docx_file(tmp_path / "report.docx", "".join(map(paragraph, OPENING)) + table(HEADER, *lines)))
    assert outcome.report is not None, outcome.problem
    assert [row.raw_value for row in outcome.report.observations] == ["5", raw, "7"]
    told = [("hidden_cells", "Bảng 1, table:1, row:3", {"printed": "bảng 1", "times": 1})]
    assert remarks(outcome) == ([] if raw in {"9", "Không"} else told)


def test_a_row_that_is_marked_as_deleted_is_not_read_and_it_is_said(tmp_path: Path) -> None:
    mark = '<w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr>'
    lines = (LINES[0], ("2", "Việc hai", "Việc", "6"), LINES[2])
    body = table(HEADER, *lines).replace(
        '<w:tr><w:tc><w:p><w:r><w:t xml:space="preserve">2<', f"{mark}<w:tc><w:p><w:r><w:t>2<"
    )
    outcome = load_file(docx_file(tmp_path / "report.docx", "".join(map(paragraph, OPENING)) + body))
    assert outcome.report is not None, outcome.problem
    assert [row.raw_value for row in outcome.report.observations] == ["5", "7"]
    assert remarks(outcome) == [("struck_out", "table:1", {"printed": "2 Việc hai Việc 6"})]


def hiding_xlsx(path: Path) -> Path:
    """A workbook that shows three rows and hides two, one column of figures and two sheets, one of them a list."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, other, choices = (book.add_worksheet(name) for name in ("Số liệu", "Nháp", "Danh mục"))
        for number, line in enumerate([*((text,) for text in OPENING), (*HEADER, "Ghi chú"), *LINES]):
            sheet.write_row(number, 0, line)
        for number, line in enumerate(
            (("4", "Việc bốn", "Việc", 8), ("5", "Việc năm", "Việc", 9), ("", "ghi", "", ""))
        ):
            sheet.write_row(7 + number, 0, line)
            sheet.set_row(7 + number, None, None, {"hidden": True})
        sheet.write_column(4, 5, (1, 2, 3))
        sheet.set_column(5, 5, None, None, {"hidden": True})
        for number, line in enumerate((HEADER, *LINES)):
            other.write_row(number, 0, line)
        choices.write_column(0, 0, ("Có", "Không", 1, 2))
        other.hide()
        choices.hide()
    return path


def test_what_is_hidden_is_not_read_and_it_is_said(tmp_path: Path) -> None:
    outcome = load_file(hiding_xlsx(tmp_path / "report.xlsx"))
    assert remarks(outcome) == [
        ("hidden_rows", "sheet:Số liệu", {"printed": "Số liệu", "times": 2}),
        ("hidden_columns", "sheet:Số liệu", {"printed": "Số liệu", "times": 1}),
        ("hidden_sheet", "sheet:Nháp", {"printed": "Nháp", "times": 3}),
    ]
    assert outcome.report is not None
    assert [row.value for row in outcome.report.observations] == [Decimal(5), None, Decimal(7)]
    told = [line.strip() for line in as_lines(outcome, {}, None) if "CẢNH BÁO" in line]
    behind = ", không được đọc; nếu thuộc báo cáo, hãy bỏ ẩn rồi nạp lại"
    assert told == [
        f"CẢNH BÁO: “Số liệu” có 2 dòng ẩn chứa số{behind}",
        f"CẢNH BÁO: “Số liệu” có 1 cột ẩn chứa số{behind}",
        f"CẢNH BÁO: trang tính ẩn “Nháp” có bảng số liệu 3 dòng{behind}",
    ]


def test_hidden_rows_of_a_web_page_are_told_too(tmp_path: Path) -> None:
    path = in_html(tmp_path / "report.html")
    hidden = "<tr style='display:none'><td>4</td><td>Việc</td><td>Việc</td><td>8</td></tr></table>"
    path.write_text(path.read_text(encoding="utf-8").replace("</table>", hidden), encoding="utf-8")
    outcome = load_file(path)
    assert remarks(outcome)[1] == ("hidden_rows", "table:1", {"printed": "bảng 1", "times": 1})
    assert outcome.rows == 3


def test_what_was_left_out_is_a_finding(tmp_path: Path) -> None:
    found = []
    for write, suffix in ((hiding_xlsx, "xlsx"), (in_docx, "docx")):
        report = load_file(write(tmp_path / f"report.{suffix}")).report
        assert report is not None
        publish(tmp_path, batch_of([report]), all_forms(), "load")
        warehouse = open_warehouse(tmp_path)
        query = "SELECT rule, severity, message_vi FROM finding ORDER BY rule"
        found += warehouse.connection.execute(query).fetchall()
        warehouse.connection.close()
    assert found == [
        ("hidden_columns", "medium", "“Số liệu” có 1 cột ẩn chứa số; các cột ấy không được đọc."),
        ("hidden_rows", "medium", "“Số liệu” có 2 dòng ẩn chứa số; các dòng ấy không được đọc."),
        ("hidden_sheet", "medium", "Trang tính ẩn “Nháp” có bảng số liệu 3 dòng; trang ấy không được đọc."),
        ("struck_out", "low", "Dòng này có phần bị gạch bỏ “4.300 77”, không được đọc."),
    ]


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_a_finding_at_a_cell_of_a_table_stands_beside_its_row_and_its_source(suffix: str, tmp_path: Path) -> None:
    """The place of a row may hold the comma that parts the places of a finding: `sheet:Số liệu, row:6`."""
    report = load_file(WRITERS[suffix](tmp_path / f"report.{suffix}")).report
    assert report is not None
    publish(tmp_path, batch_of([report]), all_forms(), "load")
    warehouse = open_warehouse(tmp_path)
    rows = answers.report_rows(warehouse, report.report_id)
    said = ["Dòng này có phần bị gạch bỏ “4.300 77”, không được đọc."]
    assert rows["messages_vi"].to_list() == [None, said, None]
    places = [f"{row.annex}, {row.place}" for row in report.observations]
    found = [source_findings(warehouse, report.report_id, [place], [], [])["rule"].to_list() for place in places]
    warehouse.connection.close()
    assert found == [[], ["struck_out"], []]


def test_a_table_whose_head_nobody_knows_is_told(tmp_path: Path) -> None:
    first = (
        "Phụ lục 1",
        "STT\tNội dung\tSố liệu",
        *(f"{number}\tViệc số {number}\t{number}" for number in range(1, 4)),
    )
    second = (
        "Phụ lục 2",
        "STT\tNội dung\tĐánh giá",
        *(f"{number}\tViệc khác {number}\t{number}" for number in range(1, 4)),
    )
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join(("\n\n".join(OPENING), "\n".join(first), "\n".join(second))), encoding="utf-8")
    outcome = load_file(path)
    assert outcome.rows == 3
    assert [(rule, told) for rule, _, told in remarks(outcome)] == [
        ("table_unread", {"printed": "Phụ lục 2", "times": 3})
    ]
    (said,) = [line.strip() for line in as_lines(outcome, {}, None) if "CẢNH BÁO" in line]
    assert said.startswith("CẢNH BÁO: bảng “Phụ lục 2” có 3 dòng số liệu KHÔNG được đọc, vì đầu bảng không cho biết")


def test_formulas_that_nothing_worked_out_are_no_zeros(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, line in enumerate([*((text,) for text in OPENING), HEADER, *LINES]):
            sheet.write_row(number, 0, line)
        sheet.write_formula(len(OPENING) + 1, 3, "=2+3")
        sheet.write_formula(len(OPENING) + 2, 3, "=2+4", value=6)
    report = load_file(path).report
    assert report is not None
    assert [(row.raw_value, row.status) for row in report.observations[:2]] == [("=2+3", "formula"), ("6", "reported")]


@pytest.mark.parametrize("zero", ["<v>0</v>", ""], ids=["as 0", "empty"])
@pytest.mark.parametrize("placed", [True, False], ids=["placed", "in a row"])
def test_formulas_that_stand_in_another_cell_are_no_zeros_nor_empty(zero: str, placed: bool, tmp_path: Path) -> None:
    """A shared formula, and one that fills an area, are written at their first cell only; cells may not say where."""
    book = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(str(book)) as made:
        sheet = made.add_worksheet("Số liệu")
        for number, line in enumerate([*((text,) for text in OPENING), HEADER]):
            sheet.write_row(number, 0, line)
        for number in range(1, 9):
            sheet.write_row(len(OPENING) + number, 0, (str(number), f"Việc {number}", "Việc", 1000 + number))
    first = len(OPENING) + 2
    stored = [
        f'<f t="shared" ref="D{first}:D{first + 1}" si="0">SUM(E{first}:F{first})</f>{zero}',
        f'<f t="shared" si="0"/>{zero}',
        f'<f t="array" ref="D{first + 2}:D{first + 3}">E{first + 2}:E{first + 3}*2</f>{zero}',
        zero,
        '<f t="shared" si="0"/><v>12</v>',
        "<v>0</v>",
        f"<f>'Biểu 2'!D5</f>{zero}",
        "<v>5</v>",
    ]
    cells = {f"<v>{1000 + number}</v>": text for number, text in enumerate(stored, start=1)}
    path = tmp_path / "report.xlsx"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode()
            for figure, text in cells.items():
                data = data.replace(figure, text)
            new.writestr(name, data if placed else re.sub(r'<c r="[A-Z]+\d+"', "<c", data))
    report = load_file(path).report
    assert report is not None
    assert [(row.raw_value, row.value, row.status) for row in report.observations] == [
        (f"=SUM(E{first}:F{first})", None, "formula"),
        ("=…", None, "formula"),
        (f"=E{first + 2}:E{first + 3}*2", None, "formula"),
        ("=…", None, "formula"),
        ("12", 12, "reported"),
        ("0", 0, "reported"),
        ("='Biểu 2'!D5", None, "formula"),
        ("5", 5, "reported"),
    ]
