"""What headings say of their columns: a plan, a change, words that nobody knows, years and numbers."""

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from one_annex import Line, kept, loaded, rows, warned

from loaders.annexes import find_annexes
from loaders.column_remarks import column_remarks
from loaders.columns import choose_columns, column_period
from loaders.document import Document, Row, Table
from loaders.load import load_file
from loaders.problems import NotAReport
from loaders.units import all_units
from warehouse.periods import parse_period


@pytest.mark.parametrize(
    ("heading", "taken"),
    [
        ("Kết quả thực hiện kế hoạch", True),
        ("Kết quả thực hiện kế hoạch năm 2024", True),
        ("Số liệu theo kế hoạch CCHC", True),
        ("Kết quả kế hoạch CCHC năm 2024", True),
        ("Số liệu (Giám sát)", True),
        ("Số liệu tăng cường", True),
        ("Số liệu trên nền tảng số", True),
        ("Kết quả, tăng giảm", True),
        ("Kế hoạch", False),
        ("Kế hoạch năm 2024", False),
        ("So với cùng kỳ", False),
        ("Số liệu tăng, giảm", False),
        ("Kỳ trước", False),
    ],
)
def test_the_only_column_is_given_up_only_where_it_is_plainly_another(
    heading: str, taken: bool, tmp_path: Path
) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", ((heading,),), ("30",))
    assert kept(outcome) == [(1, heading, "2024-6M" if taken else "", Decimal(30))]
    assert len(warned(outcome)) == (not taken)


@pytest.mark.parametrize(
    ("heading", "other"),
    [
        ("Kết quả thực hiện kế hoạch", False),
        ("Số liệu giám sát", False),
        ("Số liệu tăng cường", False),
        ("Số liệu trên nền tảng số", False),
        ("Thực hiện/Kế hoạch", True),
        ("Thực hiện kế hoạch (%)", True),
        ("Số liệu theo kế hoạch", True),
        ("Số liệu tăng thêm", True),
        ("Ket qua tang giam", True),
        ("So với kế hoạch", True),
    ],
)
def test_a_plan_or_a_change_beside_another_column(heading: str, other: bool, tmp_path: Path) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", ((heading, "Số liệu"),), ("30", "40"))
    assert kept(outcome)[0] == ((1, "Số liệu", "2024-6M", Decimal(40)) if other else (1, heading, "", Decimal(30)))


@pytest.mark.parametrize(
    "headings",
    [
        ("Số liệu cũ", "Số liệu mới"),
        ("Số liệu chưa xác minh", "Số liệu đã xác minh"),
        ("Số liệu của huyện", "Số liệu của xã"),
        ("Số liệu các xã", "Số liệu"),
        ("Số liệu dự kiến", "Số liệu"),
        ("Số liệu", "Số liệu thẩm định"),
        ("Kết quả tự chấm", "Kết quả"),
        ("Số liệu trên Cổng DVC", "Số liệu"),
        ("Số liệu quá hạn", "Số liệu"),
        ("Số liệu lần 1", "Số liệu lần 2"),
        ("Kết quả", "Số liệu"),
        ("Số liệu (triệu đồng)", "Số liệu (hồ sơ)"),
        ("Số liệu đến 31/5/2024", "Số liệu đến 14/6/2024"),
        ("6 tháng đầu năm dự kiến", "Số liệu"),
        ("Kỳ này", "Kỳ này (thẩm định)"),
    ],
)
def test_of_columns_under_words_nobody_knows_none_is_taken_and_it_is_said(headings: Line, tmp_path: Path) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", (headings,), ("30", "40"), ("", "5"))
    assert kept(outcome) == [
        (1, headings[0], "", Decimal(30)),
        (1, headings[1], "", Decimal(40)),
        (2, headings[1], "", Decimal(5)),
    ]
    assert outcome.report is not None
    assert [(one.rule, one.compared) for one in outcome.report.remarks] == [
        ("columns_alike", {"annex": "Phụ lục 1", "printed": f"“{headings[0]}”, “{headings[1]}”", "times": 2})
    ]
    assert warned(outcome) == [
        f"CẢNH BÁO: Phụ lục 1: 2 cột đề “{headings[0]}”, “{headings[1]}” ghi số khác nhau, không rõ cột nào là của kỳ "
        "báo cáo; KHÔNG dùng cột nào; hãy ghi rõ kỳ ở đầu từng cột, hoặc chỉ để một cột số liệu, rồi nạp lại"
    ]


