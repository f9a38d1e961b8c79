"""Tables as annexes: headings, headers printed again on another page, codes and remarks."""

import pytest

from loaders.annexes import find_annexes
from loaders.document import Document, Paragraph, Row, Table


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(Row(cells, f"row:{number}") for number, cells in enumerate(rows, start=1)))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Phụ lục IIIBIỂU MẪU THỐNG KÊ (Kèm theo Báo cáo số /BC-UBND)Biểu mẫu 1Công tác chỉ đạo", "Biểu mẫu 1"),
        ("Phụ lục 1b", "Phụ lục 1b"),
        ("Phụ lục 2/2024", "Bảng 1"),
        ("Phụ lục 1bis", "Bảng 1"),
    ],
)
def test_a_heading_whose_line_breaks_were_lost(title: str, name: str) -> None:
    document = Document("a", (Paragraph(title, "line:1"), table(("STT", "Chỉ tiêu", "Số liệu"), ("1", "Việc", "5"))))
    assert [annex.name for annex in find_annexes(document)] == [name]


def test_a_header_printed_again_with_other_columns_keeps_every_figure() -> None:
    pages = (
        table(("STT", "Chỉ tiêu", "Quý I"), ("1", "Một", "5")),
        table(("STT", "Chỉ tiêu", "Quý I", "6 tháng"), ("2", "Hai", "6", "7")),
        table(("STT", "Chỉ tiêu", "6 tháng"), ("3", "Ba", "8")),
    )
    (annex,) = find_annexes(Document("a", pages))
    assert [column.label for column in annex.columns] == ["Quý I", "6 tháng"]
    assert [row.values for row in annex.rows] == [("5", ""), ("6", "7"), ("", "8")]


@pytest.mark.parametrize("heading", ["KQ", "SL", "Số thực hiện", "Đã thực hiện", "Thống kê", "Kết quả"])
def test_a_column_of_values_by_its_heading(heading: str) -> None:
    (annex,) = find_annexes(Document("a", (table(("STT", "Nội dung", "ĐVT", heading), ("1", "Một", "Việc", "5")),)))
    assert [(column.label, annex.rows[0].values) for column in annex.columns] == [(heading, ("5",))]


@pytest.mark.parametrize("heading", ["Tỷ lệ (%)", "Tỷ lệ", "%", "Tỉ lệ %"])
def test_the_percentage_of_a_row_of_percentages_may_stand_in_a_column_of_its_own(heading: str) -> None:
    """Beside a count it is one more figure of that row, which nobody asks for."""
    rows = (("1", "Tổng số", "494", ""), ("2", "Đúng hạn", "448", "90,7"), ("3", "Tỷ lệ đúng hạn", "", "90,7"))
    head = ("STT", "Nội dung", "Số lượng", heading)
    (annex,) = find_annexes(Document("a", (table(head, *rows, ("4", "Quá hạn", "", "9,3")),)))
    assert [row.values for row in annex.rows] == [("494",), ("448",), ("90,7",), ("",)]
    assert annex.unread == {heading: 2}
    for other in ("Tỷ lệ hoàn thành kế hoạch", ""):
        (annex,) = find_annexes(Document("a", (table((*head[:3], other), *rows),)))
        assert annex.rows[2].values == ("",)


def test_a_code_broken_by_a_narrow_column_and_remarks_under_the_rows() -> None:
    rows = (("1.1. 1", "Việc", "5"), ("2", "Khác", "6"), ("¹ Chỉ thống kê văn bản của xã.", "", ""))
    (annex,) = find_annexes(Document("a", (table(("STT", "Chỉ tiêu", "Số liệu"), *rows),)))
    assert [(row.code, row.label) for row in annex.rows] == [("1.1.1", "Việc"), ("2", "Khác")]


