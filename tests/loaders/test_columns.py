"""Which of several value columns is the report's own, and what is said where none is.

Every case is a report with one annex whose header and rows are given, loaded as a file.
"""

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from loaders.annexes import find_annexes
from loaders.column_remarks import column_remarks
from loaders.columns import choose_columns, column_period
from loaders.document import Document, Row, Table
from loaders.form import all_forms
from loaders.load import LoadedFile, load_file
from loaders.outcomes import as_lines
from loaders.problems import NotAReport
from loaders.units import all_units
from warehouse.model import Observation, batch_of
from warehouse.periods import parse_period
from warehouse.store import open_warehouse
from warehouse.versions.publish import publish

LABEL = "Việc thử"
Line = tuple[str, ...]


def loaded(tmp_path: Path, period: str, header: tuple[Line, ...], *values: Line) -> LoadedFile:
    """A report of xã Hoằng Hợp; `header` has the value columns' headings, a line for each header row."""
    heads = [("STT", "Nội dung") if not number else ("", "") for number in range(len(header))]
    lines = ["\t".join((*head, *line, "")) for head, line in zip(heads, header, strict=True)]
    lines += ["\t".join((str(number), f"{LABEL} {number}", *line, "")) for number, line in enumerate(values, start=1)]
    opening = f"BÁO CÁO\n\nCông tác cải cách hành chính {period}\n\nUBND xã Hoằng Hợp, huyện Hoằng Hóa, tỉnh Thanh Hóa"
    path = tmp_path / "report.txt"
    path.write_text(f"{opening}\n\nPhụ lục 1\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return load_file(path)


def rows(outcome: LoadedFile) -> tuple[Observation, ...]:
    assert outcome.report is not None
    return tuple(row for row in outcome.report.observations if row.source == "annex")


def kept(outcome: LoadedFile) -> list[tuple[int, str | None, str, Decimal | None]]:
    return [(row.row_no, row.column_label, row.column_period, row.value) for row in rows(outcome)]


def warned(outcome: LoadedFile) -> list[str]:
    return [line.strip() for line in as_lines(outcome, {}, None)[1:] if "chưa khớp" not in line]


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
