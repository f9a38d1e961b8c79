"""Pages as printed: what page ends and typesetting do to a table."""

from pathlib import Path

import pytest
from make import FONT, SAMPLE, write_pdf
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from loaders.document import Document, Paragraph, Row, Table
from loaders.problems import UnreadableFile
from loaders.readers import pdf_parser, read_document
from loaders.readers.pdf_guard import check_reliable
from loaders.readers.pdf_pages import Grid, joined_pages
from loaders.readers.pdf_text import Word, cell_text

pytestmark = pytest.mark.skipif(not FONT.is_file(), reason="the font-roboto package is not here: no Vietnamese font")

COLUMNS = (50.0, 100.0, 300.0, 400.0, 450.0)
HEADER = ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú")


def canvas(path: Path, **settings: object) -> Canvas:
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    page = Canvas(str(path), pagesize=A4, **settings)
    page.setFont("Roboto", 11)
    return page


def grid(*rows: tuple[str, ...], columns: tuple[float, ...] = COLUMNS) -> Grid:
    return Grid(columns, tuple(Row(cells, f"row:{number}") for number, cells in enumerate(rows, start=1)))


def tables(*pages: list[Paragraph | Grid]) -> list[list[tuple[str, ...]]]:
    return [[row.cells for row in block.rows] for block in joined_pages(pages) if isinstance(block, Table)]


def test_a_row_cut_by_the_page_end_is_put_together() -> None:
    first = grid(HEADER, ("1", "Số hồ sơ tiếp", "Hồ sơ", "5", "Năm 2015:"))
    second = grid(("", "nhận trực tuyến", "", "", "86"), ("2", "Khác", "Việc", "6", ""))
    assert tables([first], [second]) == [
        [HEADER, ("1", "Số hồ sơ tiếp nhận trực tuyến", "Hồ sơ", "5", "Năm 2015: 86")],
        [("2", "Khác", "Việc", "6", "")],
    ]


def test_a_rest_that_starts_with_a_capital_is_still_a_rest() -> None:
    first, second = grid(HEADER, ("1", "Tại", "", "5", "")), grid(("", "KIOSK của xã", "", "", ""))
    assert tables([first], [second]) == [[HEADER, ("1", "Tại KIOSK của xã", "", "5", "")]]


@pytest.mark.parametrize(
    "row",
    [
        ("", "Tiếp nhận trực tuyến", "Hồ sơ", "449", ""),
        ("", "Tiếp nhận qua bưu chính", "Hồ sơ", "", ""),
        ("2", "dòng có mã", "", "", ""),
    ],
)
def test_an_uncoded_row_at_the_top_of_a_page_is_a_row(row: tuple[str, ...]) -> None:
    first = grid(HEADER, ("Trong đó", "Tiếp nhận trực tiếp", "Hồ sơ", "45", ""))
    assert tables([first], [grid(row)])[1] == [row]


def test_a_header_printed_again_with_a_cut_row_below_it() -> None:
    pages = (
        grid(HEADER, ("1", "Số hồ sơ tiếp", "Hồ sơ", "5", "")),
        grid(HEADER, ("", "nhận", "", "", ""), ("2", "B", "", "6", "")),
    )
    assert tables([pages[0]], [pages[1]]) == [
        [HEADER, ("1", "Số hồ sơ tiếp nhận", "Hồ sơ", "5", "")],
        [HEADER, ("2", "B", "", "6", "")],
    ]


def test_a_header_alone_at_the_foot_of_a_page_joins_its_rows() -> None:
    first = grid(("STT", "Chỉ tiêu", "Kết quả", "Ghi chú"), columns=(50.0, 100.0, 300.0, 450.0))
    second = grid(("", "(Sử dụng)", "Đơn vị tính", "Số liệu", ""), ("1", "A", "Việc", "5", ""))
    assert tables([first], [second]) == [
        [
            ("STT", "Chỉ tiêu", "Kết quả", "", "Ghi chú"),
            ("", "(Sử dụng)", "Đơn vị tính", "Số liệu", ""),
            ("1", "A", "Việc", "5", ""),
        ]
    ]


def test_page_numbers_do_not_stand_between_the_halves() -> None:
    first: list[Paragraph | Grid] = [
        grid(HEADER, ("1", "Số hồ sơ tiếp", "", "5", "")),
        Paragraph("3", "page:1, line:40"),
    ]
    second: list[Paragraph | Grid] = [Paragraph("- 4 -", "page:2, line:1"), grid(("", "nhận", "", "", ""))]
    assert [type(block) for block in joined_pages([first, second])] == [Table]


