"""The source card: opened by the address on any page, three figures side by side, rows, report and findings."""

from collections.abc import Callable

import pytest
from screen import Screen

from pages.kit.page_list import PAGES
from warehouse.answers import Scope
from warehouse.answers.disputes import disputes_behind
from warehouse.answers.sources import Figure, source_heritage
from warehouse.store import Warehouse

Open = Callable[..., Screen]

REAL = {"unit": "477", "period": "2024-6M"}
RATE = "477~district~2024-6M~on_time_rate~resolved"


@pytest.mark.parametrize("page", [entry.name for entry in PAGES])
def test_a_link_opens_the_card_on_every_page(open_page: Open, page: str) -> None:
    screen = open_page(page, source=RATE, **REAL)
    tiles = screen.tiles()
    shown = {
        name: tiles[name][0] for name in ("Tỷ lệ ghi trong báo cáo", "Tính lại từ các dòng", "Lời văn của báo cáo")
    }
    assert shown == {
        "Tỷ lệ ghi trong báo cáo": "99,62\u00a0%",
        "Tính lại từ các dòng": "99,62\u00a0%",
        "Lời văn của báo cáo": "–",
    }
    assert "✓ Khớp với số tính lại hoặc số phụ lục" in screen.captions
    assert "7.813 / 7.843" in screen.captions


def test_the_card_lists_the_printed_rows_and_the_report(open_page: Open) -> None:
    screen = open_page("overview", source=RATE, **REAL)
    rows = screen.printed_rows()
    rate = "Tỷ lệ hồ sơ TTHC do UBND cấp huyện tiếp nhận được giải quyết đúng hạn"
    fields = ("", "STT", "Ghi trong báo cáo", "Giá trị", "Vị trí")
    assert [tuple(row[field] for field in fields) for row in rows] == [
        ("Tử số: Số hồ sơ TTHC giải quyết đúng hạn", "3.2.2", "7813", "7.813", "Phụ lục 4, dòng 119"),
        ("Mẫu số: Tổng số hồ sơ TTHC đã giải quyết xong", "3.2.1", "7843", "7.843", "Phụ lục 4, dòng 118"),
        (f"Tỷ lệ in sẵn: {rate}", "3.2", "99,62", "99,62", "Phụ lục 4, dòng 117"),
    ]
    (facts,) = [text for text in screen.paragraphs if "SHA-256" in text]
    assert "Tệp báo cáo: quang-dien\\_2024-6M.docx" in facts
    assert "Ngày ký: 17/06/2024" in facts
    assert "Kỳ theo quy định: 15/12/2023 – 14/06/2024" in facts
    (link,) = screen.test.get("link_button")
    assert "quality?unit=477&period=2024-6M&report=477-2024-6M-" in link.proto.url


def test_a_unit_is_called_as_in_the_time_of_its_report(open_page: Open) -> None:
    """The province was renamed on 01/01/2025."""
    screen = open_page("overview", source="46~district~2024-6M~on_time_rate~resolved", **REAL)
    assert "Tỉnh Thừa Thiên Huế · 6 tháng 2024 · Cấp huyện" in screen.captions


def test_an_indicator_has_its_printed_cell(open_page: Open) -> None:
    screen = open_page("overview", source="477~district~2024-6M~plan_tasks", lang="en", **REAL)
    assert screen.tiles()["Printed in the annex"][0] == "32"
    assert "Reported" in screen.captions


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("15928~commune~2024-6M~dossiers_received~printed", "Có số liệu"),
        ("15928~commune~2024-6M~plan_completion_stated", "Biểu mẫu không yêu cầu"),
        ("15928~commune~2024-6M~inspection_issues_found", "Để trống"),
    ],
)
def test_left_blank_is_told_from_not_asked(open_page: Open, code: str, said: str) -> None:
    screen = open_page("explore", source=code, unit="15928", period="2024-6M")
    assert said in screen.captions


def test_a_unit_without_a_report_says_so(open_page: Open) -> None:
    screen = open_page("overview", source="15865~commune~2024-6M~plan_tasks", unit="399", period="2024-6M")
    assert "Đơn vị chưa có báo cáo cho kỳ này." in [info.value for info in screen.test.info]


def test_a_sum_lists_its_units(open_page: Open) -> None:
    screen = open_page("drilldown", source="399~commune~2024-6M~on_time_rate~received", unit="399", period="2024-6M")
    assert screen.tiles()["Tính lại từ các dòng"][0] == "94,89\u00a0%"
    cells = screen.cells(len(screen.tables) - 1)
    assert [(row["Đơn vị"], row["Tử số"], row["Mẫu số"]) for row in cells] == [
        ("Xã Hoằng Hợp", "1.230", "1.234"),
        ("Xã Hoằng Đức", "700", "800"),
    ]
    phone = [table for table in screen.test.dataframe if str(table.key).endswith("-narrow")][-1]
    assert list(phone.value.columns) == ["Đơn vị", "Tử số", "Mẫu số", "Tỷ lệ"]


