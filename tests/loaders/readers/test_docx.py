"""What Word does to a text besides showing it."""

from pathlib import Path

import pytest
from raw import cell, docx_file, paragraph, table

from loaders.document import Omission, Table
from loaders.readers import read_document

HEADER = ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu")
LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for level, (form, text) in enumerate([("decimal", "%1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)")])
)
ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


def lists(levels: str) -> str:
    """A numbering with two lists of these levels; the second starts anew."""
    uses = (f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{more}</w:num>' for n, more in ((1, ""), (2, ANEW)))
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{"".join(uses)}'


NUMBERING = lists(LEVELS)


def numbered(level: int, text: str = "", number: int = 1) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(*([text] if text else []), properties=properties)


def rows_of(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for each in read_document(path).tables for row in each.rows]


def texts_of(path: Path) -> list[str]:
    return [each.text for each in read_document(path).paragraphs]


def test_a_column_numbered_by_word_reads_as_text(tmp_path: Path) -> None:
    rows = [(numbered(level), f"Dòng {number}", "Việc", "1") for number, level in enumerate([0, 1, 1, 2, 0, 1])]
    body = table(HEADER, *(tuple(cell(one) for one in row) for row in rows))
    path = docx_file(tmp_path / "a.docx", body, NUMBERING)
    assert [row[0] for row in rows_of(path)] == ["STT", "1.", "1.1.", "1.2.", "a)", "2.", "2.1."]


def test_a_list_starts_anew_where_it_says_so(tmp_path: Path) -> None:
    body = numbered(0, "một") + numbered(0, "hai") + numbered(0, "lại", number=2) + numbered(0, "tiếp", number=2)
    path = docx_file(tmp_path / "a.docx", body, NUMBERING)
    assert texts_of(path) == ["1. một", "2. hai", "1. lại", "2. tiếp"]


def test_a_style_numbers_its_paragraphs(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="A"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    body = numbered(0, "mục") + paragraph("ý", properties='<w:pStyle w:val="B"/>')
    off = '<w:pStyle w:val="B"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    path = docx_file(tmp_path / "a.docx", body + paragraph("thường", properties=off), NUMBERING, styles)
    assert texts_of(path) == ["1. mục", "1.1. ý", "thường"]


def test_roman_numbers_and_dashes(tmp_path: Path) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate([("upperRoman", "%1."), ("bullet", "-"), ("bullet", "\uf0b7")])
    )
    body = "".join(numbered(0, "phần") for _ in range(4)) + numbered(1, "ý") + numbered(2, "chấm")
    path = docx_file(tmp_path / "a.docx", body, lists(levels))
    assert texts_of(path) == ["I. phần", "II. phần", "III. phần", "IV. phần", "- ý", "chấm"]


def test_deleted_and_hidden_text_is_left_out_and_inserted_text_kept(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>40</w:delText></w:r></w:del>"
    inserted = "<w:ins><w:r><w:t>45</w:t></w:r></w:ins>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> hiện</w:t></w:r>'
    moved = "<w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> mới</w:t></w:r></w:moveTo>"
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>bỏ</w:t></w:r></w:p></w:tc></w:tr>"
    body = table(HEADER, ("1", "Việc", "Việc", cell(f"<w:p>{deleted}{inserted}{hidden}{shown}{moved}</w:p>")))
    path = docx_file(tmp_path / "a.docx", body.replace("</w:tbl>", f"{gone}</w:tbl>"))
    assert rows_of(path) == [HEADER, ("1", "Việc", "Việc", "45 hiện mới")]


def test_merged_cells_keep_their_columns(tmp_path: Path) -> None:
    wide = cell("Kết quả thống kê", '<w:gridSpan w:val="2"/>')
    down, covered = '<w:vMerge w:val="restart"/>', cell("", "<w:vMerge/>")
    body = table(
        (cell("STT", down), "Chỉ tiêu thống kê", wide, "Ghi chú"),
        (covered, "(Sử dụng)", "Đơn vị tính", "Số liệu", ""),
        ("1", "Tổng số", "Hồ sơ", "9", ""),
        (cell("Trong đó", down), "Trực tiếp", "Hồ sơ", "4", ""),
        (covered, "Trực tuyến", "Hồ sơ", "5", ""),
    )
    assert rows_of(docx_file(tmp_path / "a.docx", body)) == [
        ("STT", "Chỉ tiêu thống kê", "Kết quả thống kê", "", "Ghi chú"),
        ("", "(Sử dụng)", "Đơn vị tính", "Số liệu", ""),
        ("1", "Tổng số", "Hồ sơ", "9", ""),
        ("Trong đó", "Trực tiếp", "Hồ sơ", "4", ""),
        ("", "Trực tuyến", "Hồ sơ", "5", ""),
    ]


def test_columns_skipped_at_the_edges_of_a_row_are_empty(tmp_path: Path) -> None:
    body = table(HEADER, ("Việc", "Việc"))
    skipped = '<w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>'
    body = body.replace(
        '<w:tr><w:tc><w:p><w:r><w:t xml:space="preserve">Việc', f"<w:tr>{skipped}<w:tc><w:p><w:r><w:t>Việc", 1
    )
    assert rows_of(docx_file(tmp_path / "a.docx", body))[1] == ("", "Việc", "Việc", "")


def test_breaks_tabs_and_several_paragraphs_of_a_cell_are_spaces(tmp_path: Path) -> None:
    broken = "<w:p><w:r><w:t>Trực tuyến = 0</w:t><w:br/><w:t>Phát</w:t><w:tab/><w:t>phiếu</w:t></w:r></w:p>"
    body = table(HEADER, ("1", "NĐ-CP", cell(broken + paragraph("Kết hợp = 2")), "2"))
    hyphen = body.replace("NĐ-CP</w:t>", "NĐ</w:t><w:noBreakHyphen/><w:t>CP</w:t>")
    path = docx_file(tmp_path / "a.docx", hyphen)
    assert rows_of(path)[1] == ("1", "NĐ-CP", "Trực tuyến = 0 Phát phiếu Kết hợp = 2", "2")


def test_titles_broken_by_hand_are_lines_and_sentences_are_not(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>BIỂU MẪU</w:t><w:br/><w:t>Phụ lục 2</w:t></w:r></w:p>"
    body += "<w:p><w:r><w:t>Câu thử bị ngắt</w:t><w:br/><w:t>giữa chừng.</w:t></w:r></w:p>"
    assert texts_of(docx_file(tmp_path / "a.docx", body)) == ["BIỂU MẪU", "Phụ lục 2", "Câu thử bị ngắt giữa chừng."]


def test_content_controls_and_fields_are_read_through(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
    )
    inner = table(HEADER, ("1", "Việc", "Việc", cell(f"<w:p>{field}</w:p>")))
    body = f"<w:sdt><w:sdtContent>{paragraph('Phụ lục 1')}{inner}</w:sdtContent></w:sdt>"
    path = docx_file(tmp_path / "a.docx", body)
    assert texts_of(path) == ["Phụ lục 1"]
    assert rows_of(path)[1] == ("1", "Việc", "Việc", "12")


def test_a_text_box_is_read_once_before_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('Phụ lục 3')}</w:txbxContent>"
    run = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts_of(docx_file(tmp_path / "a.docx", paragraph(run, "SỐ LIỆU"))) == ["Phụ lục 3", "SỐ LIỆU"]


def test_a_table_that_lays_out_another_gives_way_to_it(tmp_path: Path) -> None:
    inner = table(HEADER, ("1", "Việc", "Việc", "7"))
    body = table((cell(paragraph("Phụ lục 4") + inner + paragraph()),))
    path = docx_file(tmp_path / "a.docx", body)
    assert [type(block) for block in read_document(path).blocks][1] is Table
    assert texts_of(path) == ["Phụ lục 4"]
    assert rows_of(path) == [HEADER, ("1", "Việc", "Việc", "7")]


def test_a_small_table_in_a_cell_is_text_of_the_cell(tmp_path: Path) -> None:
    note = table(("Huyện", "5"), ("Xã", "6"))
    body = table((*HEADER, "Ghi chú"), ("1", "Việc", "Việc", "11", cell(note + paragraph())))
    assert rows_of(docx_file(tmp_path / "a.docx", body))[1][4] == "Huyện 5 Xã 6"


def test_a_table_with_a_header_stays_one_whatever_its_cells_hold(tmp_path: Path) -> None:
    grid = table(("a", "b", "c"), ("1", "2", "3"))
    body = table((*HEADER, "Ghi chú"), ("1", "Việc", "Việc", "11", cell(grid + paragraph())))
    assert rows_of(docx_file(tmp_path / "a.docx", body))[1] == ("1", "Việc", "Việc", "11", "a b c 1 2 3")


def test_a_header_printed_again_starts_a_table_of_its_own(tmp_path: Path) -> None:
    path = docx_file(tmp_path / "a.docx", table(HEADER, ("1", "Việc", "", "1"), HEADER, ("2", "Việc", "", "2")))
    tables = read_document(path).tables
    assert [[row.place for row in each.rows] for each in tables] == [
        ["table:1, row:1", "table:1, row:2"],
        ["table:1, row:3", "table:1, row:4"],
    ]


def test_a_signature_is_no_row_of_the_table_before_it(tmp_path: Path) -> None:
    signature = table(("Nơi nhận: Sở Nội vụ", "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"))
    path = docx_file(tmp_path / "a.docx", table(HEADER, ("1", "Việc", "", "1")) + paragraph() + signature)
    assert len(read_document(path).tables) == 1
    assert texts_of(path) == ["Nơi nhận: Sở Nội vụ", "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"]


def test_letters_with_marks_of_their_own_become_the_usual_ones(tmp_path: Path) -> None:
    path = docx_file(tmp_path / "a.docx", paragraph("Quảng Ðiền".replace("ả", "a\u0309").replace("ề", "e\u0302\u0300")))
    assert texts_of(path) == ["Quảng Ðiền"]


def test_the_document_part_may_have_another_name(tmp_path: Path) -> None:
    path = docx_file(tmp_path / "a.docx", paragraph("Phụ lục 1"), part="document2.xml")
    assert texts_of(path) == ["Phụ lục 1"]


def white(text: str, more: str = "") -> str:
    return f'<w:r><w:rPr><w:color w:val="FFFFFF"/>{more}</w:rPr><w:t>{text}</w:t></w:r>'


def shade(fill: str = "auto", more: str = "", pattern: str = "clear") -> str:
    return f'<w:shd w:val="{pattern}" w:fill="{fill}"{more}/>'


NAVY_STYLES = (
    f'<w:style w:type="table" w:styleId="T"><w:tblPr>{shade("1F4E79")}</w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="U"><w:basedOn w:val="T"/></w:style>'
    f'<w:style w:type="paragraph" w:styleId="P"><w:pPr>{shade("1F4E79")}</w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="W"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    f'<w:style w:type="table" w:styleId="L"><w:tblPr>{shade("FFFFFF")}</w:tblPr></w:style>'
)
PLAIN_WHITE = paragraph(white("494"))
BY_STYLE = '<w:r><w:rPr><w:rStyle w:val="W"/></w:rPr><w:t>494</w:t></w:r>'


@pytest.mark.parametrize(
    ("figure", "of_table", "shown"),
    [
        (cell(PLAIN_WHITE, shade(more=' w:color="1F4E79"', pattern="solid")), "", "494"),
        (cell(PLAIN_WHITE, shade(more=' w:color="auto"', pattern="pct50")), "", "494"),
        (cell(PLAIN_WHITE, shade(more=' w:themeFill="accent1"')), "", "494"),
        (cell(PLAIN_WHITE, shade("FFFFFF", ' w:themeFill="background1" w:themeFillShade="80"')), "", "494"),
        (cell(paragraph(white("494", '<w:highlight w:val="darkBlue"/>'))), "", "494"),
        (cell(paragraph(white("494"), properties='<w:pStyle w:val="P"/>')), "", "494"),
        (cell(PLAIN_WHITE), '<w:tblPr><w:tblStyle w:val="U"/></w:tblPr>', "494"),
        (cell(PLAIN_WHITE), f"<w:tblPr>{shade('1F4E79')}</w:tblPr>", "494"),
        (cell(paragraph(BY_STYLE), shade("1F4E79")), "", "494"),
        (cell(paragraph(BY_STYLE)), "", ""),
        (cell(PLAIN_WHITE, shade(more=' w:color="FFFFFF"', pattern="solid")), "", ""),
        (cell(PLAIN_WHITE, shade("FFFFFF", ' w:themeFill="background1"')), "", ""),
        (cell(PLAIN_WHITE), '<w:tblPr><w:tblStyle w:val="L"/></w:tblPr>', ""),
    ],
)
def test_white_figures_are_left_out_only_where_no_ground_is_given(
    figure: str, of_table: str, shown: str, tmp_path: Path
) -> None:
    body = table(HEADER, ("1", "Việc", "Việc", figure)).replace("<w:tbl>", f"<w:tbl>{of_table}")
    document = read_document(docx_file(tmp_path / "a.docx", body, styles=NAVY_STYLES))
    assert document.tables[0].rows[1].cells == ("1", "Việc", "Việc", shown)
    told = Omission("hidden_cells", "table:1, row:2", "bảng 1", 1)
    assert list(document.omissions) == ([] if shown else [told])


def test_a_row_may_give_its_cells_a_ground(tmp_path: Path) -> None:
    body = table(HEADER, ("1", "Việc", "Việc", cell(PLAIN_WHITE)))
    body = body.replace("<w:tr>", f"<w:tr><w:tblPrEx>{shade('1F4E79')}</w:tblPrEx>")
    assert rows_of(docx_file(tmp_path / "a.docx", body))[1][3] == "494"


def test_figures_outside_of_tables_that_do_not_show_are_told(tmp_path: Path) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>và 12 hồ sơ</w:t></w:r>"
    inside = f"<v:textbox><w:txbxContent>{PLAIN_WHITE}</w:txbxContent></v:textbox>"
    box = f"<w:r><w:pict><v:rect>{inside}</v:rect></w:pict></w:r>"
    body = paragraph("Tiếp nhận ", white("4"), white("bộ"), hidden)
    body += paragraph("Trả ", white("9", shade("1F4E79")))
    document = read_document(docx_file(tmp_path / "a.docx", body + paragraph(box)))
    assert [each.text for each in document.paragraphs] == ["Tiếp nhận bộ", "Trả 9", "494"]
    assert document.omissions == (Omission("hidden_cells", "paragraph:1", "đoạn 1", 2),)
