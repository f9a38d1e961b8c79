"""Figures of the text that are another unit's or another time's: kept with the words that say so, or not read at all.

None of them may be set against the annex: only what is the reporting unit's own for its period gets an indicator.
"""

from pathlib import Path

import pytest
from report_text import PrintedReport, form_annexes, opening, tabs

from loaders.document import Document, Paragraph
from loaders.load import load_file
from loaders.narrative import read_narrative
from loaders.outcomes import as_lines
from loaders.units import all_units
from warehouse.model import Level
from warehouse.periods import parse_period

UNITS: dict[Level, str] = {"commune": "15919", "district": "477"}


def shown(text: str, level: Level = "commune", period: str = "2024-6M") -> list[str]:
    """Each figure as `raw indicator [note]`, of xã Hoằng Hợp or huyện Quảng Điền."""
    lines = tuple(Paragraph(line, f"line:{number}") for number, line in enumerate(text.split("\n"), 1))
    rows = read_narrative(Document("report.txt", lines), level, parse_period(period), all_units()[UNITS[level]])
    return [f"{row.raw_value} {row.indicator or '-'}" + (f" [{row.note}]" if row.note else "") for row in rows]


@pytest.mark.parametrize(
    ("level", "text", "figures"),
    [
        (
            "commune",
            "Xã Hoằng Đức tiếp nhận 700 hồ sơ, giải quyết đúng hạn 690 hồ sơ.",
            ["700 - [Xã Hoằng Đức]", "690 - [Xã Hoằng Đức]"],
        ),
        ("commune", "UBND huyện Hoằng Hóa tiếp nhận 12.700 hồ sơ.", ["12.700 - [huyện Hoằng Hóa]"]),
        (
            "commune",
            "Toàn huyện tiếp nhận 12.700 hồ sơ, trong đó xã tiếp nhận 494 hồ sơ.",
            ["12.700 - [huyện]", "494 dossiers_received"],
        ),
        ("commune", "Tỷ lệ giải quyết đúng hạn bình quân của huyện là 97,2%.", ["97,2% - [huyện]"]),
        (
            "commune",
            "Tỷ lệ giải quyết đúng hạn đạt 99,2%, cao hơn mức bình quân của huyện (97,2%).",
            ["99,2% on_time_rate_stated", "97,2% -"],
        ),
        (
            "commune",
            "Công an xã tiếp nhận 120 hồ sơ, giải quyết 118 hồ sơ.",
            ["120 - [Công an; Công an xã]", "118 - [Công an xã]"],
        ),
        (
            "commune",
            "1. Xã Hoằng Đức:\n- Tiếp nhận: 700 hồ sơ.\n2. Xã Hoằng Hợp:\n- Tiếp nhận: 494 hồ sơ.",
            ["700 - [Xã Hoằng Đức]", "494 dossiers_received"],
        ),
        (
            "commune",
            "Trong 494 hồ sơ tiếp nhận có 12 hồ sơ của xã Hoằng Đức.",
            ["494 dossiers_received", "12 - [xã Hoằng Đức]"],
        ),
        ("commune", "UBND xã Hoằng Đức được giao 30 nhiệm vụ.", ["30 - [xã Hoằng Đức]"]),
        ("commune", "Toàn huyện được giao 300 nhiệm vụ.", ["300 - [huyện]"]),
        ("commune", "UBND tỉnh đã ban hành 12 văn bản QPPL.", ["12 - [tỉnh]"]),
        ("district", "UBND thị trấn Sịa tiếp nhận 812 hồ sơ.", ["812 - [thị trấn Sịa]"]),
        ("district", "Huyện Phong Điền tiếp nhận 5.812 hồ sơ.", ["5.812 - [Huyện Phong Điền]"]),
        (
            "district",
            "Tỷ lệ hồ sơ trực tuyến của cả nước đạt 45%, của tỉnh đạt 60%, của huyện đạt 46,9%.",
            ["45% - [cả nước]", "60% - [tỉnh]", "46,9% online_rate_stated"],
        ),
    ],
)
def test_what_another_unit_or_office_counts_is_not_the_reporting_units(
    level: Level, text: str, figures: list[str]
) -> None:
    assert shown(text, level) == figures


@pytest.mark.parametrize(
    ("level", "text", "figures"),
    [
        ("commune", "UBND xã Hoằng Hợp đã tiếp nhận 494 hồ sơ.", ["494 dossiers_received"]),
        (
            "commune",
            "Thực hiện Kế hoạch số 01/KH-UBND của UBND huyện Hoằng Hóa, UBND xã đã tiếp nhận 494 hồ sơ.",
            ["494 dossiers_received"],
        ),
        (
            "commune",
            "Thực hiện chỉ đạo của UBND huyện, tiếp nhận 494 hồ sơ; đến nay các cơ quan giải quyết 490 hồ sơ.",
            ["494 dossiers_received", "490 dossiers_resolved"],
        ),
        (
            "commune",
            "Xã được UBND huyện giao 45 nhiệm vụ, đã hoàn thành đúng hạn 44 nhiệm vụ.",
            ["45 assigned_tasks", "44 assigned_tasks_done_on_time"],
        ),
        (
            "district",
            "Văn phòng HĐND và UBND huyện tiếp nhận 3.808 hồ sơ; UBND các xã, thị trấn tiếp nhận 6.700 hồ sơ.",
            ["3.808 dossiers_received", "6.700 dossiers_received"],
        ),
    ],
)
def test_who_gives_orders_or_lies_around_does_not_take_a_figure_away(
    level: Level, text: str, figures: list[str]
) -> None:
    assert shown(text, level) == figures


