"""Digits and signs glued to a figure: raised and lowered ones, and those of fonts of symbols, are no part of it."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from readers.make import write_ods_content
from readers.opening import OPENING
from readers.raw import cell, docx_file, paragraph, table

from loaders.load import LoadedFile, load_file
from warehouse.model import Remark

HEADER = ("STT", "Nội dung", "ĐVT", "Số liệu")
LINE = ("1", "Việc một", "Việc")
STYLES = (
    '<w:style w:type="character" w:styleId="mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="note"><w:basedOn w:val="mark"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="cut"><w:rPr><w:strike/></w:rPr></w:style>'
)


def run(text: str, looks: str) -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"


def style(name: str) -> str:
    return f'<w:rStyle w:val="{name}"/>'


def symbol(code: str, font: str = "Symbol") -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def formula(inside: str) -> str:
    names = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    return f'<m:oMath xmlns:m="{names}">{inside}</m:oMath>'


def read(path: Path) -> list[tuple[str | None, Decimal | None]]:
    outcome: LoadedFile = load_file(path)
    assert outcome.report is not None, outcome.problem
    return [(row.raw_value, row.value) for row in outcome.report.observations]


@pytest.mark.parametrize(
    ("runs", "raw", "value"),
    [
        (("4.340", run("1", '<w:vertAlign w:val="superscript"/>')), "4.340¹", 4340),
        (("4.340", run("1", style("mark"))), "4.340¹", 4340),
        (("4.340", run("1", style("note"))), "4.340¹", 4340),
        (("4.34", run("0", '<w:position w:val="4"/>')), "4.34₀", None),
        (("4.340", run("1", '<w:vertAlign w:val="subscript"/>')), "4.340₁", None),
        (("4.340", run("1", '<w:position w:val="-6"/>')), "4.340₁", None),
        (("4.34", run("0", '<w:position w:val="1"/>')), "4.340", 4340),
        (("4.34", run("0", f'{style("mark")}<w:vertAlign w:val="baseline"/>')), "4.340", 4340),
        (("4.340", run("1", style("gone"))), "4.340", 4340),
        (("4.34", run("0", f'{style("gone")}<w:vanish w:val="0"/>')), "4.340", 4340),
        (("4.340", run("77", style("cut"))), "4.340", 4340),
        ((run("12", style("unknown")),), "12", 12),
        ((run("12", '<w:vertAlign w:val="subscript"/>'),), "12", 12),
        ((run("12", style("mark")),), "12", 12),
        ((run("4.340", '<w:position w:val="6"/>'),), "4.340", 4340),
        ((run("99,5", '<w:vertAlign w:val="subscript"/>'), run(" %", '<w:position w:val="-6"/>')), "99,5 %", 99.5),
        (("-", run("5", '<w:vertAlign w:val="superscript"/>')), "-⁵", None),
        (("5", formula("<m:sSup><m:e>10</m:e><m:sup>3</m:sup></m:sSup>")), "5(103)", None),
        (("5", formula("<m:f><m:num>1</m:num><m:den>2</m:den></m:f>")), "5(12)", None),
        ((formula("<m:r><m:t>12</m:t></m:r>"),), "12", 12),
        ((symbol("F0B3"), "90"), "≥90", None),
        ((symbol("F0A3"), "90"), "≤90", None),
        (("1", symbol("F0B4"), "000"), "1×000", None),
        (("4", symbol("F033"), "0"), "430", 430),
        (("5", symbol("F0FC", "Wingdings")), "5•", None),
        (("5", symbol("2265")), "5≥", None),
        (("5", symbol("zz")), "5•", None),
    ],
)
def test_what_is_glued_to_a_figure_in_word(
    runs: tuple[str, ...], raw: str, value: float | None, tmp_path: Path
) -> None:
    lines = ((*LINE, cell(paragraph(*runs))), ("2", "Việc hai", "Việc", "7"))
    body = "".join(map(paragraph, OPENING)) + table(HEADER, *lines)
    found = read(docx_file(tmp_path / "report.docx", body, styles=STYLES))
    assert found == [(raw, None if value is None else Decimal(value)), ("7", Decimal(7))]


def in_xlsx(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, line in enumerate([*((text,) for text in OPENING), HEADER, LINE, ("2", "Việc hai", "Việc", "7")]):
            sheet.write_row(number, 0, line)
        sheet.write_rich_string(5, 3, "4.340", book.add_format({"font_script": 2}), "1", book.add_format(), " ")
    return path


def in_xls(path: Path) -> Path:
    book, low = xlwt.Workbook(), xlwt.Font()
    sheet = book.add_sheet("Số liệu")
    low.escapement = xlwt.Font.ESCAPEMENT_SUBSCRIPT
    for number, line in enumerate([*((text,) for text in OPENING), HEADER, LINE, ("2", "Việc hai", "Việc", "7")]):
        for column, text in enumerate(line):
            sheet.write(number, column, text)
    sheet.write_rich_text(5, 3, ("4.340", ("1", low)))
    book.save(str(path))
    return path


def in_ods(path: Path) -> Path:
    styles = '<style:style style:name="low"><style:text-properties style:text-position="sub 58%"/></style:style>'
    figure = '4.340<text:span text:style-name="low">1</text:span>'
    lines = [*((text,) for text in OPENING), HEADER, (*LINE, figure), ("2", "Việc hai", "Việc", "7")]
    cells = (
        "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in line) for line in lines
    )
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in cells)
    return write_ods_content(path, f'<table:table table:name="Số liệu">{rows}</table:table>', styles)


def in_text(path: Path) -> Path:
    lines = ["\t".join(HEADER), "\t".join((*LINE, "4.340<sub>1</sub>")), "2\tViệc hai\tViệc\t7"]
    path.write_text("\n\n".join(OPENING) + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def in_html(path: Path) -> Path:
    lines = (HEADER, (*LINE, "4.340<sub>1</sub>"), ("2", "Việc hai", "Việc", "7"))
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in line)}</tr>" for line in lines)
    opening = "".join(f"<p>{text}</p>" for text in OPENING)
    path.write_text(f"<html><body>{opening}<table>{rows}</table></body></html>", encoding="utf-8")
    return path


@pytest.mark.parametrize("write", [in_xlsx, in_xls, in_ods, in_text, in_html])
def test_a_lowered_digit_makes_no_other_number_in_any_format(write: Callable[[Path], Path], tmp_path: Path) -> None:
    suffix = write.__name__.removeprefix("in_").replace("text", "txt")
    assert read(write(tmp_path / f"report.{suffix}")) == [("4.340₁", None), ("7", Decimal(7))]


def test_a_row_that_word_hides_is_not_read_and_it_is_said(tmp_path: Path) -> None:
    line = "".join(map(cell, ("2", "Việc hai", "Việc", "7")))
    shown, hidden = (f"<w:tr><w:trPr><w:hidden{off}/></w:trPr>{line}</w:tr>" for off in (' w:val="0"', ""))
    rows = table(HEADER, (*LINE, "5")).replace("</w:tbl>", f"{shown}{hidden}</w:tbl>")
    outcome = load_file(docx_file(tmp_path / "report.docx", "".join(map(paragraph, OPENING)) + rows))
    assert outcome.report is not None, outcome.problem
    assert [row.value for row in outcome.report.observations] == [Decimal(5), Decimal(7)]
    assert outcome.report.remarks == (Remark("hidden_rows", "table:1", {"printed": "bảng 1", "times": 1}),)