@pytest.mark.parametrize(
    ("headings", "own"),
    [
        (("Kết quả năm trước", "Kết quả năm nay"), "Kết quả năm nay"),
        (("Số liệu chênh lệch", "Số liệu"), "Số liệu"),
        (("Số liệu của huyện", "Kỳ báo cáo"), "Kỳ báo cáo"),
        (("Số liệu thẩm định", "Số liệu 6 tháng đầu năm 2024"), "Số liệu 6 tháng đầu năm 2024"),
    ],
)
def test_beside_other_columns_a_heading_that_names_its_time_is_taken(headings: Line, own: str, tmp_path: Path) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", (headings,), ("30", "40"))
    assert kept(outcome) == [(1, own, "2024-6M", Decimal(40)), (1, headings[0], "", Decimal(30))]


@pytest.mark.parametrize(
    ("figures", "taken"), [(("30", ""), Decimal(30)), (("30", "30"), Decimal(30)), (("", "30"), None)]
)
def test_an_empty_column_under_unknown_words_is_no_doubt_and_an_empty_plain_one_is_not_filled_from_it(
    figures: Line, taken: Decimal | None, tmp_path: Path
) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", (("Số liệu", "Số liệu thẩm định"),), figures)
    assert [value for _, _, period, value in kept(outcome) if period == "2024-6M"] == ([taken] if taken else [])
    assert any("KHÔNG" in line for line in warned(outcome)) == (taken is None)


@pytest.mark.parametrize(
    ("heading", "taken"),
    [
        ("Số liệu của huyện", False),
        ("Số liệu toàn tỉnh", False),
        ("So lieu toan tinh", False),
        ("Kết quả cả nước", False),
        ("Số liệu của xã", True),
        ("Số liệu tính đến 14/6/2024", True),
        ("So lieu tinh den 14/6/2024", True),
        ("Kết quả kinh tế - xã hội", True),
        # other units of the same level, and names without a kind
        ("Số liệu xã Hoằng Đức", False),
        ("Số liệu của UBND xã Hoằng Đức", False),
        ("So lieu xa Hoang Duc", False),
        ("Kết quả phường Bỉm Sơn", False),
        ("Số liệu Hoằng Đức", False),
        ("Số liệu Hoằng Hóa", False),
        ("Số liệu Hoằng Hợp và Hoằng Đức", False),
        ("Số liệu xã Hoằng Hợp", True),
        ("Số liệu Hoằng Hợp, Hoằng Hóa", True),
        ("Số liệu UBND xã Hoằng Hợp, huyện Hoằng Hóa, tỉnh Thanh Hóa", True),
        ("Số liệu xã Hoằng Đức, huyện Hoằng Hóa", False),
        ("Số liệu xã Hoằng Hợp, xã Hoằng Đức", False),
        ("Số liệu xã Hoằng Hợp, huyện", False),
        ("Số liệu thống nhất", True),
        ("SỐ LIỆU THỐNG NHẤT", True),
        ("Kết quả xã tự chấm", True),
    ],
)
def test_the_only_column_is_not_taken_where_it_is_headed_by_other_units(
    heading: str, taken: bool, tmp_path: Path
) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", ((heading,),), ("30",))
    assert kept(outcome) == [(1, heading, "2024-6M" if taken else "", Decimal(30))]
    said = [
        f"CẢNH BÁO: Phụ lục 1: cột “{heading}” là số liệu của đơn vị khác, không phải của đơn vị báo cáo; KHÔNG "
        "dùng cột này; hãy sửa đầu cột rồi nạp lại nếu là số liệu của đơn vị báo cáo"
    ]
    assert warned(outcome) == ([] if taken else said)