def test_running_heads_are_no_text_and_do_not_part_a_row() -> None:
    def page(number: int, *rows: tuple[str, ...]) -> list[Paragraph | Grid]:
        head, foot = (Paragraph(text, f"page:{number}") for text in ("Báo cáo quý III", f"Xã thử - trang {number}"))
        return [head, grid(*rows), foot]

    pages = [
        page(1, HEADER, ("1", "Số văn bản (các", "Việc", "5", "")),
        page(2, ("", "Quyết định) đã rà soát", "", "", ""), ("2", "B", "Việc", "6", "")),
        page(3, ("3", "C", "Việc", "7", "")),
    ]
    blocks = list(joined_pages(pages))
    assert [type(block) for block in blocks] == [Table, Table, Table]
    assert tables(*pages)[0][1] == ("1", "Số văn bản (các Quyết định) đã rà soát", "Việc", "5", "")


def test_annex_titles_at_the_top_of_pages_are_no_running_heads() -> None:
    pages = [[Paragraph(f"Phụ lục {number}", f"page:{number}"), grid(HEADER)] for number in (1, 2, 3)]
    assert [block.text for block in joined_pages(pages) if isinstance(block, Paragraph)] == [
        "Phụ lục 1", "Phụ lục 2", "Phụ lục 3"
    ]  # fmt: skip


def test_a_row_whose_code_and_figure_stand_on_the_next_page_is_put_together() -> None:
    first, second = (
        grid(HEADER, ("", "Số lượng người được thu hút", "", "", "")),
        grid(("3.2", "vào làm việc", "Người", "0", "")),
    )
    assert tables([first], [second]) == [
        [HEADER, ("3.2", "Số lượng người được thu hút vào làm việc", "Người", "0", "")]
    ]


