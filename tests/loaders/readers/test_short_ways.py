"""What is read the short way, by pattern, reads exactly as when it is parsed."""

import zipfile
from pathlib import Path

import pytest
from make import SAMPLE, write_docx, write_xlsx
from raw import cell, docx_file, paragraph, table, xlsx_file

from loaders.readers import read_document
from loaders.readers.docx_lean import lean
from loaders.readers.xlsx_scan import StoredRow, scan_rows, scan_texts

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ENDS = (b"</w:document>", b"</worksheet>", b"</sst>")


def parsed(path: Path, to: Path) -> Path:
    """The same file with a comment in its parts, which the short ways leave to the parser."""
    to.mkdir()
    with zipfile.ZipFile(path) as file, zipfile.ZipFile(to / path.name, "w") as copy:
        for name in file.namelist():
            data = file.read(name)
            for end in ENDS:
                data = data.replace(end, b"<!-- -->" + end)
            copy.writestr(name, data)
    return to / path.name


@pytest.mark.parametrize("numbers", [False, True], ids=["texts", "numbers"])
def test_a_workbook(numbers: bool, tmp_path: Path) -> None:
    path = write_xlsx(SAMPLE, tmp_path / "report.xlsx", numbers)
    assert read_document(path) == read_document(parsed(path, tmp_path / "parsed"))


def test_a_word_document(tmp_path: Path) -> None:
    path = write_docx(SAMPLE, tmp_path / "report.docx")
    assert read_document(path) == read_document(parsed(path, tmp_path / "parsed"))


