"""Which of several value columns is the report's own, and what is said where none is."""

from decimal import Decimal
from pathlib import Path

import pytest
from one_annex import Line, kept, loaded, rows, warned

from loaders.form import all_forms
from loaders.load import load_file
from warehouse.model import batch_of
from warehouse.store import open_warehouse
from warehouse.versions.publish import publish


@pytest.mark.parametrize(
    ("period", "header", "own"),
    [
        ("6 tháng đầu năm 2024", (("6 tháng đầu năm", "Năm"),), ("6 tháng đầu năm", "2024-6M", "1")),
        ("năm 2023", (("6 tháng đầu năm", "Năm"),), ("Năm", "2023-12M", "2")),
        ("quý II năm 2024", (("Quý I", "Quý II"),), ("Quý II", "2024-Q2", "2")),
        ("6 tháng đầu năm 2024", (("Kỳ trước", "Kỳ này"),), ("Kỳ này", "2024-6M", "2")),
        ("6 tháng đầu năm 2024", (("Kết quả năm 2023", "Kết quả 6 tháng năm 2024"),), (None, "2024-6M", "2")),
        ("năm 2024", (("Kết quả năm 2023", "Kết quả năm 2024"),), ("Kết quả năm 2024", "2024-12M", "2")),
        ("6 tháng đầu năm 2024", (("6T/2023", "6T/2024"),), ("6T/2024", "2024-6M", "2")),
        ("6 tháng đầu năm 2024", (("KQ 6T năm 2023", "KQ 6T năm 2024"),), ("KQ 6T năm 2024", "2024-6M", "2")),
        ("6 tháng đầu năm 2024", (("3T/2024", "6T/2024", "9T/2024"),), ("6T/2024", "2024-6M", "2")),
        ("6 tháng đầu năm 2024", (("6 tháng cuối năm", "6 tháng đầu năm"),), ("6 tháng đầu năm", "2024-6M", "2")),
        # what stands above tells columns apart that are headed alike
        ("6 tháng đầu năm 2024", (("Kỳ trước", "Kỳ này"), ("Số liệu", "Số liệu")), ("Kỳ này", "2024-6M", "2")),
        (
            "quý II năm 2024",
            (("Quý I", "", "Quý II", ""), ("Kế hoạch", "Thực hiện", "Kế hoạch", "Thực hiện")),
            ("Quý II – Thực hiện", "2024-Q2", "4"),
        ),
        # of two columns headed alike the one that is filled
        ("6 tháng đầu năm 2024", (("Số liệu", "Số liệu"),), ("Số liệu", "2024-6M", "2")),
    ],
)
def test_the_column_of_the_reports_own_period_gives_the_figures(
    period: str, header: tuple[Line, ...], own: tuple[str | None, str, str], tmp_path: Path
) -> None:
    width = len(header[0])
    first = "" if set(header[0]) == {"Số liệu"} else "1"
    outcome = loaded(tmp_path, period, header, (first, *map(str, range(2, width + 1))))
    row = rows(outcome)[0]
    assert (row.column_period, row.value) == (own[1], Decimal(own[2]))
    assert own[0] is None or row.column_label == own[0]
    assert [one.value for one in rows(outcome)[1:] if one.column_period == own[1]] == []
    assert outcome.report is not None
    assert [remark.rule for remark in outcome.report.remarks] == []


TO_DATE = "Lũy kế từ đầu năm"


@pytest.mark.parametrize(
    ("heading", "of_quarter"),
    [
        ((("Trong quý", TO_DATE),), "Trong quý"),
        ((("Quý này", TO_DATE),), "Quý này"),
        ((("Quý báo cáo", TO_DATE),), "Quý báo cáo"),
        ((("Phát sinh trong quý", TO_DATE),), "Phát sinh trong quý"),
        ((("Thực hiện trong quý", TO_DATE),), "Thực hiện trong quý"),
        ((("Quý II", TO_DATE),), "Quý II"),
        ((("Số liệu", ""), ("Trong quý", TO_DATE)), "Trong quý"),
    ],
)
def test_a_quarter_counts_alone_and_longer_periods_from_the_start_of_the_year(
    heading: tuple[Line, ...], of_quarter: str, tmp_path: Path
) -> None:
    quarter = [(1, of_quarter, "2024-Q2", Decimal(30)), (1, TO_DATE, "2024-6M", Decimal(70))]
    assert kept(loaded(tmp_path, "quý II năm 2024", heading, ("30", "70"))) == quarter
    assert kept(loaded(tmp_path, "6 tháng đầu năm 2024", heading, ("30", "70"))) == quarter[::-1]
    turned = tuple(line[::-1] for line in heading)
    if len(heading) == 1:
        found = loaded(tmp_path, "quý II năm 2024", turned, ("70", "30"))
        assert sorted(kept(found)) == sorted(quarter)