@pytest.mark.parametrize(
    "text",
    [
        "Cùng kỳ năm trước, UBND xã đã tiếp nhận 400 hồ sơ; giải quyết 390 hồ sơ; tỷ lệ đúng hạn đạt 97%.",
        "Cùng kỳ năm 2023, xã tiếp nhận 400 hồ sơ, giải quyết 390 hồ sơ.",
        "Cùng kỳ năm 2023:\n- Tiếp nhận: 400 hồ sơ.\n- Giải quyết: 390 hồ sơ.",
        "Kết quả 6 tháng đầu năm 2023 như sau:\n- Tiếp nhận: 400 hồ sơ.",
        "Năm trước xã tiếp nhận 400 hồ sơ.",
        "Kỳ báo cáo trước tiếp nhận 380 hồ sơ, giải quyết 370 hồ sơ.",
        "Tháng trước tiếp nhận 38 hồ sơ.",
    ],
)
def test_what_was_counted_before_the_period_is_not_read(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Tiếp nhận 494 hồ sơ (năm 2023: 450 hồ sơ), giải quyết 490 hồ sơ.",
            ["494 dossiers_received", "490 dossiers_resolved"],
        ),
        (
            "Tiếp nhận 494 hồ sơ, tăng 44 hồ sơ so với cùng kỳ năm 2023; giải quyết 490 hồ sơ.",
            ["494 dossiers_received", "490 dossiers_resolved"],
        ),
        (
            "Số hồ sơ kỳ trước chuyển sang: 4 hồ sơ; tiếp nhận mới: 490 hồ sơ.",
            ["4 dossiers_carried_over", "490 dossiers_received"],
        ),
    ],
)
def test_what_is_only_compared_with_an_earlier_time_is_read(text: str, figures: list[str]) -> None:
    assert shown(text) == figures


@pytest.mark.parametrize(
    ("text", "period", "figures"),
    [
        ("Trong 5 tháng đầu năm tiếp nhận 300 hồ sơ.", "2024-6M", ["300 - [5 tháng đầu năm]"]),
        ("03 tháng đầu năm tiếp nhận 200 hồ sơ.", "2024-6M", ["200 - [03 tháng đầu năm]"]),
        ("03 tháng đầu năm tiếp nhận 200 hồ sơ.", "2024-Q1", ["200 dossiers_received"]),
        ("06 tháng cuối năm tiếp nhận 200 hồ sơ.", "2024-6M", ["200 - [06 tháng cuối năm]"]),
        ("Trong 11 tháng năm 2024, xã tiếp nhận 1.500 hồ sơ.", "2024-12M", ["1.500 - [11 tháng]"]),
        (
            "Tiếp nhận 494 hồ sơ (quý I 200 hồ sơ), giải quyết 490 hồ sơ.",
            "2024-6M",
            ["494 dossiers_received", "490 dossiers_resolved"],
        ),
        ("Lũy kế từ đầu năm tiếp nhận 1.500 hồ sơ.", "2024-Q4", ["1.500 - [từ đầu năm]"]),
        ("Lũy kế từ đầu năm tiếp nhận 494 hồ sơ.", "2024-6M", ["494 dossiers_received"]),
        ("Từ đầu nhiệm kỳ đến nay tiếp nhận 9.900 hồ sơ.", "2024-6M", ["9.900 - [Từ đầu nhiệm kỳ]"]),
        ("Giai đoạn 2021-2024 xã đã tiếp nhận 9.900 hồ sơ.", "2024-6M", ["9.900 - [Giai đoạn 2021-2024]"]),
        ("Bình quân mỗi tháng tiếp nhận 82 hồ sơ.", "2024-6M", ["82 - [Bình quân mỗi tháng]"]),
    ],
)
def test_what_counts_another_window_is_kept_with_it(text: str, period: str, figures: list[str]) -> None:
    assert shown(text, period=period) == figures


def test_the_terminal_counts_rows_of_annexes_and_figures_of_the_text_apart(tmp_path: Path) -> None:
    told = ("UBND xã đã tiếp nhận 494 hồ sơ; giải quyết 490 hồ sơ.", "Xã Hoằng Đức tiếp nhận 700 hồ sơ.")
    lines = (*opening("UBND xã Hoằng Hợp", "6 tháng đầu năm 2024"), *told)
    path = tmp_path / "report.txt"
    path.write_text(tabs(PrintedReport(lines, form_annexes("thanh-hoa-commune-2024"))), encoding="utf-8")
    file = load_file(path)
    assert (file.rows, file.told, file.report and len(file.report.observations)) == (80, 3, 83)
    assert "đọc 80 dòng phụ lục, khớp 80 dòng, thêm 3 số liệu trong lời văn" in as_lines(file, {}, None)[0]