@pytest.mark.parametrize(
    "body",
    [
        table(("STT", "Chỉ tiêu", "Số liệu"), ("1", cell(paragraph("Số ", "hồ sơ &amp; việc")), "")),
        table(("1", cell(paragraph("a") + paragraph("b")), cell(paragraph("x", properties='<w:pStyle w:val="S"/>')))),
        table(("1", cell(table(("2", "3"), ("4", "5"))), "6")),
        table(("1", cell(paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>", "hiện")), "2", "3")),
        table(("1", cell(paragraph("<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>", "giữ")), "2", "3")),
        table(("1", cell(paragraph("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "<w:r/>")), "2", "3")),
    ],
    ids=["plain", "paragraphs", "table in a cell", "hidden", "deleted", "line break"],
)
def test_word_cells(body: str, tmp_path: Path) -> None:
    path = docx_file(tmp_path / "report.docx", body)
    assert read_document(path).blocks
    assert read_document(path) == read_document(parsed(path, tmp_path / "parsed"))


def test_a_plain_word_cell_is_its_text() -> None:
    assert lean(cell("Số &amp; việc").encode()).decode() == "<w:tc>Số &amp; việc</w:tc>"
    assert lean(b'<w:tc><w:p w:rsidR="00A1"/></w:tc>') == b"<w:tc></w:tc>"


def test_a_row_of_plain_word_cells_is_its_lines() -> None:
    cells = (cell("Số &amp; việc"), '<w:tc><w:p w:rsidR="00A1"/></w:tc>', cell(paragraph("4.", "340")))
    row = f'<w:tr w:rsidR="00A1">{"".join(cells)}</w:tr>'
    lines = '<w:tr w:rsidR="00A1"><w:plainCells>Số &amp; việc\n\n4.340</w:plainCells></w:tr>'
    assert lean(row.encode()).decode() == lines


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a&#10;b", "a&#xD;b"])
def test_a_line_break_inside_a_text_ends_no_cell(text: str, tmp_path: Path) -> None:
    path = docx_file(tmp_path / "report.docx", table(("1", cell(text), "2", "3")))
    (row,) = read_document(path).tables[0].rows
    assert row.cells == ("1", "a b", "2", "3")


@pytest.mark.parametrize(
    ("looks", "left"),
    [
        ('<w:rPr><w:rFonts w:ascii="Arial"/><w:b/></w:rPr>', ""),
        ("<w:pPr><w:jc/><w:rPr><w:b/></w:rPr></w:pPr>", ""),
        ("<w:tcPr><w:tcBorders><w:top/></w:tcBorders></w:tcPr>", ""),
        ("<w:rPr><w:b/><w:vanish/></w:rPr>", None),
        ("<w:rPr><x:vanish/></w:rPr>", None),
        ("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", None),
        ("<w:tcPr><w:tcW/><w:gridSpan/></w:tcPr>", None),
        ("<w:trPr><w:gridBefore/></w:trPr>", None),
        (
            "<w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr>",
            "<w:rPr><w:rPrChange></w:rPrChange></w:rPr>",
        ),
        ("<w:rPr><w:b/>chữ</w:rPr>", None),
    ],
)
def test_only_looks_are_left_out(looks: str, left: str | None) -> None:
    assert lean(looks.encode()).decode() == (looks if left is None else left)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2" spans="1:5"><c r="A2"><v>1</v></c><c r="C2" s="1"><v>0.994</v></c><c r="D2" s="1"/></row>',
        '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="4"/><row r="5"><c r="B5"><v>7</v></c></row>',
        '<row r="2" ht="0"><c r="A2"><v>1</v></c></row><row r="3" ht="0.5"><c r="A3"><v>7</v></c></row>',
        '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3"><f t="shared" si="0"/><v>3</v></c>'
        '<c r="C3"><f>b/a*100</f></c><c r="D3" t="str"><f>A1</f><v>chữ</v></c><c r="E3" t="e"><v>#DIV/0!</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="AA1"><v>1E3</v></c></row>',
    ],
    ids=["styles", "hidden rows", "rows without height", "formulas", "kinds"],
)
def test_cells_of_a_sheet(rows: str, tmp_path: Path) -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs>'
    path = xlsx_file(tmp_path / "report.xlsx", rows, styles)
    scan = scan_rows()
    scan(f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode())
    assert scan.found
    assert read_document(path) == read_document(parsed(path, tmp_path / "parsed"))


@pytest.mark.parametrize(
    "sheet",
    [
        f'<worksheet {MAIN}><sheetData><row><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
        f'<worksheet {MAIN}><sheetData><row r="1"><c><v>1</v></c></row></sheetData></worksheet>',
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><v>a&amp;b</v></c></row></sheetData></worksheet>',
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><v>1</v></c> </row></sheetData></worksheet>',
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><v>1</v></c></sheetData></worksheet>',
        f'<worksheet {MAIN}><sheetData><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row></sheetData>'
        "</worksheet>",
        f'<?xml version="1.0" encoding="iso-8859-1"?><worksheet {MAIN}><sheetData></sheetData></worksheet>',
        '<x:worksheet xmlns:x="a"><x:sheetData></x:sheetData></x:worksheet>',
        f"<worksheet {MAIN}><sheetData/></worksheet>",
        f"<worksheet {MAIN}><!-- --><sheetData></sheetData></worksheet>",
        "<worksheet><sheetData></sheetData></worksheet>",
    ],
)
def test_what_is_unusual_is_left_to_the_parser(sheet: str) -> None:
    scan = scan_rows()
    assert scan(sheet.encode()) == sheet.encode()
    assert scan.found is None


def test_what_was_found_is_not_parsed_again() -> None:
    scan = scan_rows()
    sheet = (
        f'<worksheet {MAIN}><sheetData><row r="7"><c r="B7" s="2" t="s"><v>4</v></c></row></sheetData><a/></worksheet>'
    )
    assert scan(sheet.encode()) == f"<worksheet {MAIN}><sheetData></sheetData><a/></worksheet>".encode()
    assert scan.found == [StoredRow("7", False, [("B", "2", "s", "", "", "4", "")])]


def test_shared_texts() -> None:
    scan = scan_texts()
    part = f'<sst {MAIN} count="3"><si><t>a &lt; b &amp;amp; c</t></si><si><t xml:space="preserve"> x</t></si></sst>'
    assert scan(part.encode()) == f'<sst {MAIN} count="3"></sst>'.encode()
    assert scan.found == ["a < b &amp; c", " x"]


@pytest.mark.parametrize("item", ["<si><r><t>a</t></r></si>", "<si><t/></si>", "<si><t>&#233;</t></si>", "<si/>"])
def test_other_shared_texts_are_left_to_the_parser(item: str) -> None:
    scan = scan_texts()
    part = f"<sst {MAIN}><si><t>a</t></si>{item}</sst>".encode()
    assert (scan(part), scan.found) == (part, None)