def test_codes_that_stand_before_the_labels_make_the_tree_of_rows() -> None:
    """Without a column of their own; a label that only begins with a number, among others that do not, keeps it."""
    rows = (
        ("I. Hồ sơ", ""),
        ("1. Tiếp nhận", "9"),
        ("1.1) Trực tuyến", "5"),
        ("Trong đó: mức 4", "2"),
        ("2/ Đã giải quyết", "7"),
    )
    (annex,) = find_annexes(Document("a", (table(("Nhóm chỉ tiêu", "Số liệu"), *rows),)))
    assert [(row.code, row.label, row.parent_label, row.values) for row in annex.rows] == [
        ("I", "Hồ sơ", None, ("",)),
        ("1", "Tiếp nhận", "Hồ sơ", ("9",)),
        ("1.1", "Trực tuyến", "Tiếp nhận", ("5",)),
        (None, "Trong đó: mức 4", "Trực tuyến", ("2",)),
        ("2", "Đã giải quyết", "Hồ sơ", ("7",)),
    ]
    head = ("TT", "Nội dung", "Số liệu")
    for codes in (("1", "2", "3", "", "4"), ("I", "1", "1.1", "", "2"), ("", "", "", "", "")):  # a count, or the same
        both = [(code, *row) for code, row in zip(codes, rows, strict=True)]
        (again,) = find_annexes(Document("a", (table(head, *both),)))
        assert [row._replace(place="") for row in again.rows] == [row._replace(place="") for row in annex.rows]
    other = [(code, *row) for code, row in zip(("1", "1.1", "1.2", "", "1.3"), rows, strict=True)]
    (again,) = find_annexes(Document("a", (table(head, *other),)))
    assert [(row.code, row.label) for row in again.rows][1:3] == [("1.1", "1. Tiếp nhận"), ("1.2", "1.1) Trực tuyến")]
    plain = (("5 phòng chuyên môn", "5"), ("Số xã", "36"))
    (annex,) = find_annexes(Document("a", (table(("Chỉ tiêu", "Số liệu"), *plain),)))
    assert [(row.code, row.label) for row in annex.rows] == [(None, "5 phòng chuyên môn"), (None, "Số xã")]


def test_a_table_that_goes_on_beside_itself_is_read_one_half_after_the_other() -> None:
    head = ("STT", "Nội dung", "Số liệu")
    rows = ((*head, *head), ("1", "Một", "5", "3", "Ba", "7"), ("2", "Hai", "6", "", "", ""))
    (annex,) = find_annexes(Document("a", (Paragraph("Phụ lục 1", "line:1"), table(*rows))))
    assert [(row.row_no, row.code, row.label, row.values, row.place) for row in annex.rows] == [
        (1, "1", "Một", ("5",), "row:2"),
        (2, "2", "Hai", ("6",), "row:3"),
        (3, "3", "Ba", ("7",), "row:2/2"),  # a place of its own, for what is said of one half is not of the other
    ]
    other = ((*head, *head), ("1", "Một", "5", "1", "Khác", "7"), ("2", "Hai", "6", "2", "Nữa", "8"))
    annexes = find_annexes(Document("a", (Paragraph("Phụ lục 1", "line:1"), table(*other))))
    assert [(annex.name, [row.values for row in annex.rows]) for annex in annexes] == [
        ("Phụ lục 1", [("5",), ("6",)]),
        ("Bảng 2", [("7",), ("8",)]),
    ]


def test_the_rest_of_such_a_table_behind_a_page_end_is_cut_as_well() -> None:
    head = ("STT", "Nội dung", "Số liệu")
    first = table((*head, *head), ("1", "Một", "5", "4", "Bốn", "8"))
    rest = Table((Row(("2", "Hai", "6", "5", "Năm", "9"), "row:3"), Row(("3", "Ba", "7", "", "", ""), "row:4")))
    blocks = (Paragraph("Phụ lục 1", "line:1"), first, Paragraph("2", "line:2"), rest)
    (annex,) = find_annexes(Document("a", blocks))
    assert [(row.code, row.label, row.values, row.place) for row in annex.rows] == [
        ("1", "Một", ("5",), "row:2"),
        ("2", "Hai", ("6",), "row:3"),
        ("3", "Ba", ("7",), "row:4"),
        ("4", "Bốn", ("8",), "row:2/2"),
        ("5", "Năm", ("9",), "row:3/2"),
    ]
    under_a_title = (*blocks[:2], Paragraph("Phụ lục 2", "line:2"), rest)
    (annex,) = find_annexes(Document("a", under_a_title))
    assert [row.code for row in annex.rows] == ["1", "4"]


@pytest.mark.parametrize(
    ("heads", "value"),
    [
        ((("Số lượng", "Mục tiêu năm"), ("Số liệu", "Tỷ lệ (%)")), ""),
        ((("Số lượng", "Mục tiêu năm", ""), ("Số liệu", "Người", "Tỷ lệ (%)")), ""),
        ((("Mục tiêu năm", ""), ("Số lượng", "Tỷ lệ (%)")), ""),
        ((("Số liệu", ""), ("Số lượng", "Tỷ lệ (%)")), "90,7"),
        ((("Kết quả thực hiện", ""), ("Số lượng", "%")), "90,7"),
        ((("Số lượng", "Tỷ lệ"), ("Số liệu", "(%)")), "90,7"),
    ],
)
def test_a_percentage_counts_only_where_no_heading_says_of_what_else(
    heads: tuple[tuple[str, ...], ...], value: str
) -> None:
    width = max(map(len, heads))
    header = [(*own, *two) for own, two in zip((("STT", "Nội dung"), ("", "")), heads, strict=True)]
    blanks = ("",) * (width - 1)
    (annex,) = find_annexes(
        Document("a", (table(*header, ("1", "Tổng số", "494", *blanks), ("2", "Tỷ lệ đúng hạn", *blanks, "90,7")),))
    )
    assert [row.values for row in annex.rows] == [("494",), (value,)]
    assert sum(annex.unread.values()) == (0 if value else 1)


