"""What the windows and periods a document names say against its own period, and what is no contradiction."""

from dataclasses import replace
from decimal import Decimal

import pytest

from loaders.document import Document, Paragraph
from loaders.window_remarks import window_remarks
from warehouse.model import Observation
from warehouse.periods import parse_period

ROW = Observation(
    annex="Phụ lục 1",
    row_no=1,
    code="1",
    label="Kế hoạch được giao",
    parent_label=None,
    column_label="Số liệu",
    column_period="",
    unit_of_measure="Hồ sơ",
    raw_value="5",
    value=Decimal(5),
    status="reported",
    note=None,
    indicator="disbursement_plan",
    known_row=True,
    level="commune",
    place="line:9",
)


def noted(note: str, period: str, source: str = "annex") -> list[tuple[str, str]]:
    row = replace(ROW, note=note, source=source)  # type: ignore[arg-type]
    found = window_remarks(Document("a.txt"), [row], parse_period(period))
    return [(remark.rule, str(remark.compared["printed"])) for remark in found]


@pytest.mark.parametrize(
    ("note", "period", "rule", "printed"),
    [
        ("11 tháng", "2025-12M", "row_window_short", "11 tháng"),
        ("11T/2025", "2025-12M", "row_window_short", "11T/2025"),
        ("6 tháng", "2022-9M", "row_window_short", "6 tháng"),
        ("5 tháng đầu năm", "2024-6M", "row_window_short", "5 tháng đầu năm"),
        ("Quý I", "2024-6M", "row_window_short", "Quý I"),
        ("Đến 30/11/2025", "2025-12M", "row_window_short", "Đến 30/11/2025"),
        ("Tính đến hết tháng 11", "2025-12M", "row_window_short", "đến hết tháng 11"),
        ("Từ 01/7 đến 30/11/2025", "2025-12M", "row_window_short", "Từ 01/7 đến 30/11/2025"),
        ("Số liệu đến hết quý III/2025", "2025-12M", "row_window_short", "đến hết quý III/2025"),
        ("Đến 31/12/2023", "2024-6M", "row_window_short", "Đến 31/12/2023"),
        ("9 tháng", "2024-6M", "row_window_long", "9 tháng"),
        ("6 tháng", "2024-Q1", "row_window_long", "6 tháng"),
    ],
)
def test_a_row_of_another_window(note: str, period: str, rule: str, printed: str) -> None:
    assert noted(note, period) == [(rule, printed)]


@pytest.mark.parametrize(
    ("note", "period"),
    [
        ("6 tháng", "2024-6M"),
        ("6 tháng", "2024-Q2"),
        ("12 tháng", "2025-12M"),
        ("Năm 2015: 86 Năm 2024: 77", "2024-6M"),
        ("Đến 14/6/2024", "2024-6M"),
        ("Đến ngày 10/6/2024", "2024-6M"),
        ("Từ 15/12/2023 đến 14/6/2024", "2024-6M"),
        ("Tăng 5 so với 6 tháng đầu năm 2021", "2022-9M"),
        ("Kế hoạch 6 tháng cuối năm", "2022-9M"),
        ("Theo QĐ ngày 12 tháng 3 năm 2022", "2022-9M"),
        ("Tại Trung tâm HCC", "2024-6M"),
        ("11/11 phòng", "2024-6M"),
        ("Cấp huyện: 55 Cấp xã: 21", "2024-6M"),
    ],
)
def test_a_note_that_is_no_other_window(note: str, period: str) -> None:
    assert noted(note, period) == []


def test_a_figure_of_the_text_with_a_window_of_its_own() -> None:
    assert noted("từ ngày 01/7 đến 30/11/2025", "2025-12M", "narrative") == [
        ("row_window_short", "từ ngày 01/7 đến 30/11/2025")
    ]
    assert noted("tháng 5", "2025-12M", "narrative") == []


def said(period: str, *lines: str) -> list[tuple[str, str]]:
    blocks = tuple(Paragraph(line, f"line:{number}") for number, line in enumerate(lines, start=1))
    found = window_remarks(Document("a.txt", blocks), [], parse_period(period))
    return [(remark.rule, str(remark.compared["printed"])) for remark in found]


NINE = ("BÁO CÁO", "Kết quả công tác CCHC 9 tháng đầu năm 2022")
QUARTER = ("BÁO CÁO", "Kết quả công tác CCHC quý II và 6 tháng đầu năm 2024")


@pytest.mark.parametrize(
    ("period", "lines", "found"),
    [
        (
            "2022-9M",
            (*NINE, "Trên đây là báo cáo CCHC 9 tháng; phương hướng, nhiệm vụ 6 tháng cuối năm 2022."),
            [("rest_of_year_differs", "6 tháng cuối năm 2022")],
        ),
        ("2022-9M", (*NINE, "5. Phương hướng, nhiệm vụ 3 tháng cuối năm 2022"), []),
        ("2022-9M", (*NINE, "Ban hành kế hoạch kiểm tra 6 tháng cuối năm 2022."), []),
        ("2022-9M", (*NINE, "Nhiệm vụ 6 tháng cuối năm 2021 đã xong."), []),
        ("2024-6M", (*QUARTER, "Nhiệm vụ trọng tâm sáu tháng cuối năm"), []),
        (
            "2024-6M",
            (*QUARTER, "Nhiệm vụ trọng tâm ba tháng cuối năm"),
            [("rest_of_year_differs", "ba tháng cuối năm")],
        ),
        ("2024-6M", (*QUARTER, "Trên đây là báo cáo CCHC quý II năm 2024."), []),
        ("2024-6M", (*QUARTER, "Trên đây là báo cáo CCHC quý I năm 2024."), [("period_differs", "2024-Q1")]),
        ("2022-9M", (*NINE, "Phụ lục 1: Số liệu CCHC 6 tháng đầu năm 2022"), [("period_differs", "2022-6M")]),
        ("2022-9M", (*NINE, "Phụ lục 1: Số liệu CCHC 9 tháng đầu năm 2022"), []),
        ("2022-9M", (*NINE, "Phụ lục 1 (Kèm theo Báo cáo số 5 ngày 12 tháng 9 năm 2022)"), []),
        (
            "2022-9M",
            (*NINE, "(từ ngày 15/12/2031 đến ngày 14/9/2022)"),
            [("window_day_mistyped", "15/12/2031")],
        ),
    ],
)
def test_another_period_than_the_titles(period: str, lines: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert said(period, *lines) == found
