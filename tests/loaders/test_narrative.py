"""The figures of the running text: what is stated of the period is read, and nothing else is.

The golden file holds the figures of five real reports, each with a short phrase that names it, as a careful
reader takes them; the sentences here are made up in the manner of such reports.
"""

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Document, Paragraph
from loaders.narrative import read_narrative
from loaders.narrative.lexicon import figure_kinds, known_senses
from loaders.readers.text import read_text
from loaders.units import all_units
from warehouse.model import Level, Observation
from warehouse.periods import parse_period
from warehouse.tables import read_catalogue

GOLDEN = Path(__file__).parents[1] / "golden" / "narrative.csv"
REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
LEVELS: dict[str, Level] = {
    "cu-chi_2020-Q1": "district",
    "ha-vinh_2022-9M": "commune",
    "hoang-hop_2024-6M": "commune",
    "nam-thanh-mien_2025-12M": "commune",
    "quang-dien_2024-6M": "district",
}
UNITS = {
    "cu-chi_2020-Q1": "783",
    "ha-vinh_2022-9M": "15277",
    "hoang-hop_2024-6M": "15919",
    "nam-thanh-mien_2025-12M": "11284@2025-07-01",
    "quang-dien_2024-6M": "477",
}
CONTEXT_SENSES = {"assigned", "issued", "plan", "unclear", "several_channels", "head"}


def document_of(text: str) -> Document:
    return Document("report.txt", tuple(Paragraph(line, f"line:{n}") for n, line in enumerate(text.split("\n"), 1)))


def read(text: str, level: Level = "commune", period: str = "2024-6M") -> tuple[Observation, ...]:
    return read_narrative(document_of(text), level, parse_period(period))


def shown(text: str, level: Level = "commune", period: str = "2024-6M") -> list[str]:
    """Each figure as `raw = value indicator`, with its level where it is not the unit's own, and its note."""
    return [
        f"{row.raw_value} = {row.value} {row.indicator or '-'}"
        + (f" @{row.level}" if row.level != level else "")
        + (f" [{row.note}]" if row.note else "")
        for row in read(text, level, period)
    ]


@cache
def golden(name: str) -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["report"] == name]


@pytest.mark.skipif(not REPORTS.is_dir(), reason=f"the real reports are not here: no folder {REPORTS}")
@pytest.mark.parametrize("name", LEVELS)
def test_the_figures_of_a_real_report_are_those_a_careful_reader_takes(name: str) -> None:
    period = parse_period(name.split("_")[1])
    rows = read_narrative(read_text(REPORTS / f"{name}.txt"), LEVELS[name], period, all_units()[UNITS[name]])
    columns = [column for column in golden(name)[0] if column != "report"]
    found = [{column: str(getattr(row, column) or "") for column in columns} for row in rows]
    for figure, row in zip(found, rows, strict=True):
        figure["value"] = str(row.value)
    assert found == [{column: row[column] for column in columns} for row in golden(name)]


def shown_of(text: str, unit_code: str) -> list[str]:
    """Each figure as `raw indicator level note`, told by a unit whose name is known."""
    unit = all_units()[unit_code]
    rows = read_narrative(document_of(text), unit.level, parse_period("2024-6M"), unit)
    return [f"{row.raw_value} {row.indicator or '-'} {row.level} {row.note or ''}".strip() for row in rows]