def test_the_row_numbers_of_an_annex_go_on_in_its_second_piece() -> None:
    header = ("STT", "Chỉ tiêu", "Số liệu")
    blocks = (
        Paragraph("Phụ lục 01b", "line:1"),
        table(header, ("1", "Một", "5"), ("2", "Hai", "6")),
        Paragraph("Phụ lục 02", "line:2"),
        table(header, ("1", "Khác", "1")),
        Paragraph("Phụ lục 01b (tiếp theo)", "line:3"),
        table(header, ("3", "Ba", "7"), ("4", "Bốn", "8")),
    )
    annexes = find_annexes(Document("a", blocks))
    assert [(annex.name, row.row_no, row.code) for annex in annexes for row in annex.rows] == [
        ("Phụ lục 01b", 1, "1"),
        ("Phụ lục 01b", 2, "2"),
        ("Phụ lục 02", 1, "1"),
        ("Phụ lục 01b", 3, "3"),
        ("Phụ lục 01b", 4, "4"),
    ]


@pytest.mark.parametrize(
    ("first", "rest", "row"),
    [
        (("Số hồ sơ do", "", "12"), ("UBND xã nhận", "", ""), ("Số hồ sơ do UBND xã nhận", "", "12")),
        (("Số hồ sơ do", "", ""), ("UBND xã nhận", "Hồ sơ", "12"), ("Số hồ sơ do UBND xã nhận", "Hồ sơ", "12")),
        (("Số việc (Kế hoạch,", "Việc", "12"), ("Công văn)", "", ""), ("Số việc (Kế hoạch, Công văn)", "Việc", "12")),
        (("Số hồ sơ do", "", "9"), ("UBND xã nhận", "", "12"), None),
        (("Số hồ sơ do", "Hồ sơ", ""), ("UBND xã nhận", "Hồ sơ", "12"), None),
        (("Số hồ sơ chia theo lý do", "", ""), ("Thiếu giấy tờ", "", "12"), None),
        (("Số việc (trong đó:", "", ""), ("Kế hoạch", "", "12"), None),
        (("Số việc (trong đó:", "", ""), ("a) Kế hoạch", "", "12"), None),
        (("Số việc (trong đó:", "", ""), ("- 1) Kế hoạch", "", "12"), None),
        (("Số người hiện tại", "", ""), ("Số nữ", "", "12"), None),
        (("Số việc còn tồn tại", "", "12"), ("Trong đó:", "", ""), None),
        (("Số hồ sơ", "", "9"), ("UBND xã nhận", "", ""), None),
        (("Số hồ sơ", "", "9"), ("(Hồ sơ giấy)", "", ""), None),
    ],
)
def test_a_label_that_cannot_end_as_it_does_goes_on_in_the_next_row(
    first: tuple[str, ...], rest: tuple[str, ...], row: tuple[str, ...] | None
) -> None:
    lines = (("STT", "Nội dung", "ĐVT", "Số liệu"), ("1", *first), ("", *rest), ("2", "Khác", "", "6"))
    (annex,) = find_annexes(Document("a", (table(*lines),)))
    read = [(one.label, one.unit_of_measure, *one.values) for one in annex.rows]
    assert read == [*([row] if row else [first, rest]), ("Khác", "", "6")]
    coded = (*lines[:2], ("1.1", *rest), lines[3])
    (annex,) = find_annexes(Document("a", (table(*coded),)))
    assert len(annex.rows) == 3


def test_of_a_header_of_two_lines_the_first_may_be_printed_again_alone() -> None:
    """On the next page its heading for values would stand over the units of measure."""
    head = (("STT", "Chỉ tiêu", "Kết quả thống kê", "", "Ghi chú"), ("", "", "Đơn vị tính", "Số liệu", ""))
    pages = (
        table(*head, ("1", "Một", "Việc", "5", "")),
        table(head[0], ("2", "Hai", "Việc", "6", "Còn thiếu")),
        table(*head, ("3", "Ba", "Việc", "7", "")),
    )
    (annex,) = find_annexes(Document("a", pages))
    assert [(row.code, row.unit_of_measure, row.values, row.note) for row in annex.rows] == [
        ("1", "Việc", ("5",), ""),
        ("2", "Việc", ("6",), "Còn thiếu"),
        ("3", "Việc", ("7",), ""),
    ]
    assert annex.unread == {}
    other = table(("STT", "Chỉ tiêu", "Kết quả", "ĐVT", "Ghi chú"), ("2", "Hai", "6", "Việc", ""))
    (annex,) = find_annexes(Document("a", (pages[0], other)))
    assert [(row.unit_of_measure, row.values) for row in annex.rows] == [("Việc", ("5",)), ("Việc", ("6",))]
