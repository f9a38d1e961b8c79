"""The whole app in a real browser: the server as users start it, clicks, downloads, the back button, a phone."""

import io
import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from pages.kit.page_list import PAGES
from pages.kit.tables import WRAPPED_ROW_PIXELS
from tests.serving import CHROMIUM, serving
from warehouse import answers
from warehouse.answers import RowFilter, Scope, drill, ranks
from warehouse.answers.comparison import compare
from warehouse.store import Warehouse

ANSWER_MILLISECONDS = 45_000  # a busy machine took more than fifteen seconds for a first page

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
Page, expect = playwright.Page, playwright.expect
expect.set_options(timeout=ANSWER_MILLISECONDS)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def server(reports_directory: Path, browser: "playwright.Browser") -> Iterator[str]:
    """One server for the module, which has had its first visitor."""
    with serving(reports_directory) as address:
        first = browser.new_page()
        first.goto(address)
        settle(first)
        first.close()
        yield address


@pytest.fixture
def open_at(server: str, browser: "playwright.Browser") -> Iterator[Callable[..., "Page"]]:
    """Open an address of the dashboard; at the end, nothing went elsewhere and nothing failed in the browser."""
    requests: list[str] = []
    complaints: list[str] = []
    context = browser.new_context(locale="vi-VN", viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(ANSWER_MILLISECONDS)
    context.on("request", lambda request: requests.append(request.url))
    context.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda message: complaints.extend(_complaint(message)))

    def opened(address: str, width: int = 1300) -> "Page":
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 1000})
        page.goto(server + address)
        settle(page)
        return page

    yield opened
    context.close()
    assert [
        url for url in requests if not url.startswith((server, server.replace("http", "ws"), "blob:", "data:"))
    ] == []
    assert complaints == []


def _complaint(message: "playwright.ConsoleMessage") -> list[str]:
    """An error on the console; Streamlit asks for its endpoints below the page's own path first, which is a 404."""
    if message.type != "error" or "_stcore" in message.location["url"]:
        return []
    return [f"{message.text} ({message.location['url']})"]