OWN = "494 dossiers_received commune"
DISTRICT, COMMUNES = "3808 dossiers_received district", "6651 dossiers_received commune"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thực hiện Kế hoạch CCHC năm 2023, xã đã tiếp nhận 494 hồ sơ.", [OWN]),
        ("Kế hoạch số 12/KH-UBND năm 2023 của UBND huyện, đã tiếp nhận 494 hồ sơ.", [OWN]),
        ("Thực hiện Nghị quyết của HĐND xã năm 2023, xã đã tiếp nhận 494 hồ sơ.", [OWN]),
        ("Thực hiện Chương trình cải cách hành chính năm 2023, UBND xã đã tiếp nhận 494 hồ sơ.", [OWN]),
        ("Theo Công văn số 5/UBND-VP năm 2023, xã đã tiếp nhận 494 hồ sơ.", [OWN]),
        # what may well be the other year's stays unread
        ("So với cùng kỳ năm 2023, số hồ sơ tiếp nhận là 494.", []),
        ("So với kế hoạch năm 2023, số hồ sơ tiếp nhận là 494.", []),
        ("Kết quả thực hiện Kế hoạch CCHC năm 2023: tiếp nhận 494 hồ sơ.", []),
        ("Kế hoạch CCHC năm 2023 hoàn thành 20/21 nhiệm vụ, đạt 95%.", []),
        ("Thực hiện kế hoạch CCHC, năm 2023 xã tiếp nhận 494 hồ sơ.", []),
        ("Thực hiện kế hoạch CCHC trong năm 2023 xã tiếp nhận 494 hồ sơ.", []),
        ("Năm 2023, thực hiện Kế hoạch CCHC năm 2024, xã tiếp nhận 494 hồ sơ.", []),
        # officers have figures as offices have
        (
            "Công chức Hộ tịch tiếp nhận 300 hồ sơ; công chức Địa chính tiếp nhận 194 hồ sơ.",
            ["300 - commune Hộ tịch; Công chức Hộ tịch", "194 - commune công chức Địa chính"],
        ),
        ("Công chức một cửa đã tiếp nhận 494 hồ sơ.", [OWN]),
        ("Cán bộ, công chức xã đã tiếp nhận 494 hồ sơ.", [OWN]),
        ("Bố trí 02 công chức Văn phòng, đã tiếp nhận 494 hồ sơ.", [OWN]),
        ("Tiếp nhận 194 hồ sơ của công chức Địa chính.", ["194 - commune công chức Địa chính"]),
        ("Công chức Văn phòng tham mưu kế hoạch; UBND xã đã tiếp nhận 494 hồ sơ.", [OWN]),
    ],
)
def test_the_year_of_a_plan_and_the_officer_of_a_figure(text: str, found: list[str]) -> None:
    assert shown_of(text, "15919") == found


@pytest.mark.parametrize(
    "communes", ["UBND các xã, thị trấn", "Các thị trấn", "UBND 11 xã, thị trấn", "UBND các đặc khu"]
)
def test_lower_tiers_in_the_plural_have_their_own_figures(communes: str) -> None:
    assert shown_of(f"UBND huyện tiếp nhận 3808 hồ sơ; {communes} tiếp nhận 6651 hồ sơ.", "477") == [DISTRICT, COMMUNES]
    assert shown_of(f"UBND huyện tiếp nhận 3808; {communes} tiếp nhận 6651 hồ sơ.", "477") == [COMMUNES]


@pytest.mark.parametrize("districts", ["UBND các thị xã", "Các quận", "UBND các huyện, thị xã, thành phố"])
def test_the_districts_of_a_province_have_their_own_figures(districts: str) -> None:
    found = shown_of(f"Các sở tiếp nhận 3808 hồ sơ; {districts} tiếp nhận 6651 hồ sơ.", "46")
    assert found == ["3808 dossiers_received province", "6651 dossiers_received district"]