def test_two_columns_headed_alike_that_say_the_same_are_one(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, "quý I năm 2024", (("Số liệu", "Số liệu"),), ("30", "30"), ("5", ""))
    assert kept(outcome) == [(1, "Số liệu", "2024-Q1", Decimal(30)), (2, "Số liệu", "2024-Q1", Decimal(5))]


def test_two_columns_headed_alike_stay_two_under_a_header_printed_again() -> None:
    def table(*printed: Line) -> Table:
        return Table(tuple(Row(line, "line:1") for line in printed))

    header = ("STT", "Nội dung", "Số liệu", "Số liệu")
    blocks = (table(header, ("1", "Một", "3", "4")), table(header, ("2", "Hai", "5", "6")))
    (annex,) = find_annexes(Document("made.txt", blocks))
    assert [row.values for row in annex.rows] == [("3", "4"), ("5", "6")]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("6 tháng cuối năm", ""),
        ("Quý I, II", "2024-6M"),
        ("Quý II và Quý III", ""),
        ("Quý II và 6 tháng đầu năm", "2024-6M"),
        ("Quý II (3 tháng)", ""),
        ("Quý I (3 tháng)", "2024-Q1"),
        ("Kết quả 2023", "2023-12M"),
        ("Kết quả năm 2024", None),
        ("Số liệu từ 15/12/2023 đến 14/6/2024", "2024-6M"),
        ("Số liệu đến 31/12/2023", ""),
        ("Số liệu đến 31/5/2024", None),
        ("Số liệu (sau 01/4/2024)", ""),
        ("Kết quả (từ 01/02/2024 đến 14/4/2024)", ""),
        ("Năm 2024 – Quý I", "2024-Q1"),
        ("Quý I – Kế hoạch", ""),
        ("Luỹ kế từ đầu nhiệm kỳ", ""),
    ],
)
def test_the_period_of_a_column(label: str, code: str | None) -> None:
    assert column_period(label, parse_period("2024-6M")) == code


@pytest.mark.parametrize(("label", "code"), [("Luỹ kế", "2024-Q1"), ("Luỹ kế giai đoạn 2021-2025", "")])
def test_what_counts_from_another_start_is_no_first_quarter(label: str, code: str) -> None:
    assert column_period(label, parse_period("2024-Q1")) == code


@pytest.mark.parametrize(
    ("period", "below", "own"),
    [
        ("năm 2024", ("2023", "2024"), "2024"),
        ("quý III năm 2024", ("I", "II", "III", "IV"), None),
        ("năm 2024", ("10", "11", "12"), None),
        ("năm 2024", ("A", "B"), None),
    ],
)
def test_years_and_numbers_below_one_heading_are_headings(
    period: str, below: Line, own: str | None, tmp_path: Path
) -> None:
    values = tuple(str(100 + number) for number in range(len(below)))
    outcome = loaded(tmp_path, period, (("Kết quả thực hiện", *[""] * (len(below) - 1)), below), values)
    assert outcome.main_columns == ([own] if own else [])
    found = {row.column_label: row.value for row in rows(outcome)}
    assert found == dict(zip(below, map(Decimal, values), strict=True))