def settle(page: "Page") -> None:
    """Wait until the page's run is over and its frame is drawn."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.locator(".st-key-menu a").nth(len(PAGES) - 1).wait_for()


def cell(page: "Page", row: int, column: int = 0) -> "playwright.Locator":
    """A cell of the first table, in the copy of it that screen readers get (rows count from 0)."""
    return page.locator('[data-testid="stDataFrame"]').first.locator(f"#glide-cell-{column}-{row}")


def click_cell(page: "Page", row: int, high: int = 35) -> None:
    """Click a cell of the first column; the table is drawn on a canvas, its rows so many pixels high."""
    cell(page, row).wait_for(state="attached")
    drawn = page.locator('[data-testid="stDataFrame"] .dvn-scroller').first
    drawn.click(position={"x": 60, "y": 35 + high * row + 17})


def click_point(page: "Page", number: int, mark: str = "g.points path.point") -> None:
    """Click a dot of the chart: a layer above it takes the mouse, and a click counts where the mouse hovers."""
    point = page.locator(mark).nth(number)
    point.scroll_into_view_if_needed()
    page.wait_for_function(STANDS_STILL, arg=point.element_handle())
    box = point.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator("g.hoverlayer g.hovertext").wait_for()
    page.mouse.down()
    page.mouse.up()


# The layout moves while fonts and the table beside it arrive.
STANDS_STILL = """
async element => {
    const frame = () => new Promise(requestAnimationFrame);
    const place = () => JSON.stringify(element.getBoundingClientRect());
    const before = place();
    for (let passed = 0; passed < 12; passed++) await frame();
    return element.isConnected && place() === before;
}
"""


def expect_heading(page: "Page", text: str) -> None:
    """The page has this heading, and no other is left from the run before."""
    expect(page.get_by_role("heading", level=3, name=text, exact=True)).to_be_visible()
    expect(page.locator("h3")).to_have_count(1)


def at(unit: str) -> re.Pattern[str]:
    return re.compile(rf"[?&]unit={unit}(&|$)")


def test_the_first_visitor_of_a_server_may_follow_a_link(
    reports_directory: Path, browser: "playwright.Browser"
) -> None:
    with serving(reports_directory) as address:
        page = browser.new_page()
        page.goto(f"{address}/drilldown?unit=399&period=2024-6M")
        page.locator("h3").wait_for()
        settle(page)
        dialogs = page.get_by_role("dialog").all_inner_texts()
        page.close()
    assert dialogs == []


def test_drilling_from_the_province_to_a_commune_and_back(open_at: Callable[..., "Page"], warehouse: Warehouse) -> None:
    districts = drill.drilldown(warehouse, Scope("22", "commune", "2024-12M", True), "on_time_rate", "received")
    best = districts.sort("percent", "name", descending=[True, False]).row(0, named=True)
    scope = Scope(best["unit_code"], "commune", "2024-12M", True)
    communes = drill.drilldown(warehouse, scope, "on_time_rate", "received")
    commune = communes.sort("percent", descending=True, nulls_last=True, maintain_order=True).row(1, named=True)

    page = open_at("/drilldown?unit=22&period=2024-12M")
    expect_heading(page, "Tỉnh Quảng Ninh: 13 đơn vị bên dưới")
    expect(cell(page, 0)).to_contain_text(best["name"])  # and a ⚠ where a report contradicts itself
    click_cell(page, 0)
    expect(page).to_have_url(at(best["unit_code"]))
    expect_heading(page, f"{best['name']}: {communes.height} đơn vị bên dưới")

    expect(cell(page, 1)).to_contain_text(commune["name"])
    click_cell(page, 1)
    expect(page).to_have_url(at(commune["unit_code"]))
    expect(page.get_by_text(f"{commune['name']} là đơn vị cấp xã, không còn cấp dưới.")).to_be_visible()

    page.get_by_role("button", name=f"{best['name']} ›").click()
    expect_heading(page, f"{best['name']}: {communes.height} đơn vị bên dưới")
    page.get_by_role("button", name="Tỉnh Quảng Ninh ›").click()
    expect_heading(page, "Tỉnh Quảng Ninh: 13 đơn vị bên dưới")


def test_a_box_of_the_icicle_and_a_former_district_lead_down(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/drilldown?unit=22&period=2025-12M&former=1&view=icicle")
    expect_heading(page, "Tỉnh Quảng Ninh: 13 đơn vị bên dưới")
    largest = page.locator("g.slice", has_text="Thành phố Đông Triều").locator("path.surface").first
    largest.scroll_into_view_if_needed()
    largest.click()
    expect(page).to_have_url(at("205"))
    expect(page).to_have_url(re.compile("[?&]map=now(&|$)"))
    expect_heading(page, "Thành phố Đông Triều: 5 đơn vị bên dưới")
    page.get_by_role("button", name="Tỉnh Quảng Ninh ›").click()
    expect_heading(page, "Tỉnh Quảng Ninh: 13 đơn vị bên dưới")


def test_a_tile_leads_to_its_province(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/drilldown?unit=VN&world=simulated&period=2024-12M&view=tiles")
    expect_heading(page, "Cả nước: 63 đơn vị bên dưới")
    click_point(page, 0, "g.trace.bars .point path")  # the tiles with a figure are drawn first
    expect(page).to_have_url(at("22"))
    expect_heading(page, "Tỉnh Quảng Ninh: 13 đơn vị bên dưới")


RANKING = "Tỷ lệ hồ sơ giải quyết đúng hạn của các đơn vị cấp xã {}"


def test_the_back_button_returns_to_the_view_before(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/ranking?unit=22&period=2024-12M")
    expect_heading(page, RANKING.format("thuộc Tỉnh Quảng Ninh, năm 2024"))
    page.get_by_role("button", name="Cả nước ›").click()
    expect_heading(page, RANKING.format("trên cả nước, 6 tháng 2024"))
    page.get_by_role("link", name="Tổng quan").click()
    expect_heading(page, "Cả nước · 6 tháng 2024 · Cấp xã")
    page.go_back()
    expect_heading(page, RANKING.format("trên cả nước, 6 tháng 2024"))
    page.go_back()
    expect(page).to_have_url(at("22"))
    expect_heading(page, RANKING.format("thuộc Tỉnh Quảng Ninh, năm 2024"))
    page.go_forward()
    expect_heading(page, RANKING.format("trên cả nước, 6 tháng 2024"))


@pytest.mark.parametrize("address", ["/", "/overview", "/ranking?unit=399&period=2099-Q9"])
def test_the_back_button_leaves_a_page_that_was_only_looked_at(open_at: Callable[..., "Page"], address: str) -> None:
    page = open_at(address)
    page.locator("h3").wait_for()
    settle(page)
    page.go_back()
    expect(page).to_have_url("about:blank")


def test_the_language_changes_every_word_and_stays(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/overview?unit=399&period=2024-6M")
    expect_heading(page, "Huyện Hoằng Hóa · 6 tháng 2024 · Cấp xã")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("94,89\u00a0%")
    page.get_by_text("English", exact=True).click()
    expect_heading(page, "Huyện Hoằng Hóa · 6 months 2024 · Commune")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("94.89\u00a0%")
    expect(page).to_have_url(re.compile("[?&]lang=en"))
    page.get_by_role("link", name="Ranking", exact=True).click()
    expect_heading(page, "On-time resolution rate of commune-level units within Huyện Hoằng Hóa, 6 months 2024")
    expect(page).to_have_url(re.compile(r"/ranking\?.*lang=en"))
    expect(cell(page, 0, 0)).to_have_text("Xã Hoằng Hợp")


def test_a_unit_is_found_without_accents(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/overview")
    search = page.get_by_label("Tìm đơn vị")
    search.fill("quang dien")
    search.press("Enter")
    page.get_by_role("button", name="Huyện Quảng Điền").click()
    expect(page).to_have_url(at("477"))
    expect_heading(page, "Huyện Quảng Điền · 6 tháng 2024 · Cấp huyện")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("99,62\u00a0%")


def test_downloads_hold_what_the_filter_finds(open_at: Callable[..., "Page"], warehouse: Warehouse) -> None:
    expected = answers.rows(warehouse, RowFilter("399", ("2024-6M",), simulated=False), limit=1000)
    page = open_at("/explore?unit=399&period=2024-6M")
    expect(page.get_by_text("161 dòng từ 2 báo cáo")).to_be_visible()
    assert expected.height == 161

    name, content = download(page, "CSV")
    assert name == "cchc_399_2024-6M.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    shown = pl.read_csv(io.BytesIO(content), infer_schema=False)
    assert shown.drop("name").columns == expected.columns
    # What a spreadsheet would run as a formula gets an apostrophe in front.
    assert expected["raw_value"].to_list().count("=1+1") == 1
    printed = expected["raw_value"].replace("=1+1", "'=1+1")
    assert shown["raw_value"].to_list() == printed.to_list()
    for column in ("label", "unit_code", "annex", "place", "file_name"):
        assert shown[column].to_list() == expected[column].to_list()
    assert shown["value"].cast(pl.Float64).to_list() == expected["value"].to_list()

    name, content = download(page, "XLSX")
    assert name == "cchc_399_2024-6M.xlsx"
    book = fastexcel.read_excel(content)
    assert book.sheet_names == ["Số liệu", "Định nghĩa", "Các cột", "Lưu ý", "Nguồn"]
    figures = book.load_sheet("Số liệu").to_polars()
    headings = {"label": "Chỉ tiêu như in", "raw_value": "Ghi trong báo cáo", "place": "Vị trí trong tệp"}
    lines = expected.with_columns(pl.col("place").str.replace("line:", "dòng ", literal=True))
    for column, heading in headings.items():
        assert figures[heading].cast(pl.String).to_list() == lines[column].to_list()
    assert figures["Giá trị"].to_list() == expected["value"].to_list()
    sources = book.load_sheet("Nguồn").to_polars()
    assert sources.select("Tệp báo cáo", "Số dòng lấy từ báo cáo").rows() == [
        ("hoang-duc_2024-6M.docx", 81),
        ("hoang-hop_2024-6M.docx", 80),
    ]


def test_a_click_marks_a_unit_of_the_ranking_and_its_file_is_what_is_shown(
    open_at: Callable[..., "Page"], warehouse: Warehouse
) -> None:
    scope = Scope("22", "commune", "2024-12M", simulated=True)
    compared = compare(warehouse, scope, "on_time_rate", "received", 0)
    page = open_at("/ranking?unit=22&period=2024-12M")
    page.locator('[data-testid="stDataFrame"] .dvn-scroller').first.click(position={"x": 60, "y": 88})  # the second row
    marked = compared.row(1, named=True)
    expect(page).to_have_url(re.compile(f"focus={marked['unit_code']}"))
    expect(page.locator(".st-key-ranking-focus")).to_contain_text(f"{marked['name']}: ")

    name, content = download(page, "XLSX")
    assert name == "cchc_on_time_rate_22_2024-12M.xlsx"
    book = fastexcel.read_excel(content)
    assert book.sheet_names == ["Xếp hạng", "Định nghĩa và lưu ý", "Không xếp hạng", "Các cột"]
    figures = book.load_sheet("Xếp hạng").to_polars()
    fields = {heading: field for _, heading, field, _ in book.load_sheet("Các cột").to_polars().rows()}
    figures = figures.rename({heading: fields[heading] for heading in figures.columns})
    for column in ("unit_code", "rank_best", "rank_worst", "percent"):
        assert figures[column].to_list() == compared[column].cast(figures[column].dtype).to_list()
    assert figures["standing"].unique().sort().to_list() == [
        "cao hơn mức chung",
        "không phân biệt được với mức chung",
        "thấp hơn hẳn mức chung",
        "thấp hơn mức chung",
    ]
    about = book.load_sheet("Định nghĩa và lưu ý").to_polars()
    assert about.filter(pl.col("Mục") == "Kỳ báo cáo")["Nội dung"].to_list() == ["Năm 2024"]
    assert any("Spiegelhalter 2005" in text for text in about.filter(pl.col("Mục") == "Cách tính")["Nội dung"])

    page.get_by_role("link", name="Xem diễn biến").click()
    expect(page).to_have_url(re.compile(rf"/trends\?unit={marked['unit_code']}&period=2024-12M$"))


def test_a_sum_leads_to_the_rows_of_each_of_its_units(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/drilldown?unit=399&period=2024-6M&source=399~commune~2024-6M~on_time_rate~received")
    card = page.get_by_role("dialog")
    expect(card.get_by_text("Bấm vào một đơn vị để xem số liệu ấy")).to_be_visible()
    card.locator('[data-testid="stDataFrame"] .dvn-scroller').first.click(position={"x": 60, "y": 52})
    expect(page).to_have_url(
        re.compile(r"source=15\d{3}(~|%7E)commune(~|%7E)2024-6M(~|%7E)on_time_rate(~|%7E)received")
    )
    expect(card.get_by_text("Dòng in trong báo cáo")).to_be_visible()


def test_a_click_on_a_number_shows_its_source_and_the_link_keeps_it(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/explore?unit=399&period=2024-6M&view=rates&rates=on_time_rate")
    click_cell(page, 1, WRAPPED_ROW_PIXELS)
    card = page.get_by_role("dialog")
    expect(card.get_by_text("Nguồn của số liệu")).to_be_visible()
    expect(card.get_by_test_id("stMetricValue").nth(1)).to_have_text("99,68\u00a0%")
    expect(page).to_have_url(re.compile(r"source=15919(~|%7E)commune(~|%7E)2024-6M(~|%7E)on_time_rate(~|%7E)received"))
    linked = open_at(page.url.removeprefix(page.url.split("/explore")[0]))
    expect(linked.get_by_role("dialog").get_by_test_id("stMetricValue").nth(1)).to_have_text("99,68\u00a0%")
    linked.close()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(page).not_to_have_url(re.compile("source="))
    click_cell(page, 0)
    expect(card.get_by_test_id("stMetricValue").nth(1)).to_have_text("87,50\u00a0%")


@pytest.mark.parametrize(
    ("address", "right", "row", "code"),
    [
        ("/overview?unit=22&period=2024-12M", 205, 0, "~commune~2024-12M~on_time_rate~received"),
        ("/ranking?unit=22&period=2024-12M", 205, 0, "~commune~2024-12M~on_time_rate~received"),
        ("/drilldown?unit=193&period=2024-12M", 200, 0, "~commune~2024-12M~on_time_rate~received"),
        ("/profile?unit=15919&period=2024-6M", 60, 0, "15919~commune~2024-6M~on_time_rate~received"),
        ("/quality?unit=399&period=2024-6M&report={report}", 60, 2, "15919~commune~2024-6M~{indicator}~printed"),
    ],
)
def test_a_number_of_any_page_opens_its_source(
    open_at: Callable[..., "Page"], warehouse: Warehouse, address: str, right: int, row: int, code: str
) -> None:
    report = answers.held_reports(warehouse).filter(pl.col("unit_code") == "15919")["report_id"][0]
    indicator = answers.report_rows(warehouse, report)["indicator"][row]
    page = open_at(address.format(report=report))
    cell(page, row).wait_for(state="attached")
    drawn = page.locator('[data-testid="stDataFrame"] .dvn-scroller').first
    drawn.click(position={"x": right, "y": 35 * (row + 1) + 17})
    expect(page.get_by_role("dialog").get_by_text("Nguồn của số liệu")).to_be_visible()
    expect(page).to_have_url(re.compile("source=.*" + code.format(indicator=indicator).replace("~", "(~|%7E)")))


def test_a_press_on_a_heading_only_sorts(open_at: Callable[..., "Page"], warehouse: Warehouse) -> None:
    found = compare(warehouse, Scope("22", "commune", "2024-12M", True), "on_time_rate", "received", 0)
    page = open_at("/ranking?unit=22&period=2024-12M&level=commune")
    cell(page, 0).wait_for(state="attached")
    first = cell(page, 0).inner_text()
    drawn = page.locator('[data-testid="stDataFrame"] .dvn-scroller').first
    box = drawn.bounding_box()
    assert box
    page.mouse.click(box["x"] + 200, box["y"] + 17)  # the rate: a press as short as one can be
    lowest = found.sort("percent")["name"][0]
    expect(cell(page, 0)).to_have_text(re.compile(re.escape(lowest)))
    assert first != lowest
    settle(page)
    assert "focus=" not in page.url
    click_cell(page, 0)  # a press on a cell still marks its unit
    expect(page).to_have_url(re.compile("focus=" + found.sort("percent")["unit_code"][0]))


def source_at(code: str) -> re.Pattern[str]:
    """The address at which the card of this number is open."""
    return re.compile("[?&]source=" + code.replace("~", "(~|%7E)") + "(&|$)")


def test_the_number_on_a_tile_is_what_is_clicked(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/overview?unit=22&period=2024-12M")
    number = page.get_by_test_id("stMetricValue").first
    box = number.bounding_box()
    assert box
    shown = number.inner_text()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(source_at("22~commune~2024-12M~on_time_rate~received"))
    expect(page.get_by_role("dialog").get_by_test_id("stMetricValue").first).to_have_text(shown)


def test_a_point_of_a_trend_opens_its_source(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/trends?unit=22&period=2024-12M")
    click_point(page, 1, "g.trace:has(path.js-line) path.point")  # of the line, not of the marks about some
    expect(page).to_have_url(source_at("22~commune~2022-12M~on_time_rate~received"))
    expect(page.get_by_role("dialog").get_by_text("Nguồn của số liệu")).to_be_visible()


def test_a_cell_of_the_comparison_opens_its_source_without_a_new_visit(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/compare?unit=22&period=2024-12M&set=193,194&measures=rate:on_time_rate@received")
    page.evaluate("window.sameVisit = true")
    page.locator(".comparison a.to-source").first.click()
    expect(page).to_have_url(source_at("194~commune~2024-12M~on_time_rate~received"))  # it fell, 193 rose
    expect(page.get_by_role("dialog").get_by_text("Nguồn của số liệu")).to_be_visible()
    assert page.evaluate("window.sameVisit") is True
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("source="))


def test_a_figure_of_a_unit_left_out_opens_its_source(open_at: Callable[..., "Page"], warehouse: Warehouse) -> None:
    scope = Scope("22", "commune", "2024-12M", simulated=True)
    left = ranks.left_out(warehouse, scope, "on_time_rate", "received", 500)
    small = left.filter(reason="small_denominator")["unit_code"][0]
    page = open_at("/ranking?unit=22&period=2024-12M&minimum=500")
    page.get_by_text(f"Không xếp hạng: {left.height} đơn vị").click()
    table = page.locator('[data-testid="stExpander"] [data-testid="stDataFrame"] .dvn-scroller')
    page.locator('[data-testid="stExpander"] #glide-cell-1-0').wait_for(state="attached")
    page.wait_for_function(STANDS_STILL, arg=table.element_handle())
    table.click(position={"x": 300, "y": 52})
    expect(page).to_have_url(source_at(f"{small}~commune~2024-12M~on_time_rate~received"))


def test_sdmx_is_downloaded_with_its_structure(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/explore?unit=477&period=2024-6M&view=rates")
    name, content = download(page, "SDMX-CSV 2.0")
    assert name == "cchc_477_2024-6M.sdmx.csv"
    assert content.startswith(b"STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,")
    name, content = download(page, "Cấu trúc SDMX")
    assert name == "cchc_477_2024-6M.sdmx.structure.json"
    assert b'"id": "CCHC_FIGURES"' in content


def download(page: "Page", file_format: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role(
            "button", name=re.compile(rf"^{file_format}( · .*)?$")
        ).click()  # with the count, where there is one
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_what_a_report_prints_is_shown_as_printed(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/overview?unit=15928")
    quoted = "“<script>alert(1)</script> [x](javascript:alert(1)) **b** $x$ :red[x] &lt; `c` ~~s~~”"
    expect(page.locator("li", has_text="script")).to_have_text(
        f"Nhẹ · Xã Hoằng Đức · Phụ lục 01b, dòng 181: Phụ lục 01b: {quoted} còn nguyên công thức, chưa điền số liệu."
    )
    assert page.locator("a[href^='javascript']").count() == 0


DRAWN = """
    window.drawn = new Set();
    const draw = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
        window.drawn.add(text);
        return draw.call(this, text, ...place);
    };