@pytest.mark.parametrize("boxes", [False, True], ids=["as lines", "as narrow boxes"])
def test_a_row_open_at_the_page_end_is_read(boxes: bool, tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf")
    for line, texts in enumerate([HEADER, ("1", "Việc thử", "Việc", "5", ""), ("2", "Việc cuối", "Việc", "6", "")]):
        for left, text in zip(COLUMNS, texts, strict=True):
            page.drawString(left + 5, 700 - 20 * line, text)
    for height in (715, 695, 675):
        page.line(45, height, 520, height)
    for left in (45, *COLUMNS[1:], 520):
        if boxes:
            page.rect(left, 655, 0.75, 60, stroke=0, fill=1)
        else:
            page.line(left, 715, left, 655)
    page.save()
    (table,) = read_document(tmp_path / "a.pdf").tables
    assert [row.cells[1] for row in table.rows] == ["Chỉ tiêu", "Việc thử", "Việc cuối"]


def test_cells_in_the_middle_of_ruled_rows_are_read(tmp_path: Path) -> None:
    middle = read_document(write_pdf(SAMPLE, tmp_path / "a.pdf", upright="MIDDLE"))
    top = read_document(write_pdf(SAMPLE, tmp_path / "b.pdf"))
    assert [table.rows for table in middle.tables] == [table.rows for table in top.tables]


@pytest.mark.parametrize(
    ("first", "second", "reliable"),
    [
        (("1", "Số hồ sơ", "5"), ("2", "Số việc", "6"), True),
        (("1", "a) hồ sơ", "5"), ("2", "- trực tuyến", "6"), True),
        (("1", "nhận trực tuyến", "5"), ("", "đúng hạn", ""), False),
        (("1", "Số hồ sơ", "5 6"), ("2", "Số việc", "1.234 99,5%"), False),
        (("1.1 1.2", "Số hồ sơ", ""), ("1.3. 1.4.", "Số việc", ""), False),
    ],
)
def test_rows_that_cannot_be_what_was_printed(first: tuple[str, ...], second: tuple[str, ...], reliable: bool) -> None:
    table = Table((Row(("STT", "Chỉ tiêu", "Số liệu"), "row:1"), Row(first, "row:2"), Row(second, "row:3")))
    if reliable:
        check_reliable("a.pdf", [table])
        return
    with pytest.raises(UnreadableFile):
        check_reliable("a.pdf", [table])


def cell(*texts: str, right: float) -> str:
    words: list[Word] = []
    for line, text in enumerate(texts):
        left = 0.0
        for word in text.split():
            words.append(Word(word, left, 12.0 * line, left + 6 * len(word), 12.0 * line + 10))
            left += 6 * len(word) + 3
    return cell_text(words, right)


def test_words_of_two_lines_are_not_glued_save_in_names_and_broken_words() -> None:
    assert cell("Số hồ", "sơ", right=100) == "Số hồ sơ"
    assert cell("Nghị định 34/NĐ-", "CP", right=100) == "Nghị định 34/NĐ-CP"
    assert cell("phòng/ba", "n/đơn vị", right=50) == "phòng/ban/đơn vị"
    assert cell("VBQPP", "L)", right=31) == "VBQPPL)"
    assert cell("(VBQPP", "L) của", right=44) == "(VBQPPL) của"
    assert cell("310.66", "0", right=37) == "310.660"
    assert cell("của", "xã", right=19) == "của xã"
    assert cell("thực hiện/tiếp", "nhận", right=90) == "thực hiện/tiếp nhận"


def test_lines_of_a_paragraph_are_joined_and_texts_side_by_side_are_not(tmp_path: Path) -> None:
    document = read_document(write_pdf(SAMPLE, tmp_path / "a.pdf"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert SAMPLE.narrative[0] in texts
    assert {"Số: 12/BC-UBND", "Hoằng Hợp, ngày 04 tháng 6 năm 2024"} <= set(texts)


def test_a_scan_is_refused_with_its_pages(tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf")
    page.drawString(100, 700, "Phụ lục 1")
    page.showPage()
    Image.new("L", (60, 80), 200).save(tmp_path / "scan.png")
    page.drawImage(str(tmp_path / "scan.png"), 0, 0, *A4)
    page.save()
    with pytest.raises(UnreadableFile, match=r"a\.pdf, trang 2: thấy trang không có chữ.*OCR"):
        read_document(tmp_path / "a.pdf")


def test_a_pdf_without_any_text_is_refused(tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf")
    page.rect(10, 10, 100, 100)
    page.save()
    with pytest.raises(UnreadableFile, match="ảnh quét"):
        read_document(tmp_path / "a.pdf")


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf", encrypt="secret")
    page.drawString(100, 700, "Phụ lục 1")
    page.save()
    with pytest.raises(UnreadableFile, match="mật khẩu"):
        read_document(tmp_path / "a.pdf")


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_pdf_is_refused_or_read(tmp_path: Path, share: float) -> None:
    whole = write_pdf(SAMPLE, tmp_path / "whole.pdf").read_bytes()
    (tmp_path / "a.pdf").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(UnreadableFile):
        read_document(tmp_path / "a.pdf")


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf")
    page.rect(90, 680, 300, 40)
    page.drawString(100, 700, "Phụ lục 3: SỐ LIỆU THỬ")
    page.save()
    document: Document = read_document(tmp_path / "a.pdf")
    assert (document.tables, [each.text for each in document.paragraphs]) == ((), ["Phụ lục 3: SỐ LIỆU THỬ"])


def test_texts_that_nearly_touch_a_line_between_them_are_two(tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf")
    lefts = (*COLUMNS, 520.0)
    for line, texts in enumerate([HEADER, ("1.1", "Việc thử", "Việc", "123456", "")]):
        for column, text in enumerate(texts):
            if text == "1.1":
                page.drawRightString(lefts[1] - 0.5, 700 - 20 * line, text)
            elif text == "123456":  # too wide for its cell: it stays whole
                page.drawRightString(lefts[4] + 8, 700 - 20 * line, text)
            else:
                page.drawString(lefts[column] + 0.5, 700 - 20 * line, text)
    page.grid(list(lefts), [715, 695, 675])
    page.save()
    (table,) = read_document(tmp_path / "a.pdf").tables
    assert [row.cells for row in table.rows] == [HEADER, ("1.1", "Việc thử", "Việc", "123456", "")]


def test_a_signature_on_the_page_behind_a_ruled_table_is_no_row_of_it(tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf")
    lefts = (*COLUMNS, 520.0)
    for line, texts in enumerate([HEADER, ("1", "Việc thử", "Việc", "5", "")]):
        for left, text in zip(COLUMNS, texts, strict=True):
            page.drawString(left + 5, 700 - 20 * line, text)
    page.grid(list(lefts), [715, 695, 675])
    page.showPage()
    page.setFont("Roboto", 11)
    for line, text in enumerate(("CHỦ TỊCH", "Người Ký")):
        page.drawString(105, 780 - 13 * line, text)
    page.drawString(55, 40, "24")
    page.save()
    document = read_document(tmp_path / "a.pdf")
    assert [[row.cells[0] for row in table.rows] for table in document.tables] == [["STT", "1"]]
    assert [paragraph.text for paragraph in document.paragraphs] == ["CHỦ TỊCH", "Người Ký"]


def test_a_table_without_lines_at_its_sides_keeps_its_outer_columns(tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf")
    for line, texts in enumerate([HEADER, ("1", "Việc thử", "Việc", "5", "đã xong")]):
        for left, text in zip(COLUMNS, texts, strict=True):
            page.drawString(left + 5, 700 - 20 * line, text)
    for height in (715, 695, 675):
        page.line(45, height, 520, height)
    for left in COLUMNS[1:]:
        page.line(left, 715, left, 675)
    page.save()
    (table,) = read_document(tmp_path / "a.pdf").tables
    assert [row.cells for row in table.rows] == [HEADER, ("1", "Việc thử", "Việc", "5", "đã xong")]


def test_a_pdf_with_too_many_pages_is_refused_and_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_parser, "_MAX_PAGES", 2)
    with pytest.raises(UnreadableFile, match="3 trang"):
        read_document(write_pdf(SAMPLE, tmp_path / "a.pdf"))


def test_bytes_the_parser_cannot_unpack_are_a_refusal(tmp_path: Path) -> None:
    path = write_pdf(SAMPLE, tmp_path / "a.pdf")
    data = bytearray(path.read_bytes())
    start = data.index(b"stream") + 400
    data[start : start + 200] = b"z" * 200
    path.write_bytes(data)
    with pytest.raises(UnreadableFile):
        read_document(path)
