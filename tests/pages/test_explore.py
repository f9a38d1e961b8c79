"""The explore page: any mix of units and periods, laid out as asked, counted before it is downloaded."""

import re
from collections.abc import Callable

import pytest
from screen import Screen

from pages.kit.tables import ROW_PIXELS, WRAPPED_ROW_PIXELS
from pages.kit.words import Words, all_words
from warehouse import answers
from warehouse.answers import RowFilter, reporting
from warehouse.answers.explore import FigureFilter, RateFilter, figures_count, rate_figures_count
from warehouse.exports.caveats import REASONS
from warehouse.store import Warehouse

Open = Callable[..., Screen]

REAL = {"unit": "399", "period": "2024-6M"}
PHONE_PIXELS = 358  # of 390, between the margins


def test_the_old_address_leads_to_the_same_page(open_page: Open) -> None:
    assert open_page("table", **REAL).texts() == open_page("explore", **REAL).texts()


def test_units_are_chosen_with_all_below_or_alone(open_page: Open) -> None:
    screen = open_page("explore", units="399,477!,99999,'", **REAL)
    chosen = [button.label for button in screen.test.button if str(button.key).startswith("scope-")]
    assert chosen == ["và mọi đơn vị bên dưới", "chỉ đơn vị này"]
    assert "**Huyện Quảng Điền, Thành phố Huế**" in screen.paragraphs
    assert "308 dòng từ 3 báo cáo" in screen.paragraphs  # 161 of two communes, 147 of the district


def test_a_chosen_unit_is_switched_and_removed(open_page: Open) -> None:
    screen = open_page("explore", units="399,477", page="2", **REAL)
    screen.test.button(key="scope-399").click()
    screen.run()
    assert screen.address == {**REAL, "units": "399!,477"}
    assert "147 dòng từ 1 báo cáo" in screen.paragraphs
    screen.test.button(key="remove-477").click()
    screen.run()
    assert screen.address == {**REAL, "units": "399!"}
    assert [info.value for info in screen.test.info] == [
        "Không có dòng nào khớp bộ lọc. Thử “Mọi kỳ” hoặc bỏ bớt điều kiện lọc."
    ]
    screen.test.button(key="remove-399").click()
    screen.run()
    assert screen.address == REAL
    assert screen.captions[0] == "Đang lấy Huyện Hoằng Hóa và mọi đơn vị bên dưới."


def test_a_unit_is_found_without_accents_and_added(open_page: Open) -> None:
    screen = open_page("explore", units="15919!", **REAL)
    screen.test.text_input(key="explore-search").set_value("quang dien")
    screen.run()
    screen.test.button(key="add-477").click()
    screen.run()
    assert screen.address == {**REAL, "units": "15919!,477"}
    assert screen.test.text_input(key="explore-search").value == ""


def test_some_periods_are_chosen_together(open_page: Open) -> None:
    screen = open_page(
        "explore",
        unit="193",
        period="2024-12M",
        scope="some",
        periods="2023-6M,2024-6M,2099-6M",
        indicators="plan_tasks",
    )
    assert screen.widget("periods").value == ["2024-6M", "2023-6M"]
    assert {row["Kỳ"] for row in screen.cells()} == {"6 tháng 2023", "6 tháng 2024"}


def test_figures_a_row_each(open_page: Open) -> None:
    cells = open_page("explore", view="figures", indicators="plan_tasks,plan_tasks_done", **REAL).cells()
    assert [(row["Đơn vị"], row["Giá trị"], row["Đơn vị tính"], row["Vị trí"]) for row in cells] == [
        ("Xã Hoằng Đức", "20", "nhiệm vụ", "Phụ lục 01b, dòng 103"),
        ("Xã Hoằng Đức", "20", "nhiệm vụ", "Phụ lục 01b, dòng 104"),
        ("Xã Hoằng Hợp", "21", "nhiệm vụ", "Phụ lục 01b, dòng 103"),
        ("Xã Hoằng Hợp", "14", "nhiệm vụ", "Phụ lục 01b, dòng 104"),
    ]