"""


@pytest.mark.parametrize(
    ("lang", "figures"), [("vi", {"99,68\u00a0%", "1.234", "87,50\u00a0%"}), ("en", {"99.68\u00a0%", "1,234"})]
)
def test_a_table_draws_its_numbers_in_the_language(
    server: str, browser: "playwright.Browser", lang: str, figures: set[str]
) -> None:
    page = browser.new_page()
    page.add_init_script(DRAWN)
    page.goto(f"{server}/ranking?unit=399&period=2024-6M&lang={lang}")
    cell(page, 0).wait_for(state="attached")
    page.wait_for_function("figures => figures.every(figure => window.drawn.has(figure))", arg=sorted(figures))
    page.close()


# Streamlit's own words that pages may meet: in labels, hints and titles.
ENGLISH = re.compile(
    r"\b(Help|Open|Close|Clear|Remove|Selected values|Choose|No results|Increment|Decrement|Skip to)\b"
)
CHROME = """
    [...document.querySelectorAll("body *")]
        .filter(element => !element.closest("svg, script, style"))
        .flatMap(element => [
            ...["aria-label", "title", "placeholder"].map(name => element.getAttribute(name)),
            ...[...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.nodeValue),
        ])
        .filter(Boolean)
"""


def test_the_frame_speaks_the_language_and_says_where_one_is(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/trends?unit=22&period=2024-12M&with=193,194")
    expect(page.get_by_role("figure")).to_have_attribute("aria-label", re.compile("^Biểu đồ|Tỉnh Quảng Ninh"))
    expect(page).to_have_title("Xu hướng · Cải cách hành chính")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.locator('.st-key-menu a[aria-current="page"]')).to_have_text(re.compile("Xu hướng$"))
    page.keyboard.press("Tab")
    expect(page.locator("a:focus")).to_have_text("Bỏ qua phần đầu trang")
    page.get_by_label("Đơn vị", exact=True).fill("không có")
    expect(page.get_by_text("Không tìm thấy")).to_be_visible()
    assert [text for text in page.evaluate(CHROME) if ENGLISH.search(text)] == []

    page.keyboard.press("Escape")
    page.get_by_text("English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title("Trends · Administrative reform")


def test_an_address_without_a_page_says_so(server: str, browser: "playwright.Browser") -> None:
    page = browser.new_page()
    page.goto(f"{server}/khong-co")
    expect(page.get_by_role("dialog")).to_contain_text("Không có trang này")
    expect(page.get_by_role("dialog")).to_contain_text("Trang Tổng quan được mở thay.")
    page.close()


def test_the_dark_scheme_is_chosen_once_for_all_pages(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/trends?unit=22&period=2024-12M")
    line = page.locator("g.scatterlayer path.js-line").first
    expect(line).to_have_css("stroke", "rgb(0, 114, 178)")
    page.get_by_role("button", name="Đổi giao diện sáng hoặc tối").click()
    expect(page.locator(".stApp")).to_have_css("color-scheme", "dark")
    expect(line).to_have_css("stroke", "rgb(88, 169, 226)")
    page.goto(page.url.replace("/trends", "/explore"))
    settle(page)
    expect(page.locator(".stApp")).to_have_css("color-scheme", "dark")


def test_paper_has_the_figures_and_none_of_the_buttons(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/ranking?unit=22&period=2024-12M")
    page.locator('[data-testid="stDataFrame"] canvas').first.wait_for()
    table = page.locator(".only-printed table").first
    expect(table).to_be_hidden()
    page.emulate_media(media="print")
    expect(table).to_be_visible()
    for gone in (".st-key-menu", ".st-key-tools", ".st-key-filters", ".stSelectbox", '[data-testid="stDataFrame"]'):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".st-key-brand")).to_be_visible()
    expect(page.locator(".st-key-notice")).to_be_visible()
    expect(page.get_by_text("Xếp hạng: Tỉnh Quảng Ninh · Năm 2024 · Cấp xã", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("address", "words", "tiles"),
    [
        ("/overview?unit=06691&period=2024-12M", "⚠ Báo cáo tự mâu thuẫn", 1),
        ("/overview?unit=22&period=2024-12M", "⚠ 3 báo cáo tự mâu thuẫn", 1),
    ],
)
def test_a_contradicted_number_stands_on_paper_with_its_mark(
    open_at: Callable[..., "Page"], address: str, words: str, tiles: int
) -> None:
    page = open_at(address)
    mark = page.locator(".st-key-tiles .only-printed").get_by_text(words, exact=True)
    expect(mark).to_have_count(tiles)
    expect(mark.first).to_be_hidden()
    page.emulate_media(media="print")
    for number in range(tiles):
        expect(mark.nth(number)).to_be_visible()


@pytest.mark.parametrize("name", [entry.name for entry in PAGES])
def test_a_phone_scrolls_no_page_sideways(open_at: Callable[..., "Page"], name: str) -> None:
    page = open_at(f"/{name}?unit=22&period=2024-12M", width=390)
    page.locator(CONTENT[name]).first.wait_for()
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1] == 390
    main = "document.querySelector('.stMain')"
    assert page.evaluate(f"{main}.scrollWidth - {main}.clientWidth") == 0


CONTENT = {
    "overview": '[data-testid="stMetricValue"]',
    "ranking": '[data-testid="stDataFrame"] canvas',
    "drilldown": "g.points path.point",
    "profile": '[data-testid="stDownloadButton"]',
    "trends": "g.points path.point",
    "compare": ".comparison table",
    "quality": '[data-testid="stDataFrame"] canvas',
    "explore": '[data-testid="stDownloadButton"]',
    "dictionary": '[data-testid="stDownloadButton"]',
}


def test_a_year_of_a_province_is_a_sheet_with_definitions_in_four_clicks(open_at: Callable[..., "Page"]) -> None:
    page = open_at("/")
    page.get_by_placeholder("Gõ tên").first.fill("quang ninh")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("Tỉnh Quảng Ninh")).first.click()
    expect(page).to_have_url(re.compile(r"unit=22"))
    page.get_by_role("link", name="Khai thác số liệu").click()
    expect(page).to_have_url(re.compile(r"/explore\?unit=22"))
    page.get_by_text("Mọi kỳ của năm 2022", exact=True).click()
    expect(page).to_have_url(re.compile(r"scope=2022"))
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
    with page.expect_download(timeout=120_000) as waiting:
        page.get_by_role("button", name=re.compile("^XLSX · ")).click()
    book = fastexcel.read_excel(waiting.value.path().read_bytes())
    assert book.sheet_names == ["Số liệu", "Định nghĩa", "Các cột", "Lưu ý", "Nguồn"]
    rows, used, _, _, sources = (book.load_sheet(name).to_polars() for name in book.sheet_names)
    assert {code[:4] for code in rows["Mã kỳ báo cáo"].unique()} == {"2022"}
    assert set(rows["Mã chỉ tiêu"].drop_nulls()) <= set(used["Mã chỉ tiêu"])
    assert set(rows["Mã báo cáo"]) == set(sources["Mã báo cáo"])


# The boxes of the texts in the figure that are seen, by what they say.
SEEN_NAMES = """
() => [...document.querySelectorAll('.js-plotly-plot .annotation')]
    .filter(note => getComputedStyle(note).display !== 'none')
    .map(note => note.querySelector('.annotation-text'))
    .map(text => [text.textContent, text.getBoundingClientRect()])
    .map(([text, box]) => [text, box.left, box.right, box.top, box.bottom])
"""


@pytest.mark.parametrize("width", [1400, 700, 390])
@pytest.mark.parametrize("address", ["drilldown?view=map", "ranking?view=funnel&focus=06661"])
def test_names_in_a_figure_lie_on_no_other(open_at: Callable[..., "Page"], address: str, width: int) -> None:
    page = open_at(f"/{address}&unit=22&period=2024-12M", width=width)
    page.locator(".js-plotly-plot .annotation").first.wait_for(state="attached", timeout=ANSWER_MILLISECONDS)
    page.evaluate("document.fonts.ready.then(() => true)")  # other letters take other room
    page.wait_for_function(f"({SEEN_NAMES.strip()})().length >= 4")
    names = page.evaluate(SEEN_NAMES)
    crossing = [
        (one, other)
        for (one, *a), (other, *b) in combinations(names, 2)
        if a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
    ]
    assert crossing == []
