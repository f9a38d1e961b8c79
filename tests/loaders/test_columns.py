"""Which of several value columns is the report's own, and what is said where none is.

Every case is a report with one annex whose header and rows are given, loaded as a file.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from loaders.annexes import find_annexes
from loaders.columns import column_period
from loaders.document import Document, Row, Table
from loaders.form import all_forms
from loaders.load import LoadedFile, load_file
from loaders.outcomes import as_lines
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
        f"CẢNH BÁO: Phụ lục 1: 2 cột cùng đề “{heading}” và ghi số khác nhau, không rõ cột nào là của kỳ báo cáo; "
        "KHÔNG dùng cột nào; hãy ghi rõ kỳ ở đầu từng cột rồi nạp lại"
    ]


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
            "Phụ lục 1: không có cột nào nêu kỳ báo cáo 2024-6M; số liệu các cột “Quý I”, “Quý II” không tính vào "
            "kỳ này.",
            "Phụ lục 1: no column names the reporting period 2024-6M; the figures under “Quý I”, “Quý II” do not "
            "count for it.",
        ),
        (
            "columns_alike",
            "high",
            "Phụ lục 1: 2 cột cùng đề “Số liệu” mà ghi số khác nhau; không cột nào được dùng.",
            "Phụ lục 1: 2 columns are headed “Số liệu” and print other figures; none was used.",
        ),
    ]


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
        ("Số liệu đến 31/12/2023", None),
        ("Năm 2024 – Quý I", "2024-Q1"),
        ("Quý I – Kế hoạch", ""),
    ],
)
def test_the_period_of_a_column(label: str, code: str | None) -> None:
    assert column_period(label, parse_period("2024-6M")) == code