def test_what_stands_below_a_heading_is_part_of_it(tmp_path: Path) -> None:
    header = (("Số liệu", ""), ("Số thẩm định lại", TO_DATE))
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", header, ("30", "70"))
    assert kept(outcome) == [(1, "Số thẩm định lại", "", Decimal(30)), (1, TO_DATE, "", Decimal(70))]
    assert outcome.report is not None
    assert [remark.rule for remark in outcome.report.remarks] == ["columns_alike"]


def test_columns_of_other_periods_only_give_no_figure_and_it_is_said(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", (("Quý I", "Quý II"),), ("30", "40"), ("", "5"), ("", ""))
    assert kept(outcome) == [
        (1, "Quý I", "2024-Q1", Decimal(30)),
        (1, "Quý II", "2024-Q2", Decimal(40)),
        (2, "Quý II", "2024-Q2", Decimal(5)),
        (3, "Quý I", "2024-Q1", None),
    ]
    assert (outcome.rows, outcome.main_columns, outcome.other_columns) == (3, [], ["Quý I", "Quý II"])
    assert outcome.report is not None
    assert [(remark.rule, remark.place, remark.compared) for remark in outcome.report.remarks] == [
        (
            "column_not_found",
            "Phụ lục 1, line:10",
            {"annex": "Phụ lục 1", "printed": "“Quý I”, “Quý II”", "given": "2024-6M"},
        )
    ]
    assert warned(outcome) == [
        "CẢNH BÁO: Phụ lục 1: không có cột nào nêu kỳ 2024-6M (các cột: “Quý I”, “Quý II”); số liệu được lưu theo kỳ "
        "ghi ở đầu cột, KHÔNG tính vào kỳ báo cáo; hãy sửa đầu cột cho đúng kỳ, hoặc nạp lại với --period nếu báo cáo "
        "là của kỳ khác"
    ]


@pytest.mark.parametrize("header", [(("Số liệu", "Số liệu"),), (("Quý I", "Quý I"), ("Số liệu", "Số liệu"))])
def test_of_two_columns_headed_alike_none_is_taken_and_it_is_said(header: tuple[Line, ...], tmp_path: Path) -> None:
    outcome = loaded(tmp_path, "quý I năm 2024", header, ("30", "40"), ("5", "5"), ("7", ""))
    assert [(row_no, period, value) for row_no, _, period, value in kept(outcome)] == [
        (1, "", Decimal(30)),
        (1, "", Decimal(40)),
        (2, "", Decimal(5)),
        (2, "", Decimal(5)),
        (3, "", Decimal(7)),
    ]
    heading = header[0][0]
    assert warned(outcome) == [
        f"CẢNH BÁO: Phụ lục 1: 2 cột đề “{heading}” ghi số khác nhau, không rõ cột nào là của kỳ báo cáo; KHÔNG "
        "dùng cột nào; hãy ghi rõ kỳ ở đầu từng cột, hoặc chỉ để một cột số liệu, rồi nạp lại"
    ]


@pytest.mark.parametrize("parts", [("Xã Hoằng Đức", "Xã Hoằng Hợp"), ("Cấp huyện", "Cấp xã"), ("Nam", "Nữ")])
def test_of_columns_that_count_parts_none_is_taken_and_it_is_said(parts: Line, tmp_path: Path) -> None:
    """Neighbours, tiers or kinds under one merged heading: the first is not the report's own."""
    outcome = loaded(tmp_path, "quý I năm 2024", (("Số liệu", ""), parts), ("30", "40"), ("5", ""))
    assert kept(outcome) == [
        (1, parts[0], "", Decimal(30)),
        (1, parts[1], "", Decimal(40)),
        (2, parts[0], "", Decimal(5)),
    ]
    assert warned(outcome) == [
        f"CẢNH BÁO: Phụ lục 1: mỗi cột đếm một phần khác nhau (“{parts[0]}”, “{parts[1]}”), không rõ cột nào là số "
        "liệu chung của đơn vị báo cáo; KHÔNG dùng cột nào; hãy chỉ để một cột số liệu, hoặc thêm cột “Tổng số”, rồi "
        "nạp lại"
    ]


def test_of_columns_that_count_parts_that_of_all_is_taken(tmp_path: Path) -> None:
    header = (("Kỳ trước", "", "Kỳ này", ""), ("Trực tuyến", "Tổng số", "Trực tuyến", "Tổng số"))
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", header, ("1", "2", "3", "4"))
    assert [each[1:] for each in kept(outcome)] == [
        ("Kỳ này – Tổng số", "2024-6M", Decimal(4)),
        ("Kỳ trước – Trực tuyến", "", Decimal(1)),
        ("Kỳ trước – Tổng số", "", Decimal(2)),
        ("Kỳ này – Trực tuyến", "", Decimal(3)),
    ]


def test_the_total_of_several_tiers_is_not_the_reporters_own(tmp_path: Path) -> None:
    header = (("Số liệu", "", ""), ("Cấp huyện", "Cấp xã", "Tổng số"))
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", header, ("1", "2", "3"))
    assert [each[1:] for each in kept(outcome)] == [
        ("Cấp huyện", "", Decimal(1)),
        ("Cấp xã", "", Decimal(2)),
        ("Tổng số", "", Decimal(3)),
    ]
    assert outcome.report is not None
    assert [remark.rule for remark in outcome.report.remarks] == ["columns_of_parts"]


@pytest.mark.parametrize(
    ("caption", "unit", "told"),
    [
        ("(Đơn vị tính: nghìn hồ sơ)", "", "nghìn hồ sơ"),
        ("ĐVT: nghìn hồ sơ", "Hồ sơ", None),
        ("Đơn vị tính: hồ sơ", "", None),
        ("Đơn vị tính: nghìn đồng", "", None),
    ],
)
def test_the_unit_of_measure_above_a_table_holds_for_rows_without_one(
    caption: str, unit: str, told: str | None, tmp_path: Path
) -> None:
    lines = [
        "Công tác cải cách hành chính 6 tháng đầu năm 2024",
        "UBND xã Hoằng Hợp, huyện Hoằng Hóa, tỉnh Thanh Hóa",
        "Phụ lục 01b",
        caption,
        "STT\tNội dung\tĐơn vị tính\tSố liệu",
        "3.3\tKết quả giải quyết TTHC\t\t",
        f"3.3.1\tSố lượng hồ sơ đã tiếp nhận\t{unit}\t12",
        "4.1.1\tTổng số biên chế được giao trong năm\tNgười\t20",
    ]
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join(lines[:4]) + "\n\n" + "\n".join(lines[4:]) + "\n", encoding="utf-8")
    outcome = load_file(path)
    assert outcome.report is not None
    remarks = [(remark.rule, remark.compared.get("unit")) for remark in outcome.report.remarks]
    assert remarks == ([("measure_multiplied", told)] if told else [])
    assert rows(outcome)[1].value == (None if told else 12)