RESULTS: list[tuple[str, list[str]]] = [
    # dossiers by outcome, named before the number
    (
        "Trong kỳ, UBND xã đã tiếp nhận 1.234 hồ sơ TTHC; đã giải quyết 1.200 hồ sơ, trong đó đúng hạn 1.198 hồ sơ"
        " (đạt 99,83%), trễ hạn 02 hồ sơ; đang giải quyết 34 hồ sơ.",
        [
            "1.234 = 1234 dossiers_received",
            "1.200 = 1200 dossiers_resolved",
            "1.198 = 1198 dossiers_resolved_on_time",
            "99,83% = 99.83 on_time_rate_stated",
            "02 = 2 dossiers_resolved_late",
            "34 = 34 dossiers_pending",
        ],
    ),
    (
        "Tổng số hồ sơ đã giải quyết là 1.102 hồ sơ, giải quyết đúng hẹn là 1.100 hồ sơ, trễ hẹn là 2 hồ sơ.",
        [
            "1.102 = 1102 dossiers_resolved",
            "1.100 = 1100 dossiers_resolved_on_time",
            "2 = 2 dossiers_resolved_late",
        ],
    ),
    # where what was early is told apart, `đúng hạn` is less than resolved by the due date
    (
        "Giải quyết trước hạn 300 hồ sơ, đúng hạn 150 hồ sơ, quá hạn 0 hồ sơ.",
        ["300 = 300 -", "150 = 150 -", "0 = 0 dossiers_resolved_late"],
    ),
    # what is late among the pending ones is not resolved late
    (
        "Số hồ sơ đang giải quyết: 31 (trong hạn: 30, quá hạn: 1).",
        ["31 = 31 dossiers_pending", "30 = 30 -", "1 = 1 dossiers_pending_late"],
    ),
    # named behind the number
    (
        "99,4% hồ sơ được giải quyết đúng hạn, còn 12 hồ sơ chưa đến hạn.",
        ["99,4% = 99.4 on_time_rate_stated", "12 = 12 dossiers_pending"],
    ),
    (
        "Trong tổng số 1.000 hồ sơ tiếp nhận, có 950 hồ sơ đã giải quyết xong.",
        ["1.000 = 1000 dossiers_received", "950 = 950 dossiers_resolved"],
    ),
    ("Đã tiếp nhận 350 và giải quyết 340 hồ sơ.", ["350 = 350 dossiers_received", "340 = 340 dossiers_resolved"]),
    (
        "Hồ sơ đã tiếp nhận 1000, đã giải quyết 950, đang giải quyết 50.",
        ["1000 = 1000 dossiers_received", "950 = 950 dossiers_resolved", "50 = 50 dossiers_pending"],
    ),
    # a part and its whole, with the share
    (
        "Số hs trả trước và đúng hạn: 980/985 hs, đạt tỷ lệ 99,5 %.",
        ["980 = 980 dossiers_resolved_on_time", "985 = 985 dossiers_resolved", "99,5 % = 99.5 on_time_rate_stated"],
    ),
    (
        "Tiếp nhận 494 hồ sơ. Trong đó, giải quyết đúng hạn 490/494 hồ sơ.",
        ["494 = 494 dossiers_received", "490 = 490 dossiers_resolved_on_time", "494 = 494 dossiers_received"],
    ),
    (
        "Đến nay, 950 trên tổng số 1.000 hồ sơ đã được giải quyết đúng hạn.",
        ["950 = 950 dossiers_resolved_on_time", "1.000 = 1000 dossiers_resolved"],
    ),
    # rates alone
    ("Tỷ lệ hồ sơ giải quyết đúng hạn = 96,43%", ["96,43% = 96.43 on_time_rate_stated"]),
    ("Kết quả giải quyết trước và đúng hạn đạt 99.6%.", ["99.6% = 99.6 on_time_rate_stated"]),
    ("Tỷ lệ hồ sơ trễ hạn chiếm 0,5%.", ["0,5% = 0.5 -"]),
    ("Tỷ lệ giải quyết hồ sơ trước hạn đạt 92,5%.", ["92,5% = 92.5 -"]),
    # none is a figure too
    (
        "Đã giải quyết 500 hồ sơ (tỷ lệ đúng hạn 100%), không có hồ sơ trễ hạn.",
        ["500 = 500 dossiers_resolved", "100% = 100 on_time_rate_stated", "không có = 0 dossiers_resolved_late"],
    ),
    ("Hồ sơ quá hạn: Không có.", ["Không có = 0 dossiers_resolved_late"]),
    # channels and classes of service
    (
        "Tổng số HS tiếp nhận: 1234 HS (trực tuyến: 1.100 HS, chiếm 89,1%; trực tiếp: 134 HS).",
        [
            "1234 = 1234 dossiers_received",
            "1.100 = 1100 dossiers_received_online",
            "89,1% = 89.1 online_rate_stated",
            "134 = 134 dossiers_received_direct",
        ],
    ),
    (
        "Tiếp nhận qua dịch vụ BCCI 15 hồ sơ, trả kết quả qua dịch vụ BCCI 27 hồ sơ.",
        ["15 = 15 dossiers_received_post", "27 = 27 dossiers_returned_post"],
    ),
    ("Đẩy mạnh tiếp nhận qua bưu chính công ích. Kết quả: tiếp nhận 12 hồ sơ.", ["12 = 12 dossiers_received_post"]),
    ("Bưu điện phối hợp tiếp nhận qua BCCI. Trong kỳ tiếp nhận 500 hồ sơ.", ["500 = 500 -"]),
    (
        "Tỷ lệ hồ sơ nộp trực tuyến của các DVCTT toàn trình đạt 85,2%, DVCTT một phần đạt 70%.",
        ["85,2% = 85.2 online_full_rate_stated", "70% = 70 online_partial_rate_stated"],
    ),
    (
        "Có 15 hồ sơ nộp mức độ 3 và 137 hồ sơ nộp mức độ 4.",
        ["15 = 15 dossiers_received_online_level_3", "137 = 137 dossiers_received_online_level_4"],
    ),
    ("Tỷ lệ hồ sơ trực tuyến mức độ 3, 4 đạt 67,8%.", ["67,8% = 67.8 dossiers_level_3_4_online_rate_stated"]),
    (
        "Tiếp nhận trực tuyến được 448/494 hồ sơ, đạt tỷ lệ 90,7%.",
        ["448 = 448 dossiers_received_online", "494 = 494 -", "90,7% = 90.7 online_rate_stated"],
    ),
    # carried over, and received anew
    (
        "Kỳ trước chuyển sang 12 hồ sơ; tiếp nhận mới 500 hồ sơ; tổng số hồ sơ tiếp nhận 512 hồ sơ.",
        ["12 = 12 dossiers_carried_over", "500 = 500 dossiers_received", "512 = 512 -"],
    ),
    # bounds and estimates
    (
        "Gần 500 hồ sơ được tiếp nhận, hơn 90% hồ sơ nộp trực tuyến.",
        ["500 = 500 dossiers_received [Gần]", "90% = 90 online_rate_stated [hơn]"],
    ),
    ("Tỷ lệ giải quyết hồ sơ đúng hạn đạt 98,5% trở lên.", ["98,5% = 98.5 on_time_rate_stated [trở lên]"]),
    # a comparison in passing is left out, the figure stays
    (
        "Tổng số hồ sơ tiếp nhận là 1.000 hồ sơ (tăng 150 hồ sơ, tương ứng 17,6% so với cùng kỳ năm 2023),"
        " trong đó tiếp nhận trực tuyến 900 hồ sơ, đạt 90%.",
        ["1.000 = 1000 dossiers_received", "900 = 900 dossiers_received_online", "90% = 90 online_rate_stated"],
    ),
    ("Tỷ lệ hồ sơ trực tuyến đạt 92%/80% chỉ tiêu giao.", ["92% = 92 online_rate_stated"]),
    # one month, one field of work
    ("Trong tháng 5/2024, tiếp nhận 120 hồ sơ.", ["120 = 120 - [tháng 5/2024]"]),
    (
        "Lĩnh vực đất đai tiếp nhận 120 hồ sơ, giải quyết 118 hồ sơ.",
        ["120 = 120 - [Lĩnh vực đất đai]", "118 = 118 - [Lĩnh vực đất đai]"],
    ),
    ("Tính đến ngày 31/5/2024, đã tiếp nhận 856 hồ sơ.", ["856 = 856 dossiers_received [Tính đến ngày 31/5/2024]"]),
    ("Từ ngày 15/12/2023 đến ngày 14/6/2024 tiếp nhận 856 hồ sơ.", ["856 = 856 dossiers_received"]),
    # tasks from above and of the plan
    (
        "UBND huyện giao 45 nhiệm vụ; đã hoàn thành đúng hạn 40 nhiệm vụ, hoàn thành quá hạn 03 nhiệm vụ,"
        " còn 02 nhiệm vụ đang thực hiện trong hạn.",
        [
            "45 = 45 assigned_tasks",
            "40 = 40 assigned_tasks_done_on_time",
            "03 = 3 assigned_tasks_done_late",
            "02 = 2 -",
        ],
    ),
    (
        "Số nhiệm vụ cấp trên giao: 24; hoàn thành đúng hạn: 23; hoàn thành nhưng quá hạn: 01;"
        " quá hạn chưa hoàn thành: 0.",
        [
            "24 = 24 assigned_tasks",
            "23 = 23 assigned_tasks_done_on_time",
            "01 = 1 assigned_tasks_done_late",
            "0 = 0 assigned_tasks_overdue",
        ],
    ),
    (
        "Kế hoạch CCHC năm 2024 đề ra 38 nhiệm vụ, đến nay đã hoàn thành 30/38 nhiệm vụ, đạt 78,9%.",
        ["38 = 38 plan_tasks", "30 = 30 plan_tasks_done", "38 = 38 plan_tasks", "78,9% = 78.9 plan_completion_stated"],
    ),
    ("Tỷ lệ hoàn thành Kế hoạch CCHC năm đạt 52,6%.", ["52,6% = 52.6 plan_completion_stated"]),
    # feedback, apologies, satisfaction, public investment
    (
        "Tiếp nhận 04 PAKN của người dân về quy định hành chính, đã xử lý xong 04/04 PAKN, đạt 100%.",
        [
            "04 = 4 feedback_received",
            "04 = 4 feedback_resolved",
            "04 = 4 feedback_received",
            "100% = 100 feedback_resolved_rate_stated",
        ],
    ),
    ("Trong kỳ không phát sinh phản ánh, kiến nghị về quy định hành chính.", ["không phát sinh = 0 feedback_received"]),
    ("Công khai xin lỗi: 03 trường hợp.", ["03 = 3 public_apologies"]),
    ("Đã gửi 05 thư xin lỗi đối với hồ sơ trễ hạn.", ["05 = 5 public_apologies"]),
    ("Mức độ hài lòng của người dân, tổ chức đạt 98,7%.", ["98,7% = 98.7 -"]),
    ("Tỷ lệ giải ngân vốn đầu tư công đạt 45,7% kế hoạch.", ["45,7% = 45.7 disbursement_rate_stated"]),
    (
        "Tổng vốn đầu tư công được giao 25.000 triệu đồng, đã giải ngân 12.500 triệu đồng, đạt 50%.",
        ["50% = 50 disbursement_rate_stated"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), RESULTS)
def test_a_commune_s_sentence(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


TIERS: list[tuple[str, list[str]]] = [
    (
        "Toàn huyện đã tiếp nhận 45.678 hồ sơ, trong đó cấp huyện 5.678 hồ sơ, cấp xã 40.000 hồ sơ.",
        [
            "45.678 = 45678 - [Toàn huyện]",
            "5.678 = 5678 dossiers_received",
            "40.000 = 40000 dossiers_received @commune",
        ],
    ),
    (
        "Tỷ lệ giải quyết hồ sơ đúng hạn cấp huyện đạt 99,2%, cấp xã đạt 99,8%.",
        ["99,2% = 99.2 on_time_rate_stated", "99,8% = 99.8 on_time_rate_stated @commune"],
    ),
    ("UBND huyện và 11 xã, thị trấn tiếp nhận 12.000 hồ sơ.", ["12.000 = 12000 - [UBND huyện và 11 xã, thị trấn]"]),
    (
        "Trung tâm Hành chính công huyện đã tiếp nhận 3021 hồ sơ; UBND các xã, thị trấn tiếp nhận 21.340 hồ sơ.",
        [
            "3021 = 3021 dossiers_received [Trung tâm Hành chính công huyện]",
            "21.340 = 21340 dossiers_received @commune",
        ],
    ),
    (
        "UBND huyện giao các phòng, ban 120 nhiệm vụ, hoàn thành đúng hạn 100 nhiệm vụ,"
        " quá hạn chưa hoàn thành 05 nhiệm vụ.",
        ["120 = 120 issued_tasks", "100 = 100 issued_tasks_done_on_time", "05 = 5 issued_tasks_overdue"],
    ),
    (
        "- Tại Bộ phận Một cửa cấp huyện:\n+ Tiếp nhận: 3.000 hồ sơ\n+ Trễ hạn: 10 hồ sơ\n"
        "- Tại UBND các xã, thị trấn:\n+ Tiếp nhận: 30.000 hồ sơ\n+ Không có hồ sơ trễ hạn.\n"
        "- Phản ánh, kiến nghị: tiếp nhận 02 phản ánh, kiến nghị.",
        [
            "3.000 = 3000 dossiers_received",
            "10 = 10 dossiers_resolved_late",
            "30.000 = 30000 dossiers_received @commune",
            "Không có = 0 dossiers_resolved_late @commune",
            "02 = 2 feedback_received",
        ],
    ),
    (
        "1. Kết quả tại UBND huyện\nTiếp nhận 3.000 hồ sơ.\n2. Kết quả tại UBND các xã, thị trấn\n"
        "Tiếp nhận 30.000 hồ sơ. Trong đó giải quyết đúng hạn 29.990 hồ sơ.",
        [
            "3.000 = 3000 dossiers_received",
            "30.000 = 30000 dossiers_received @commune",
            "29.990 = 29990 dossiers_resolved_on_time @commune",
        ],
    ),
    ("Duy trì tiếp nhận sáng thứ bảy. Trong kỳ tiếp nhận 450 hồ sơ.", ["450 = 450 dossiers_saturday_area [thứ bảy]"]),
]


@pytest.mark.parametrize(("text", "expected"), TIERS)
def test_a_district_s_sentence_speaks_of_a_tier(text: str, expected: list[str]) -> None:
    assert shown(text, "district") == expected


def test_a_province_tells_its_tiers_and_givers_apart() -> None:
    assert shown("Các sở, ban, ngành tiếp nhận 120.345 hồ sơ; cấp xã tiếp nhận 1.234.567 hồ sơ.", "province") == [
        "120.345 = 120345 dossiers_received",
        "1.234.567 = 1234567 dossiers_received @commune",
    ]
    tasks = "Thủ tướng Chính phủ giao 210 nhiệm vụ; UBND tỉnh giao các đơn vị 3.450 nhiệm vụ."
    assert shown(tasks, "province", "2025-12M") == ["210 = 210 assigned_tasks", "3.450 = 3450 issued_tasks"]


def test_the_work_of_units_before_a_merger_has_a_note_and_no_indicator() -> None:
    text = "Trước sáp nhập, các xã cũ tiếp nhận 3.210 hồ sơ. Sau sáp nhập, xã tiếp nhận 4.500 hồ sơ."
    assert shown(text, period="2025-12M") == ["3.210 = 3210 - [các xã cũ]", "4.500 = 4500 dossiers_received"]
    under_a_heading = (
        "PHẦN I. TRƯỚC NGÀY 01/7/2025\n- Hồ sơ đúng hạn đạt trên 98%.\nPHẦN II. HIỆN NAY\n- Tiếp nhận 12 hồ sơ."
    )
    assert shown(under_a_heading, period="2025-12M") == [
        "98% = 98 - [trên; TRƯỚC NGÀY 01/7/2025]",
        "12 = 12 dossiers_received",
    ]


def test_another_span_than_the_period_s_has_no_indicator() -> None:
    assert shown("6 tháng đầu năm tiếp nhận 900 hồ sơ; quý II tiếp nhận 400 hồ sơ.", period="2024-Q2") == [
        "900 = 900 - [6 tháng đầu năm]",
        "400 = 400 dossiers_received",
    ]


NOTHING = [
    "100% TTHC được niêm yết công khai tại Bộ phận một cửa.",
    "100% hồ sơ TTHC được số hóa đầu vào.",
    "Phấn đấu năm 2024 tỷ lệ hồ sơ trực tuyến đạt 80%, tỷ lệ giải quyết đúng hạn đạt 98%.",
    "Đảm bảo 100% hồ sơ được giải quyết đúng hạn.",
    "Theo Nghị quyết, đến năm 2025 tỷ lệ hài lòng đạt tối thiểu 90%.",
    "Ban hành Kế hoạch số 15/KH-UBND ngày 08/01/2024 về CCHC; Công văn số 120/UBND ngày 05/6/2024.",
    "Năm 2023, xã tiếp nhận 2.100 hồ sơ, giải quyết đúng hạn 2.090 hồ sơ.",
    "Tỷ lệ hồ sơ trực tuyến tăng 12,5% so với cùng kỳ năm 2023.",
    "So với cùng kỳ năm 2023, số hồ sơ tiếp nhận là 1.000 hồ sơ.",
    "100% hồ sơ quá hạn được xin lỗi bằng văn bản.",
    "Không để xảy ra tình trạng hồ sơ trễ hạn.",
    "Không có hồ sơ trễ hạn kéo dài do lỗi chủ quan.",
    "Không phát sinh phản ánh tiêu cực về thái độ phục vụ.",
    "Tổng thu ngân sách ước đạt 105% dự toán giao.",
    "Thu phí, lệ phí trực tuyến đạt 62,5%; tỷ lệ thanh toán trực tuyến đạt 60%.",
    "Đã tiếp nhận 12 đơn khiếu nại, tố cáo của công dân.",
    "Chỉ số hài lòng (SIPAS) đạt 85,2%.",
    "Tỷ lệ người dân không hài lòng là 0,2%.",
    "Một số xã đạt 100% hồ sơ trực tuyến.",
    "Kiểm tra 120 hồ sơ, phát hiện 02 hồ sơ trễ hạn.",
    "Mở 02 lớp tập huấn dịch vụ công trực tuyến cho 120 học viên.",
    "Giao 77 biên chế công chức; bổ sung 15 hồ sơ cán bộ.",
    "Đã tiếp nhận 1,234 hồ sơ.",
    "Bộ phận tiếp nhận và trả kết quả có 05 công chức, tiếp 500 lượt công dân.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_result_of_the_period_gives_nothing(text: str) -> None:
    assert shown(text) == []


def test_plans_signatures_and_annexes_are_not_read() -> None:
    text = (
        "II. KẾT QUẢ\nTiếp nhận 400 hồ sơ.\n5. Phương hướng, nhiệm vụ 6 tháng cuối năm\n1. Tiếp nhận 900 hồ sơ."
        "\nIII. ĐÁNH GIÁ\nGiải quyết 390 hồ sơ.\nNơi nhận:\n- Như trên;\nPhụ lục 1\nTổng số hồ sơ tiếp nhận: 600 hồ sơ"
    )
    assert shown(text) == ["400 = 400 dossiers_received", "390 = 390 dossiers_resolved"]
    assert shown("(Phụ lục 1 kèm theo)\nTiếp nhận 500 hồ sơ.") == ["500 = 500 dossiers_received"]


def test_a_paragraph_broken_by_a_page_end_is_read_as_one() -> None:
    rows = read("Hồ sơ đã tiếp nhận trong kỳ là\n494 hồ sơ, trong đó hồ sơ trực\ntuyến là 440 hồ sơ.")
    assert [(row.raw_value, row.label, row.place) for row in rows] == [
        ("494", "Hồ sơ đã tiếp nhận trong kỳ", "line:2"),
        ("440", "hồ sơ trực tuyến", "line:3"),
    ]


def test_lines_below_a_total_are_its_parts() -> None:
    text = (
        "Số lượng hồ sơ tiếp nhận trong kỳ: 856 hồ sơ\nTrong đó:\n+ Trực tuyến: 800 hồ sơ\n"
        "+ Trực tiếp: 40 hồ sơ\n+ Qua bưu chính: 06 hồ sơ\n+ Trực tiếp, qua BCCI: 46 hồ sơ"
    )
    assert shown(text) == [
        "856 = 856 dossiers_received",
        "800 = 800 dossiers_received_online",
        "40 = 40 dossiers_received_direct",
        "06 = 6 dossiers_received_post",
        "46 = 46 -",
    ]


def test_an_observation_is_complete() -> None:
    first, second = read("Tiếp nhận trực tuyến 440 HS (chiếm 89,1%).")
    assert first == Observation(
        annex="",
        row_no=1,
        code=None,
        label="Tiếp nhận trực tuyến",
        parent_label=None,
        column_label=None,
        column_period="2024-6M",
        unit_of_measure="HS",
        raw_value="440",
        value=first.value,
        status="reported",
        note=None,
        indicator="dossiers_received_online",
        known_row=True,
        level="commune",
        place="line:1",
        source="narrative",
    )
    assert (second.row_no, second.label, second.unit_of_measure) == (2, "Tiếp nhận trực tuyến (%)", "%")


def test_every_figure_is_built_from_known_senses_and_catalogue_indicators() -> None:
    indicators = set(read_catalogue("indicators")["indicator"])
    senses = known_senses() | CONTEXT_SENSES
    names = {kind.figure for kind in figure_kinds()}
    for kind in figure_kinds():
        assert {name for name in (kind.indicator, kind.area_indicator, kind.whole) if name} <= indicators, kind
        assert kind.counts | kind.without | frozenset().union(*kind.needs) <= senses | {"percent"}, kind
        assert kind.unless is None or kind.unless in names, kind


def test_a_table_that_was_flattened_into_a_paragraph_is_no_sentence() -> None:
    assert shown("Tổng số hồ sơ tiếp nhận " + "1.234 hồ sơ, " * 20_000) == []
    assert shown("Tiếp nhận " + "-" * 5_000 + "( " * 5_000 + "500 hồ sơ") == []


@given(st.integers(min_value=0, max_value=99_999_999))
def test_any_number_is_read_as_it_is_printed(number: int) -> None:
    printed = f"{number:,}".replace(",", ".")
    assert shown(f"Tổng số hồ sơ tiếp nhận: {printed} hồ sơ.") == [f"{printed} = {number} dossiers_received"]


WORDS = st.sampled_from(
    [
        *" ,.;:()/%\n-+",
        "hồ sơ",
        "tiếp nhận",
        "đúng hạn",
        "12",
        "1.234",
        "98%",
        "không có",
        "PHẦN I",
        "cấp xã",
        "năm 2023",
    ]
)


@settings(max_examples=200)
@given(st.lists(WORDS, max_size=40), st.sampled_from(["province", "district", "commune"]))
def test_no_text_is_refused(words: list[str], level: Level) -> None:
    text = " ".join(words)
    rows = read(text, level)
    assert [row.row_no for row in rows] == list(range(1, len(rows) + 1))
    assert {row.place for row in rows} <= {f"line:{number}" for number in range(1, text.count("\n") + 2)}
    assert all(row.value is not None and row.raw_value and row.label for row in rows)
