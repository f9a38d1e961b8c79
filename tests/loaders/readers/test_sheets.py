"""What spreadsheets do to figures, codes and layout."""

import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from make import write_ods_content
from raw import xlsx_file

from loaders.annexes import find_annexes
from loaders.cells import Reading, read_cell
from loaders.document import Document, Omission
from loaders.readers import read_document
from loaders.readers.numbers import written
from loaders.readers.sheet import annex_name

HEADER = ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú")
Line = tuple[object, ...]


def book_of(path: Path, **sheets: list[Line]) -> Path:
    """A workbook; a cell is a text, a number, or a number with its format."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name.replace("_", " "))
            for row, line in enumerate(lines):
                for column, shown in enumerate(line):
                    if isinstance(shown, tuple):
                        sheet.write_number(row, column, shown[0], book.add_format({"num_format": shown[1]}))
                    elif isinstance(shown, str):
                        sheet.write_string(row, column, shown)
                    elif shown is not None:
                        sheet.write(row, column, shown)
    return path


def rows_of(document: Document) -> list[tuple[str, ...]]:
    return [row.cells for table in document.tables for row in table.rows]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1, "0%", "100%"),
        (0.994, "0.0%", "99,4%"),
        (0.994, "0%", "99,4%"),
        (0.99354838709677, "0.0%", "99,4%"),
        (0.5, "0.00%", "50%"),
        (9.5, "General", "9,5"),
        (310660, "#,##0", "310660"),
        (310660.0, "General", "310660"),
        (0.1 + 0.2, "General", "0,3"),
        (1e20, "General", "100000000000000000000"),
        (1.5e-7, "General", "0,00000015"),
        (29.625, "General", "29,625"),
        (7, "00", "07"),
        (12, '0" văn bản"', "12"),
        (100, '0"%"', "100%"),
        (12345, ";;;", ""),
        (-5, "0;", ""),
        (0, "0;-0;;@", ""),
        (0, "#,###", ""),
        (1234, "#,###", "1234"),
        (0, "#,##0", "0"),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "0"),
        (310660, '_-* #,##0\\ _₫_-;-* #,##0\\ _₫_-;_-* "-"??\\ _₫_-;_-@_-', "310660"),
        (0, "#,##0 ;-#,##0 ;- ", "0"),
        (12345, "0,", "12 (ô lưu 12345)"),
        (12345, "#,##0.000,", "12,345 (ô lưu 12345)"),
        (1, "0.000,", "0,001 (ô lưu 1)"),
        (12345678, "#,##0,,", "12 (ô lưu 12345678)"),
        (12345, '0.0," nghìn"', "12,3 nghìn (ô lưu 12345)"),
        (12345, "0.0E+00", "1,2E+04 (ô lưu 12345)"),
        (1000, "0.0E+00", "1000"),
        (12, '0" nghìn"', "12 nghìn"),
        (5, 'General" nghìn"', "5 nghìn"),
        (5, '#,##0\\ "₫"', "5 ₫"),
        (5, "[$₫-42A] #,##0", "₫ 5"),
        (5, '0"0"', "50 (ô lưu 5)"),
        (11, "0\\.0", "1.1 (ô lưu 11)"),
        (11, "000-0000", "000-0011 (ô lưu 11)"),
        (11, '"1."0', "1.11 (ô lưu 11)"),
        (4340, "#\\ ##0", "4340"),
        (5, '"khoảng "0', "khoảng 5"),
        (5, '"-"0', "-5 (ô lưu 5)"),
        (5, "(0)", "(5) (ô lưu 5)"),
        (-5, "[Red][<0]-0;0", "-5"),
        (-5, "[$-1042A]#,##0;@", "-5"),
        (0.5, "#,###.##", "0,5"),
        (0.5, "#,###", "0,5"),
        (0, "#.##", ""),
        (0, '_-* #,##0\\ "₫"_-;\\-* #,##0\\ "₫"_-;_-* "-"??\\ "₫"_-;_-@_-', "0"),
        (0, '#,##0" ₫"', "0"),
        (5, '0" m2"', "5 m2"),
        (0.0124, "0.0%", "1,24%"),
        (1.5, "# ??/??", "1,5"),
        (-5, "0;0", "5 (ô lưu -5)"),
        (-5, "0;-0", "-5"),
        (-5, "#,##0_);(#,##0)", "-5"),
        (-2, "[Red]0;[Blue]-0", "-2"),
        (1500, '[>=1000]0.0,"k";0', "1,5k (ô lưu 1500)"),
        (500, '[>=1000]0.0,"k";0', "500"),
        (1, '"Có";"Có";"Không"', "Có"),
        (0, '"Có";"Có";"Không"', "Không"),
        (5, '"12"', "12 (ô lưu 5)"),
        (0.5, "# ?/?", "0,5"),
        (5, "0_)", "5"),
        (46.977, "0.0", "47"),
        (46.98, "0.0", "46,98"),
        (-3, "0", "-3"),
        (-0.0, "0", "0"),
        (45447, "dd/mm/yyyy", "04/06/2024"),
        (45447, "[$-1042A]d/m/yyyy;@", "04/06/2024"),
        (45293, "d-mmm", "2/1"),
        (45293, "dd/mm", "2/1"),
        (45293, "mmm-yy", "01/2024"),
        (0.3125, "h:mm", "07:30"),
        (45447, "General", "45447"),
        (-1, "dd/mm/yyyy", "-1"),
        (1e9, "dd/mm/yyyy", "1000000000"),
        (2, "[Red]0;[Blue]-0", "2"),
        (float("inf"), "0", "inf"),
    ],
)
def test_a_number_is_written_as_it_shows(value: float, code: str, shown: str) -> None:
    assert written(value, code) == shown


def test_figures_and_codes_of_every_kind(tmp_path: Path) -> None:
    lines: list[Line] = [
        HEADER,
        (1, "Tỷ lệ", "%", (1, "0%")),
        (1.1, "Văn bản", "Văn bản", "04"),
        ((45293, "d-mmm"), "Kinh phí", "Triệu đồng", "310.660"),
        ("2.2", "Số dạng chữ", "Việc", "12"),
        ("2.3", "Lỗi", "%", "#DIV/0!"),
        ("2.4", "Logic", "", True),
    ]
    rows = rows_of(read_document(book_of(tmp_path / "a.xlsx", Sheet1=lines)))
    assert [(row[0], row[3]) for row in rows[1:]] == [
        ("1", "100%"),
        ("1.1", "04"),
        ("2.1", "310.660"),
        ("2.2", "12"),
        ("2.3", "#DIV/0!"),
        ("2.4", "TRUE"),
    ]


def test_formulas_errors_and_rich_text_as_stored(tmp_path: Path) -> None:
    head = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEADER[:4])
    rows = (
        f"<row>{head}</row>"
        '<row><c><v>1</v></c><c t="inlineStr"><is><r><t>Tổng </t></r><r><t>số</t></r><rPh><t>x</t></rPh></is></c>'
        "<c/><c><f>SUM(D3:D4)</f><v>9.5</v></c></row>"
        '<row r="7"><c r="A7"><v>2</v></c><c r="B7" t="str"><v>Tỷ lệ</v></c>'
        '<c r="D7" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="8"><c r="A8"><v>3</v></c><c r="B8" t="s"><v>99</v></c><c r="D8" t="b"><v>0</v></c></row>'
        '<row r="9"><c r="A9"><v>4</v></c><c r="D9"><f> b/a*100</f><v/></c></row>'
    )
    document = read_document(xlsx_file(tmp_path / "a.xlsx", rows))
    assert rows_of(document)[1:] == [
        ("1", "Tổng số", "", "9,5"),
        ("2", "Tỷ lệ", "", "#DIV/0!"),
        ("3", "", "", "FALSE"),
        ("4", "", "", "= b/a*100"),
    ]
    assert [row.place for row in document.tables[0].rows] == [
        f"sheet:Biểu 1, row:{number}" for number in (1, 2, 7, 8, 9)
    ]


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    texts = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("STT", "Nội dung"))
    rows = f'<row>{texts}<c s="1"><v>43985</v></c></row>'
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    document = read_document(xlsx_file(tmp_path / "a.xlsx", rows, styles, '<workbookPr date1904="1"/>'))
    assert "04/06/2024" in {cell for row in rows_of(document) for cell in row}


def test_hidden_sheets_rows_and_columns_do_not_show(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        shown, hidden = book.add_worksheet("Một"), book.add_worksheet("Hai")
        hidden.hide()
        for sheet in (shown, hidden):
            for row, line in enumerate([HEADER, ("1", "Hiện", "Việc", "5"), ("2", "Ẩn", "Việc", "6")]):
                sheet.write_row(row, 0, line)
        shown.write(0, 5, "Mã")
        shown.set_row(2, None, None, {"hidden": True})
        shown.set_column(5, 5, None, None, {"hidden": True})
    document = read_document(tmp_path / "a.xlsx")
    assert rows_of(document) == [HEADER, ("1", "Hiện", "Việc", "5", "")]


def test_a_workbook_that_shows_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="trang ẩn"):
        read_document(book_of(tmp_path / "a.xlsx", Trống=[]))


def test_several_annexes_below_each_other(tmp_path: Path) -> None:
    lines: list[Line] = [
        ("UBND XÃ THỬ", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Phụ lục 1",),
        HEADER,
        ("1", "Việc một", "Việc", "5"),
        (),
        (None, "Dòng con", "Việc", "4"),
        ("Phụ lục 2",),
        ("SỐ LIỆU THỬ",),
        HEADER,
        ("1", "Việc hai", "Việc", "6"),
        (),
        (None, "NGƯỜI LẬP BIỂU", None, "CHỦ TỊCH"),
        (None, "Nguyễn Văn A"),
    ]
    document = read_document(book_of(tmp_path / "a.xlsx", Sheet1=lines))
    annexes = find_annexes(document)
    assert [(annex.name, [row.label for row in annex.rows]) for annex in annexes] == [
        ("Phụ lục 1", ["Việc một", "Dòng con"]),
        ("Phụ lục 2", ["Việc hai"]),
    ]
    assert [each.text for each in document.paragraphs][-3:] == ["NGƯỜI LẬP BIỂU", "CHỦ TỊCH", "Nguyễn Văn A"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Phụ lục 2", "Phụ lục 2"),
        ("PL2", "Phụ lục 2"),
        ("pl6B", "Phụ lục 6B"),
        ("PL II", "Phụ lục II"),
        ("Phụ_lục_3", "Phụ lục 3"),
        ("PL 01b", "Phụ lục 01b"),
        ("BM_1", "Biểu mẫu 1"),
        ("Biểu mẫu 1", "Biểu mẫu 1"),
        ("Biểu 3 TTHC", "Biểu 3 TTHC"),
        ("Sheet1", None),
        ("Tổng hợp", None),
        ("PLX thử", None),
    ],
)
def test_a_sheet_named_after_an_annex(name: str, title: str | None) -> None:
    assert annex_name(name) == title


def test_the_sheet_name_titles_its_table(tmp_path: Path) -> None:
    lines: list[Line] = [HEADER, ("1", "Việc", "Việc", "5")]
    document = read_document(book_of(tmp_path / "a.xlsx", PL2=lines, BM_7=lines))
    assert [annex.name for annex in find_annexes(document)] == ["Phụ lục 2", "Biểu mẫu 7"]


def test_a_header_printed_again_and_a_cell_at_the_end_of_the_sheet(tmp_path: Path) -> None:
    lines: list[Line] = [(), HEADER, ("1", "Một", "Việc", "5"), HEADER, ("2", "Hai", "Việc", "6")]
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(lines):
            sheet.write_row(row, 1, line)
        sheet.write(1_048_575, 16_383, "x")
    document = read_document(tmp_path / "a.xlsx")
    (annex,) = find_annexes(document)
    assert [(row.code, row.values) for row in annex.rows][:2] == [("1", ("5",)), ("2", ("6",))]


def test_text_under_a_merged_range_does_not_show(tmp_path: Path) -> None:
    lines = [HEADER, ("1", "Việc", "", "5"), ("Trong đó", "Con", "", "3"), ("che", "Con nữa", "", "2")]
    cells = ("".join(f'<c t="str"><v>{text}</v></c>' for text in line) for line in lines)
    rows = "".join(f"<row>{line}</row>" for line in cells)
    merged = '<mergeCells><mergeCell ref="A3:A4"/><mergeCell ref="x"/></mergeCells>'
    document = read_document(xlsx_file(tmp_path / "a.xlsx", rows, after=merged))
    assert [row[0] for row in rows_of(document)] == ["STT", "1", "Trong đó", ""]


def test_ods_hidden_and_repeated_cells(tmp_path: Path) -> None:
    def line(*texts: str, marks: str = "") -> str:
        cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
        return f"<table:table-row{marks}>{cells}</table:table-row>"

    repeated = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="4">'
        "<text:p>=</text:p></table:table-cell></table:table-row>"
    )
    spans = "<text:span>Tổng</text:span><text:s/>số"
    shown = (
        line(*HEADER[:4])
        + line("1", spans, "Việc", "5")
        + line("2", "Ẩn", "", "9", marks=' table:visibility="collapse"')
    )
    tables = f'<table:table table:name="A">{shown}{repeated}</table:table>'
    tables += f'<table:table table:name="B" table:style-name="h">{shown}</table:table>'
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    document = read_document(write_ods_content(tmp_path / "a.ods", tables, style))
    assert rows_of(document) == [HEADER[:4], ("1", "Tổng số", "Việc", "5"), ("=",) * 4, ("=",) * 4]
    assert [row.place for row in document.tables[0].rows][-1] == "sheet:A, row:5"


def ods_style(name: str, ink: str = "", ground: str = "", more: str = "", inside: str = "") -> str:
    colours = f'<style:table-cell-properties fo:background-color="{ground}"/>' if ground else ""
    colours += f'<style:text-properties fo:color="{ink}"/>' if ink else ""
    return f'<style:style style:name="{name}" style:family="table-cell"{more}>{colours}{inside}</style:style>'


BASED = ' style:parent-style-name="Head"'
SAID_ELSEWHERE = (
    '<style:default-style style:family="table-cell"/>'
    + ods_style("Accent", ground="#1f4e79")
    + ods_style("Head", more=' style:parent-style-name="Accent"')
    + ods_style("Accent", ground="#ffffff").replace("table-cell", "graphic")
)


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        (ods_style("c", "#FFFFFF"), ""),
        (ods_style("c", "#ffffff", "#FFFFFF", BASED), ""),
        (ods_style("c", "#FFFF00", "#ffff00"), ""),
        (ods_style("c", "#1F4E79", more=BASED), ""),
        (ods_style("c", "#ffffff", more=BASED), "494"),
        (ods_style("c", "#ffffff", "transparent", BASED), "494"),
        (ods_style("c", "#FFFFFF", "#1F4E79"), "494"),
        (ods_style("c", "#ffffff", inside='<style:map style:condition="x" style:apply-style-name="Head"/>'), "494"),
    ],
)
def test_ods_figures_in_the_colour_of_their_ground_wherever_it_is_said(tmp_path: Path, style: str, shown: str) -> None:
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("1", "Việc", "Việc"))
    figure = '<table:table-cell table:style-name="c" office:value-type="float" office:value="494">'
    row = f"<table:table-row>{cells}{figure}<text:p>494</text:p></table:table-cell></table:table-row>"
    path = write_ods_content(tmp_path / "a.ods", f'<table:table table:name="A">{row * 2}</table:table>', style)
    with zipfile.ZipFile(path) as file:
        names = re.findall(r'xmlns:\w+="[^"]+"', file.read("content.xml").decode())
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(
            "styles.xml", f"<office:document-styles {' '.join(names)}>{SAID_ELSEWHERE}</office:document-styles>"
        )
    document = read_document(path)
    assert [(*row, "")[3] for row in rows_of(document)] == [shown] * 2
    told = [Omission("hidden_cells", "sheet:A, row:1, row:2", "A", 2)]
    assert list(document.omissions) == ([] if shown else told)


@pytest.mark.parametrize(
    ("attributes", "text", "shown"),
    [
        ('office:value-type="percentage" office:value="0.994"', "99.4%", "99,4%"),
        ('office:value-type="percentage" office:value="0.9935483"', "99,35%", "99,35%"),
        ('office:value-type="float" office:value="310660"', "310,660", "310660"),
        ('office:value-type="float" office:value="4"', "04", "04"),
        ('office:value-type="float" office:value="9.5"', "9,5", "9,5"),
        ('office:value-type="float" office:value="0"', "#DIV/0!", "#DIV/0!"),
        ('office:value-type="date" office:date-value="2024-01-02"', "2.1", "2/1"),
        ('office:value-type="date" office:date-value="2024-06-04"', "06/04/24", "04/06/2024"),
        ('office:value-type="date" office:date-value="?"', "hôm nay", "hôm nay"),
        ('office:value-type="string"', "04", "04"),
    ],
)
def test_ods_values_whatever_language_they_were_shown_in(
    tmp_path: Path, attributes: str, text: str, shown: str
) -> None:
    cells = "".join(f"<table:table-cell><text:p>{head}</text:p></table:table-cell>" for head in HEADER[1:4])
    cell = f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"
    label = "<table:table-cell><text:p>Việc</text:p></table:table-cell><table:table-cell/>"
    rows = f"<table:table-row>{cells}</table:table-row><table:table-row>{label}{cell}</table:table-row>"
    document = read_document(write_ods_content(tmp_path / "a.ods", f'<table:table table:name="A">{rows}</table:table>'))
    assert rows_of(document)[1][-1] == shown


def test_the_code_1_10_stored_as_a_number_is_known_by_the_one_before(tmp_path: Path) -> None:
    codes = [
        ("STT", "Chỉ tiêu", "Số liệu"),
        *((number, f"Dòng {number}", 1) for number in (1, 1.1, 1.8, 1.9, 1.1, 1.11, 2.1)),
    ]
    rows = rows_of(read_document(book_of(tmp_path / "a.xlsx", Trang_1=codes)))
    assert [row[0] for row in rows[1:]] == ["1", "1.1", "1.8", "1.9", "1.10", "1.11", "2.1"]


def test_what_excel_took_for_a_date_is_a_code_or_no_figure(tmp_path: Path) -> None:
    """`2.1` among the codes and `1/2` among the figures were typed, and both became days of the year."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, day = book.add_worksheet("A"), book.add_format({"num_format": "d-mmm"})
        sheet.write_row(0, 0, ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"))
        sheet.write_row(1, 1, ("Tỷ lệ đạt", "%"))
        sheet.write_number(1, 0, 45293, day)
        sheet.write_number(1, 3, 45323, day)
    (row,) = rows_of(read_document(path))[1:]
    assert row == ("2.1", "Tỷ lệ đạt", "%", "1/2")
    assert read_cell(row[3], row[2]) == Reading(None, "ratio_text")