def test_a_report_without_a_column_of_its_own_has_no_fact_and_a_finding(tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    reports = (
        loaded(tmp_path, "6 tháng đầu năm 2024", (("Quý I", "Quý II"),), ("30", "40")).report,
        loaded(tmp_path / "two", "năm 2023", (("Số liệu", "Số liệu"),), ("30", "40")).report,
    )
    publish(tmp_path, batch_of([one for one in reports if one]), all_forms(), "load")
    warehouse = open_warehouse(tmp_path)
    query = "SELECT rule, severity, message_vi, message_en FROM finding WHERE rule LIKE 'column%' ORDER BY ALL"
    found = warehouse.connection.execute(query).fetchall()
    assert warehouse.connection.execute("SELECT count(*) FROM fact").fetchone() == (0,)
    warehouse.connection.close()
    assert found == [
        (
            "column_not_found",
            "high",
            "Phụ lục 1: không có cột nào nêu kỳ báo cáo 6 tháng năm 2024; số liệu các cột “Quý I”, “Quý II” không tính "
            "vào kỳ này.",
            "Phụ lục 1: no column names the reporting period 6 months of 2024; the figures under “Quý I”, “Quý II” do "
            "not count for it.",
        ),
        (
            "columns_alike",
            "high",
            "Phụ lục 1: 2 cột đề “Số liệu” ghi số khác nhau, không rõ cột nào là của kỳ báo cáo; không cột nào được "
            "dùng.",
            "Phụ lục 1: 2 columns headed “Số liệu” print different figures, and none is known to be the period's own; "
            "none was used.",
        ),
    ]


@pytest.mark.parametrize("period", ["quý I năm 2024", "6 tháng đầu năm 2024", "9 tháng đầu năm 2024", "năm 2024"])
@pytest.mark.parametrize(
    "heading",
    ["Lũy kế", "Luỹ kế từ đầu năm", "Số liệu lũy kế", "Luỹ kế từ đầu năm đến kỳ báo cáo", "Luỹ kế năm 2024"],
)
def test_a_cumulative_column_alone_is_that_of_a_cumulative_period(period: str, heading: str, tmp_path: Path) -> None:
    outcome = loaded(tmp_path, period, ((heading,),), ("30",), ("",))
    assert outcome.report is not None
    own = outcome.report.period
    assert kept(outcome) == [(1, heading, own, Decimal(30)), (2, heading, own, None)]
    assert (outcome.main_columns, warned(outcome)) == ([heading], [])


@pytest.mark.parametrize(("period", "counted"), [("quý II", "6M"), ("quý III", "9M"), ("quý IV", "12M")])
def test_a_cumulative_column_alone_gives_a_quarter_no_figure_and_it_is_said(
    period: str, counted: str, tmp_path: Path
) -> None:
    outcome = loaded(tmp_path, f"{period} năm 2024", (("Luỹ kế từ đầu năm",),), ("30",))
    assert kept(outcome) == [(1, "Luỹ kế từ đầu năm", f"2024-{counted}", Decimal(30))]
    assert outcome.report is not None
    assert [(one.rule, one.compared["printed"]) for one in outcome.report.remarks] == [
        ("column_not_found", "“Luỹ kế từ đầu năm”")
    ]


@pytest.mark.parametrize(
    ("headings", "own"),
    [
        (("Kỳ báo cáo", "Luỹ kế"), "Kỳ báo cáo"),
        (("Phát sinh trong kỳ", "Luỹ kế từ đầu năm"), "Phát sinh trong kỳ"),
        (("Số liệu", "Luỹ kế từ đầu năm"), None),
        (("Luỹ kế", "Kết quả"), None),
        (("Số liệu", "Luỹ kế từ đầu nhiệm kỳ"), "Số liệu"),
        (("Số liệu", "Luỹ kế năm 2023"), "Số liệu"),
        (("Quý II", "Luỹ kế từ đầu năm"), "Luỹ kế từ đầu năm"),
        (("Kế hoạch", "Luỹ kế từ đầu năm"), "Luỹ kế từ đầu năm"),
        (("Quý II", "Luỹ kế"), "Luỹ kế"),
        (("Quý I", "Luỹ kế"), None),
        (("Quý II – Kế hoạch", "Luỹ kế"), None),
        (("Luỹ kế từ đầu nhiệm kỳ",), None),
        (("Luỹ kế đến nay",), None),
        (("Luỹ kế năm 2023",), None),
        (("Luỹ kế từ đầu năm – Kế hoạch",), None),
        (("Luỹ kế từ đầu năm", "Luỹ kế năm 2024"), None),
    ],
)
def test_which_cumulative_column_is_the_half_years_own(
    headings: tuple[str, ...], own: str | None, tmp_path: Path
) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", (headings,), ("30", "40")[: len(headings)])
    assert outcome.main_columns == ([own] if own else [])


@pytest.mark.parametrize(
    ("header", "printed"),
    [
        ((("Số liệu", "Tỷ lệ (%)", "Cơ quan chủ trì"),), "“Tỷ lệ (%)”"),
        ((("Số liệu", "Điểm", "Điểm"),), "“Điểm”"),
        ((("Số liệu", "", ""),), "(không có tiêu đề)"),
    ],
)
def test_figures_in_columns_that_nobody_knows_are_told(header: tuple[Line, ...], printed: str, tmp_path: Path) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", header, ("30", "95,5", "Sở"), ("5", "", ""), ("7", "80", ""))
    assert [value for _, _, _, value in kept(outcome)] == [30, 5, 7]
    assert outcome.report is not None
    first = "Phụ lục 1, line:10" if len(header) == 1 else "Phụ lục 1, line:11"
    (said,) = outcome.report.remarks
    assert (said.rule, said.place) == ("columns_unread", first)
    assert {**said.compared, "printed_en": ""} == {
        "annex": "Phụ lục 1",
        "printed": printed,
        "times": 2,
        "printed_en": "",
    }
    assert warned(outcome) == [
        f"CẢNH BÁO: Phụ lục 1: 2 số ở cột {printed} KHÔNG được đọc, vì đầu cột không cho biết là số liệu của kỳ báo cáo"
    ]


def test_figures_that_name_no_time_beside_cumulative_ones_are_taken_only_where_they_agree(tmp_path: Path) -> None:
    """A half-year is itself counted from the start of the year; a quarter is not."""
    header = (("Số liệu", "Lũy kế"),)
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", header, ("30", "70"), ("5", "5"))
    assert kept(outcome) == [
        (1, "Số liệu", "", Decimal(30)),
        (1, "Lũy kế", "", Decimal(70)),
        (2, "Số liệu", "", Decimal(5)),
        (2, "Lũy kế", "", Decimal(5)),
    ]
    assert outcome.report is not None
    assert [(one.rule, one.compared["printed"]) for one in outcome.report.remarks] == [
        ("columns_alike", "“Số liệu”, “Lũy kế”")
    ]
    agreed = kept(loaded(tmp_path, "6 tháng đầu năm 2024", header, ("30", "30"), ("5", "")))
    assert [each for each in agreed if each[2] == "2024-6M"] == [
        (1, "Số liệu", "2024-6M", Decimal(30)),
        (2, "Số liệu", "2024-6M", Decimal(5)),
    ]
    quarter = kept(loaded(tmp_path, "quý II năm 2024", header, ("30", "70")))
    assert quarter == [(1, "Số liệu", "2024-Q2", Decimal(30)), (1, "Lũy kế", "2024-6M", Decimal(70))]


@pytest.mark.parametrize(
    ("heading", "taken"),
    [
        ("Số liệu tháng 6", False),
        ("Kết quả tháng 6/2024", False),
        ("Số liệu trong tháng 06 năm 2024", False),
        ("Số liệu tuần 24", False),
        ("Số liệu đến tháng 6", True),
        ("Số liệu từ tháng 1 đến tháng 6", True),
        ("Số liệu tháng 01 đến tháng 6", True),
        ("Số liệu ngày 14 tháng 6", True),
        ("Kết quả 6 tháng 2024", True),
        ("Số liệu tháng 4 - tháng 6", False),
        ("Số liệu tháng 5 và tháng 6", False),
        ("Số liệu tháng 7 - tháng 12", False),
        ("Số liệu tháng 12/2022 - tháng 5/2024", False),
        ("Số liệu tháng 12 - tháng 5", True),
        ("Số liệu tháng 5, tháng 6", False),
        ("Kỳ báo cáo (tháng 12/2023 – tháng 5/2024)", True),
        ("Số liệu tháng 01 - tháng 6/2024", True),
        ("Số liệu tháng 1-6/2024", True),
        ("6 tháng đầu năm (tháng 1 - tháng 6)", True),
        ("Ước thực hiện 6 tháng (thực hiện 5 tháng, ước tháng 6)", True),
        ("Kết quả từ đầu năm đến thời điểm báo cáo (tháng 6)", True),
        ("Lũy kế đến cuối tháng 6", True),
        ("Lũy kế đến hết tháng 6/2024", True),
        ("Lũy kế đến cuối tháng 5", False),
    ],
)
def test_figures_of_one_month_or_week_are_not_the_half_years(heading: str, taken: bool, tmp_path: Path) -> None:
    outcome = loaded(tmp_path, "6 tháng đầu năm 2024", ((heading,),), ("30",))
    assert kept(outcome) == [(1, heading, "2024-6M" if taken else "", Decimal(30))]
    assert outcome.report is not None
    assert [one.rule for one in outcome.report.remarks] == ([] if taken else ["column_not_found"])


@pytest.mark.parametrize(("period", "quarter"), [("6 tháng đầu", "II"), ("9 tháng đầu", "III"), ("12 tháng", "IV")])
def test_beside_the_last_quarter_the_cumulative_column_is_the_periods(
    period: str, quarter: str, tmp_path: Path
) -> None:
    outcome = loaded(tmp_path, f"{period} năm 2024", ((f"Quý {quarter}", "Luỹ kế"),), ("30", "40"))
    assert outcome.report is not None
    assert kept(outcome) == [
        (1, "Luỹ kế", outcome.report.period, Decimal(40)),
        (1, f"Quý {quarter}", f"2024-Q{('II', 'III', 'IV').index(quarter) + 2}", Decimal(30)),
    ]
    assert warned(outcome) == [
        f"số liệu của kỳ lấy ở cột “Luỹ kế”; cột “Quý {quarter}” được lưu, không tính vào kỳ này"
    ]