@pytest.mark.parametrize(
    ("heads", "values", "main", "unread"),
    [
        (("Số liệu", ""), ("3", "4"), None, {}),
        (("Số liệu", ""), ("3", "75%"), 0, {"—": 1}),
        (("Số liệu", "", "Điểm tự chấm", ""), ("3", "", "9", "8"), 0, {"Điểm tự chấm": 2}),
    ],
)
def test_two_columns_under_one_merged_heading_are_not_told_apart(
    heads: Line, values: Line, main: int | None, unread: dict[str, int]
) -> None:
    merged = frozenset(number for number, head in enumerate(heads, start=2) if not head)
    header = Row(("STT", "Nội dung", *heads), "table:1, row:1", beside=merged)
    body = Row(("1", "Một", *values), "table:1, row:2")
    (annex,) = find_annexes(Document("made.docx", (Table((header, body)),)))
    chosen = choose_columns(annex, parse_period("2024-6M"), all_units()["15919"])
    assert (chosen.main, dict(annex.unread)) == (main, unread)
    assert {column.label for column in annex.columns} == {"Số liệu"}
    period, unit = parse_period("2024-6M"), all_units()["15919"]
    said = [dict(one.compared) for one in column_remarks([annex], period, unit) if one.rule == "columns_unread"]
    nameless = {"printed": "(không có tiêu đề)", "printed_en": "(without a heading)"} if "—" in unread else {}
    told = {"annex": annex.name, "printed": "“Điểm tự chấm”", "times": sum(unread.values())}
    assert said == ([{**told, **nameless}] if unread else [])


@pytest.mark.parametrize(("period", "taken"), [("9 tháng đầu năm 2024", False), ("6 tháng đầu năm 2024", True)])
def test_the_period_beside_what_counts_from_new_year_is_doubted_where_it_may_be_a_quarter(
    period: str, taken: bool, tmp_path: Path
) -> None:
    outcome = loaded(tmp_path, period, (("Kỳ báo cáo", "Lũy kế từ đầu năm"),), ("30", "70"))
    assert outcome.main_columns == (["Kỳ báo cáo"] if taken else [])
    assert outcome.report is not None
    assert [one.rule for one in outcome.report.remarks] == (["columns_disagree"] if taken else ["columns_alike"])


@pytest.mark.parametrize(
    ("headings", "values", "said"),
    [
        (("Kỳ báo cáo", "Lũy kế từ đầu năm"), ("30", "70"), "“Kỳ báo cáo” và cột “Lũy kế từ đầu năm”"),
        (("Trong kỳ", "Lũy kế trong năm"), ("30", "70"), "“Trong kỳ” và cột “Lũy kế trong năm”"),
        (("Kỳ báo cáo", "Lũy kế từ đầu năm"), ("30", "30"), ""),
        (("Kỳ báo cáo", "Lũy kế từ đầu năm"), ("30", ""), ""),
        (("Kỳ báo cáo", "Lũy kế từ đầu nhiệm kỳ"), ("30", "70"), ""),
        (("Kỳ báo cáo", "Lũy kế"), ("30", "70"), ""),  # from whenever
    ],
)
def test_a_half_year_that_is_not_what_is_counted_from_new_year_is_said(
    headings: Line, values: Line, said: str, tmp_path: Path
) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", (headings,), values)
    assert kept(outcome)[0] == (1, headings[0], "2024-6M", Decimal(30))
    told = [line for line in warned(outcome) if "CẢNH BÁO" in line]
    assert told == (
        [
            f"CẢNH BÁO: Phụ lục 1: cột {said} ghi số khác nhau, trong khi với kỳ 2024-6M hai cột phải là một; số liệu "
            f"lấy ở cột “{headings[0]}”; hãy kiểm tra xem cột ấy có phải chỉ là số của quý II không"
        ]
        if said
        else []
    )


@pytest.mark.parametrize("heading", ["S\nTT", "T T", "Thứ tự", "Mã"])
def test_a_column_of_codes_is_known_by_its_heading_however_it_is_broken(heading: str) -> None:
    table = Table((Row((heading, "Nội dung", "Số liệu"), "row:1"), Row(("1.1", "Một", "3"), "row:2")))
    (annex,) = find_annexes(Document("made.docx", (table,)))
    assert [(row.code, row.label) for row in annex.rows] == [("1.1", "Một")]


