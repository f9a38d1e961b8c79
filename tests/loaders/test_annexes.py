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


def test_a_code_broken_by_a_narrow_column_and_remarks_under_the_rows() -> None:
    rows = (("1.1. 1", "Việc", "5"), ("2", "Khác", "6"), ("¹ Chỉ thống kê văn bản của xã.", "", ""))
    (annex,) = find_annexes(Document("a", (table(("STT", "Chỉ tiêu", "Số liệu"), *rows),)))
    assert [(row.code, row.label) for row in annex.rows] == [("1.1.1", "Việc"), ("2", "Khác")]