def test_rates_a_row_each(open_page: Open) -> None:
    screen = open_page("explore", view="rates", rates="on_time_rate", definitions="received", **REAL)
    assert screen.widget("definitions").value == ["received"]
    assert [(row["Đơn vị"], row["Tỷ lệ"], row["Tử số"], row["Mẫu số"]) for row in screen.cells()] == [
        ("Xã Hoằng Đức", "87,50\u00a0%", "700", "800"),
        ("Xã Hoằng Hợp", "99,68\u00a0%", "1.230", "1.234"),
    ]


def test_definitions_are_offered_for_one_rate_only(open_page: Open) -> None:
    assert not open_page("explore", view="rates", **REAL).shows("definitions")
    assert not open_page("explore", view="rates", rates="on_time_rate,online_rate", **REAL).shows("definitions")


def test_periods_as_columns(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page(
        "explore", unit="193", view="rates", rates="on_time_rate", levels="district", layout="periods", scope="all"
    )
    wanted = RateFilter("193", levels=("district",), rates=("on_time_rate",), simulated=True, layout="periods")
    counted = rate_figures_count(warehouse, wanted).row(0, named=True)
    (row,) = screen.cells()
    assert f"1 dòng từ {counted['reports']} báo cáo" in screen.paragraphs
    assert list(row)[:3] == ["Đơn vị", "Cấp", "Chỉ tiêu hoặc tỷ lệ"]
    assert len(row) == 3 + len(counted["heads"]) + 1 == 21
    assert row["Năm 2024"].endswith("\u00a0%")


def test_indicators_as_columns(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("explore", view="figures", layout="indicators", themes="procedures", lang="en", **REAL)
    wanted = FigureFilter("399", periods=("2024-6M",), themes=("procedures",), simulated=False, layout="indicators")
    counted = figures_count(warehouse, wanted).row(0, named=True)
    assert counted["rows"] == len(screen.cells()) == 2
    assert {row["Dossiers received"] for row in screen.cells()} == {"800", "1,234"}
    assert len(screen.cells()[0]) == 3 + len(counted["heads"]) + 1


def test_what_is_printed_for_the_tier_below_is_off_until_asked(open_page: Open) -> None:
    alone = open_page("explore", view="figures", statuses="reported", unit="477", period="2024-6M")
    assert "Việc của ai" not in alone.cells()[0]
    both = open_page(
        "explore", view="figures", others="yes", levels="commune", scope="all", unit="22", period="2024-12M", page="1"
    )
    assert both.widget("others").value is True
    assert {row["Việc của ai"] for row in both.cells()} <= {"Việc của chính đơn vị", "In hộ cấp dưới"}
    below = open_page("explore", view="figures", others="yes", levels="commune", unit="477", period="2024-6M")
    assert {row["Việc của ai"] for row in below.cells()} == {"In hộ cấp dưới"}


@pytest.mark.parametrize(
    ("units", "data", "notes"),
    [
        (
            "399",
            "",
            ["Các đơn vị đã chọn có báo cáo thật: bảng dưới đây là báo cáo thật, không phải dữ liệu mô phỏng."],
        ),
        ("193", "", []),
        ("399,193", "", []),
        (
            "399,193",
            "real",
            ["Các đơn vị đã chọn có báo cáo thật: bảng dưới đây là báo cáo thật, không phải dữ liệu mô phỏng."],
        ),
    ],
)
def test_the_world_of_the_chosen_units_is_said(open_page: Open, units: str, data: str, notes: list[str]) -> None:
    screen = open_page("explore", unit="22", period="2024-6M", units=units, data=data)
    assert [info.value for info in screen.test.info] == notes
    shown = {row["Dữ liệu"] for row in screen.cells()}
    assert shown == ({"báo cáo thật"} if notes else {"mô phỏng"})


def test_both_worlds_side_by_side_are_marked(open_page: Open) -> None:
    screen = open_page("explore", unit="22", period="2024-6M", units="399,193", data="both", indicators="plan_tasks")
    assert {row["Dữ liệu"] for row in screen.cells()} == {"báo cáo thật", "mô phỏng"}
    assert len(screen.test.info) == 1


def test_rates_follow_the_boundary_of_the_filter_bar(open_page: Open, warehouse: Warehouse) -> None:
    asked = {"unit": "22", "period": "2024-12M", "view": "rates", "rates": "on_time_rate", "levels": "commune"}
    shown = {map_: open_page("explore", map=map_, **asked) for map_ in ("then", "now", "estimated")}
    assert "Cách có số liệu" not in shown["then"].cells()[0]
    assert {row["Đơn vị"] for row in shown["then"].cells()} != {row["Đơn vị"] for row in shown["now"].cells()}
    how = {map_: {row["Cách có số liệu"] for row in shown[map_].cells()} for map_ in ("now", "estimated")}
    missing = "Không có số: đơn vị cũ bị chia tách"
    assert (missing in how["now"], "○ ước tính" in how["now"]) == (True, False)
    assert (missing in how["estimated"], "○ ước tính" in how["estimated"]) == (False, True)
    wanted = RateFilter("22", (), (), ("2024-12M",), ("commune",), ("on_time_rate",), simulated=True, boundary="now")
    counted = rate_figures_count(warehouse, wanted).row(0, named=True)
    assert f"{counted['rows']} dòng của {counted['units']} đơn vị" in shown["now"].paragraphs
    wide = open_page("explore", map="estimated", layout="periods", **asked)
    assert {row["Ước tính"] for row in wide.cells()} >= {"", "○ Năm 2024"}


def test_quarters_stand_for_the_period_they_are_in(open_page: Open) -> None:
    asked = {"unit": "193", "period": "2024-6M", "view": "figures", "indicators": "dossiers_received"}
    screen = open_page("explore", counting="discrete", **asked)
    assert screen.widget("counting").value == "discrete"
    assert not screen.shows("others")
    assert {row["Kỳ"] for row in screen.cells()} <= {"Quý I/2024", "Quý II/2024"}
    assert {row["Cách có số liệu"] for row in screen.cells()} >= {"hiệu hai kỳ lũy kế"}


def test_a_file_gives_the_reasons_that_the_page_gives() -> None:
    told = {problem: all_words()[f"problem.{problem}"] for problem in REASONS}
    assert told == REASONS


def test_the_count_and_the_formats_stand_before_the_download(open_page: Open) -> None:
    rows = open_page("explore", **REAL)
    labels = [button.label for button in rows.test.get("download_button")]
    assert [label.split(" · ")[0] for label in labels[:3]] == ["XLSX", "CSV", "PARQUET"]
    assert "**Tải 161 dòng**" in rows.paragraphs
    rates = open_page("explore", view="rates", **REAL)
    labels = [button.label for button in rates.test.get("download_button")]
    assert [label.split(" · ")[0] for label in labels[:5]] == [
        "XLSX",
        "CSV",
        "PARQUET",
        "SDMX-CSV 2.0",
        "Cấu trúc SDMX",
    ]
    assert labels[5].startswith("Tải tệp (")


def test_the_version_file_is_attached_by_its_name(open_page: Open, warehouse: Warehouse) -> None:
    (code,) = open_page("explore", **REAL).test.code
    assert code.value.startswith(f"ATTACH '{warehouse.path.name}' AS cchc (READ_ONLY);")


@pytest.mark.parametrize("page", ["explore", "quality", "ranking"])
def test_a_table_names_its_styler(open_page: Open, page: str) -> None:
    """Without a name the browser leaves the styler aside and shows bare numbers: 3808 and 99.4."""
    tables = open_page(page, **REAL).test.dataframe
    assert all(table.proto.arrow_data.styler.uuid for table in tables)


def test_no_period_chosen_says_that_it_means_all_of_them(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("explore", scope="some", **REAL)
    periods = reporting.data_periods(warehouse, REAL["unit"], simulated=False)["period"].to_list()
    assert f"Chưa chọn kỳ nào: đang lấy cả {len(periods)} kỳ có báo cáo." in screen.captions
    assert {row["Kỳ"] for row in screen.cells()} <= {Words("vi").period(code) for code in periods}


def test_a_year_is_every_period_of_it(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("explore", unit="22", period="2025-12M", scope="2024")
    assert "Mọi kỳ của năm 2024" in screen.texts()  # not the year's figures: its quarters stand there too
    reported = [
        code for code in reporting.data_periods(warehouse, "22", simulated=True)["period"] if code[:4] == "2024"
    ]
    rows = answers.rows_count(warehouse, RowFilter("22", tuple(reported), simulated=True)).row(0, named=True)
    number = Words("vi").numbers.number
    assert f"{number(rows['rows'])} dòng từ {number(rows['reports'])} báo cáo" in screen.paragraphs
    labels = [button.label for button in screen.test.get("download_button")]
    assert labels[0] == f"XLSX · {number(rows['rows'])} dòng"


def test_unit_and_period_stand_in_every_table_of_rows(open_page: Open) -> None:
    assert list(open_page("explore", units="477!", **REAL).cells()[0])[:3] == ["Đơn vị", "Kỳ", "Phụ lục"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("view", ["rows", "figures", "rates"])
@pytest.mark.parametrize("place", [REAL, {"unit": "06661", "period": "2024-12M"}])
def test_places_are_said_in_words(open_page: Open, view: str, language: str, place: dict[str, str]) -> None:
    screen = open_page("explore", view=view, lang=language, **place)
    screen.click_cell(0, {"vi": "Đơn vị", "en": "Unit"}[language])
    cells = [text for number in range(len(screen.tables)) for row in screen.cells(number) for text in row.values()]
    coded = re.compile(r"\b(row|line|paragraph|page|sheet|table):")
    assert [text for text in (*cells, *screen.texts()) if coded.search(text)] == []


def test_long_labels_are_read_whole(open_page: Open) -> None:
    heights = {
        layout: open_page("explore", view="figures", layout=layout, **REAL).tables[0].proto.row_height
        for layout in ("long", "periods", "indicators")
    }
    assert heights == {"long": WRAPPED_ROW_PIXELS, "periods": WRAPPED_ROW_PIXELS, "indicators": ROW_PIXELS}
    assert open_page("explore", **REAL).tables[0].proto.row_height == WRAPPED_ROW_PIXELS


def test_what_does_not_filter_and_what_sorts_a_page_is_said(open_page: Open) -> None:
    sorts = "Bấm vào tiêu đề cột chỉ sắp xếp các dòng của trang này; muốn sắp xếp toàn bộ thì tải tệp bên dưới."
    levels = "Đang lấy mọi cấp: ô “Cấp thực hiện” ở đầu trang không lọc bảng này, muốn lọc thì chọn cấp ở đây."
    every = open_page("explore", **REAL).captions
    assert levels in every
    assert f"Dòng 1–50 trên 161. {sorts}" in every
    one = open_page("explore", levels="district", unit="477", period="2024-6M", statuses="formula").captions
    assert levels not in one
    assert [text for text in one if sorts in text] == []


@pytest.mark.parametrize(
    ("address", "headings"),
    [
        ({}, ["Đơn vị", "Chỉ tiêu", "Giá trị"]),
        ({"view": "figures"}, ["Đơn vị", "Chỉ tiêu", "Giá trị"]),
        ({"view": "rates"}, ["Đơn vị", "Chỉ tiêu", "Tỷ lệ"]),
        ({"view": "rates", "layout": "periods"}, ["Đơn vị", "Chỉ tiêu", "6 tháng 2024"]),
    ],
)
def test_a_phone_shows_what_a_number_is_and_the_number_without_scrolling(
    open_page: Open, address: dict[str, str], headings: list[str]
) -> None:
    screen = open_page("explore", **REAL, **address)
    assert list(screen.cells(narrow=True)[0]) == headings
    widths = screen.phone_widths()
    assert list(widths) == headings
    assert sum(widths.values()) <= PHONE_PIXELS


def test_a_phone_says_the_period_where_there_are_several(open_page: Open) -> None:
    screen = open_page("explore", unit="477", view="figures", scope="all")
    assert list(screen.phone_widths()) == ["Đơn vị", "Kỳ", "Chỉ tiêu", "Giá trị"]
    assert sum(screen.phone_widths().values()) <= PHONE_PIXELS