@pytest.mark.parametrize(
    ("heading", "differs"), [("Số liệu (từ 01/3/2024 đến 30/4/2024)", True), ("Số liệu (đến 31/5/2024)", False)]
)
def test_the_only_column_is_taken_and_days_that_are_not_the_periods_are_said(
    heading: str, differs: bool, tmp_path: Path
) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", ((heading,),), ("30",))
    assert outcome.main_columns == [heading]
    assert outcome.report is not None
    said = [dict(one.compared) for one in outcome.report.remarks if one.rule == "period_differs"]
    assert said == ([{"printed": heading, "given": "2024-6M"}] if differs else [])


@pytest.mark.parametrize(
    ("period", "headings", "own"),
    [
        ("6 tháng đầu năm 2024", ("Tổng số",), "Tổng số"),
        ("quý II năm 2024", ("Tổng",), "Tổng"),
        ("năm 2024", ("Tổng cộng", "Tỷ lệ (%)"), "Tổng cộng"),
        ("năm 2024", ("2023", "2024"), "2024"),
        ("6 tháng đầu năm 2024", ("2023", "2024"), "2024"),
        ("quý II năm 2024", ("2023", "2024"), None),
        ("năm 2024", ("2022", "2023"), None),
        ("6 tháng đầu năm 2024", ("KH", "TH", "%"), "TH"),
        ("6 tháng đầu năm 2024", ("TH", "KH"), "TH"),
        ("6 tháng đầu năm 2024", ("KH năm 2024", "TH 6 tháng", "Đạt %"), "TH 6 tháng"),
        ("6 tháng đầu năm 2024", ("KH giao", "TH quý II"), None),
        ("6 tháng đầu năm 2024", ("Kế hoạch", "Thực hiện", "Tỷ lệ"), "Thực hiện"),
        ("6 tháng đầu năm 2024", ("KH",), None),
        ("6 tháng đầu năm 2024", ("TH", "Thẩm định"), "TH"),
    ],
)
def test_headings_of_values_in_short(period: str, headings: Line, own: str | None, tmp_path: Path) -> None:
    outcome = loaded(tmp_path, period, (headings,), ("30", "40", "50")[: len(headings)])
    assert outcome.main_columns == ([own] if own else [])
    assert outcome.report is not None
    figures = {row.column_label: row.value for row in rows(outcome) if row.column_period == outcome.report.period}
    assert figures == ({own: Decimal((headings.index(own) + 3) * 10)} if own else {})
    assert any("KHÔNG tính" in line for line in warned(outcome)) == (own is None)


@pytest.mark.parametrize("headings", [("Tổng số", "Trực tuyến"), ("Xã Hoằng Đức", "Tổng số"), ("2024", "Điểm"), ("%",)])
def test_a_total_or_a_year_beside_unknown_columns_is_no_heading_of_values(headings: Line, tmp_path: Path) -> None:
    outcome = loaded(tmp_path, "năm 2024", (headings,), ("30", "40")[: len(headings)])
    assert isinstance(outcome.problem, NotAReport)


def test_years_head_the_columns_of_a_sheet_and_again_on_its_second_page(tmp_path: Path) -> None:
    head = ("STT", "Nội dung", "ĐVT", "2023", "2024")
    first, second = ("1", "Việc một", "Việc", "30", "40"), ("2", "Việc hai", "Việc", "5", "6")
    title = (("UBND xã Hoằng Hợp, huyện Hoằng Hóa, tỉnh Thanh Hóa báo cáo công tác CCHC năm 2024",),)
    with xlsxwriter.Workbook(str(tmp_path / "report.xlsx")) as book:
        sheet = book.add_worksheet("Trang 1")
        for number, line in enumerate((*title, head, first, head, second)):
            sheet.write_row(number, 0, line)
    assert kept(load_file(tmp_path / "report.xlsx")) == [
        (1, "2024", "2024-12M", Decimal(40)),
        (1, "2023", "2023-12M", Decimal(30)),
        (2, "2024", "2024-12M", Decimal(6)),
        (2, "2023", "2023-12M", Decimal(5)),
    ]