def test_a_sum_leads_to_the_contradictions_it_is_warned_of_first(open_page: Open, warehouse: Warehouse) -> None:
    scope = Scope("22", "commune", "2024-12M", simulated=True)
    behind = disputes_behind(warehouse, scope).filter(rate="on_time_rate", definition="received")
    expected = behind["unit_code"].n_unique()
    source = "22~commune~2024-12M~on_time_rate~received"
    screen = open_page("overview", source=source, unit="22", period="2024-12M")
    names = [row["Đơn vị"] for row in screen.cells(len(screen.tables) - 1)]
    assert expected > 0
    assert [name.endswith(" ⚠") for name in names] == [at < expected for at in range(100)]


def shares(screen: Screen) -> list[str]:
    return [row["Phần được tính"] for row in screen.cells(len(screen.tables) - 1)]


CARRIED = "{unit}~commune~2024-12M~on_time_rate~received"
UNION, SPLIT = "06658@2025-07-01", "06661@2025-07-01"


def test_a_carried_number_lists_its_former_units(open_page: Open, warehouse: Warehouse) -> None:
    figure = Figure(UNION, "commune", "2024-12M", "", "on_time_rate", "received", simulated=True, boundary="now")
    parts = source_heritage(warehouse, figure)
    percent = 100 * parts["numerator"].sum() / parts["denominator"].sum()
    screen = open_page("ranking", source=CARRIED.format(unit=UNION), unit="22", period="2024-12M", map="now")
    assert screen.tiles()["Số quy về đơn vị hiện nay"][0] == f"{percent:.2f}\u00a0%".replace(".", ",")
    assert shares(screen) == ["toàn bộ"] * parts.height
    assert len(shares(screen)) > 1


def test_an_estimate_says_so_and_a_split_unit_has_no_figure(open_page: Open) -> None:
    asked = {"source": CARRIED.format(unit=SPLIT), "unit": "22", "period": "2024-12M"}
    estimated = open_page("profile", map="estimated", **asked)
    assert any(warning.value.startswith("Đây là số ước tính") for warning in estimated.test.warning)
    assert {share[0] for share in shares(estimated)} == {"○", "t"}
    now = open_page("profile", map="now", **asked)
    assert now.tiles()["Số quy về đơn vị hiện nay"][0] == "–"
    assert "Không có số: đơn vị cũ bị chia tách." in [info.value for info in now.test.info]
    assert set(shares(now)) == {"toàn bộ", "một phần, không rõ bao nhiêu"}


def test_a_quarter_alone_is_the_difference_of_two_periods(open_page: Open) -> None:
    code = "193~district~2024-Q2~disbursement_rate~own_rows~discrete"
    screen = open_page("explore", source=code, unit="193", period="2024-6M", view="rates", counting="discrete")
    assert "Số riêng của quý" in screen.tiles()
    cells = screen.cells(len(screen.tables) - 1)
    assert [row["Kỳ"] for row in cells] == ["6 tháng 2024", "Quý I/2024"]


@pytest.mark.parametrize(
    "code",
    [
        "477",
        "477~district~2024-6M",
        "99999~district~2024-6M~plan_tasks",
        "477~ward~2024-6M~plan_tasks",
        "477~district~2024~plan_tasks",
        "477~district~2024-6M~no_such",
        "477~district~2024-6M~on_time_rate~no_such",
        "477~district~2024-6M~on_time_rate~resolved~more",
        "~~~",
        "'; DROP TABLE fact; --",
    ],
)
def test_a_bad_code_opens_nothing(open_page: Open, code: str) -> None:
    screen = open_page("overview", source=code, **REAL)
    assert screen.texts() == open_page("overview", **REAL).texts()


def test_the_card_of_a_sum_says_that_it_is_an_estimate(open_page: Open) -> None:
    """Huyện Tiên Yên on today's map holds shares of three split communes."""
    card = {
        "unit": "199",
        "period": "2024-12M",
        "level": "commune",
        "source": "199~commune~2024-12M~on_time_rate~received",
    }
    said = "Đây là số ước tính: có đơn vị cũ bị chia tách, số của đơn vị ấy được chia đều cho các đơn vị mới."
    assert said in [one.value for one in open_page("overview", map="estimated", **card).test.warning]
    assert said not in [one.value for one in open_page("overview", map="now", **card).test.warning]
