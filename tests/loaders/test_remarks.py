"""What only the document shows to be wrong: percentages of the text, annexes that are cited and not there."""

import pytest

from loaders.annexes import Annex
from loaders.document import Document, Paragraph
from loaders.remarks import remarks_on
from loaders.units import all_units
from warehouse.periods import parse_period

PERIOD = parse_period("2025-12M")


def remarked(text: str, *annexes: str) -> list[tuple[str, dict[str, str | float]]]:
    document = Document("a.txt", (Paragraph(text, "line:1"),))
    found = remarks_on(document, all_units()["15919"], PERIOD, [Annex(name, (), ()) for name in annexes])
    return [(remark.rule, dict(remark.compared)) for remark in found]


@pytest.mark.parametrize(
    ("text", "printed", "hint"),
    [
        ("Ngày 31/4/2025 đã họp.", "31/4/2025", None),
        ("KẾT QUẢ TỪ NGÀY 15/12/20024 ĐẾN NGÀY 01/7/2025", "15/12/20024", ", chỉ có thể là 15/12/2024"),
        ("Từ 15/12/20024 đến 31/6/2025", "15/12/20024", None),
    ],
)
def test_a_date_that_does_not_exist(text: str, printed: str, hint: str | None) -> None:
    found = [compared for rule, compared in remarked(text) if rule == "impossible_date"]
    assert (found[0]["printed"], found[0].get("hint_vi")) == (printed, hint)


def percentage(numerator: float, denominator: float, percent: float, stated: float) -> dict[str, float]:
    return {"numerator": numerator, "denominator": denominator, "percent": percent, "stated_percent": stated}


@pytest.mark.parametrize(
    ("text", "rule", "compared"),
    [
        ("Hồ sơ trực tuyến 2154/3808 hồ sơ, đạt 56,56%.", "text_rate_truncated", (2154, 3808, 56.57, 56.56)),
        ("Đúng hạn 6.626/6.651 hồ sơ (chiếm tỷ lệ 99,2%).", "text_rate_differs", (6626, 6651, 99.62, 99.2)),
        ("Tỷ lệ là 45,5% (729/1675 hồ sơ).", "text_rate_differs", (729, 1675, 43.52, 45.5)),
        ("Có 09/11 đồng chí đạt chuẩn về chuyên môn đạt 80%.", "text_rate_differs", (9, 11, 81.82, 80.0)),
    ],
)
def test_a_percentage_that_its_parts_do_not_give(text: str, rule: str, compared: tuple[float, ...]) -> None:
    assert remarked(text) == [(rule, percentage(*compared))]


@pytest.mark.parametrize(
    "text",
    [
        "Đúng hạn 3429/3450 hồ sơ (chiếm tỷ lệ 99,4%).",
        "Tỷ lệ là 43,5% (729/1675 hồ sơ), cấp xã 61,87% (5.113/8.264 hồ sơ).",
        "Thu ngân sách được 217.874.000.000/695.273.000.000đ, đạt 31%.",
        "Giải ngân đến hết tháng 11/2025 đạt 87,66%.",
        "Theo Kế hoạch số 22/KH-UBND ngày 16/01/2024 đạt 100%.",
        "Tiếp nhận từ ngày 01/7 đến 30/11/2025; tỷ lệ đạt 99,7%.",
    ],
)
def test_a_percentage_that_is_right_or_has_no_parts(text: str) -> None:
    assert remarked(text) == []


@pytest.mark.parametrize(
    ("text", "annexes", "missing"),
    [
        ("(Đính kèm Phụ lục 5B)", ("Phụ lục 5A", "Phụ lục 6B"), ["Phụ lục 5B"]),
        ("Đính kèm phụ lục số 1b", ("Phụ lục 01b",), []),
        ("Đính kèm Phụ lục 5A", ("Phụ lục 5A",), []),
        ("Đính kèm Phụ lục 5B", ("Bảng 1",), []),
        ("Thực hiện Phụ lục 5B của Thông tư", ("Phụ lục 5A",), []),
    ],
)
def test_an_annex_that_is_cited_and_not_there(text: str, annexes: tuple[str, ...], missing: list[str]) -> None:
    assert [compared["printed"] for rule, compared in remarked(text, *annexes) if rule == "annex_missing"] == missing
