"""The address is the view: it reproduces what is shown, survives bad values, and follows every widget."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from screen import Screen

from loaders.form import all_forms
from pages.kit.page_list import PAGES
from tests.conftest import HOANG_HOP, report_of
from warehouse import answers
from warehouse.answers import RowFilter, Scope, Subject, ranks, trends
from warehouse.model import batch_of
from warehouse.store import Warehouse
from warehouse.versions.publish import publish

Open = Callable[..., Screen]

NAMES = [entry.name for entry in PAGES]
every_page = pytest.mark.parametrize("page", NAMES)

# What each page's own widgets say when the address says something else than the default.
VIEWS: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("ranking", {"rate": "online_rate"}, {"rate": "online_rate", "definition": "all_received"}),
    ("ranking", {"level": "district", "rate": "on_time_rate"}, {"level": "district", "definition": "resolved"}),
    ("ranking", {"minimum": "500", "view": "figure"}, {"minimum": 500, "view": "figure"}),
    ("ranking", {"view": "figure", "part": "3", "order": "plain"}, {"view": "figure", "part": 3}),
    ("ranking", {"view": "funnel", "limits": "exact", "find": "ha long"}, {"view": "funnel", "find": "ha long"}),
    ("ranking", {"focus": "06709", "find": "binh"}, {"find": "binh"}),
    ("ranking", {"map": "now", "former": "193"}, {"former": "193"}),
    ("drilldown", {"rate": "plan_completion", "level": "district"}, {"rate": "plan_completion", "level": "district"}),
    ("drilldown", {"view": "map"}, {"view": "map"}),
    ("drilldown", {"sort": "dossiers"}, {"sort": "dossiers"}),
    ("drilldown", {"all": "1"}, {"all-1": True}),
    ("trends", {"what": "rate:online_rate", "spans": "6M"}, {"what": "rate:online_rate", "spans": "6M"}),
    ("trends", {"what": "indicator:dossiers_received"}, {"what": "indicator:dossiers_received"}),
    ("trends", {"with": "193,194"}, {"with": ["193", "194"]}),
    ("trends", {"counting": "discrete", "spans": "Q2"}, {"counting": "discrete", "spans": "Q2"}),
    ("trends", {"more": "rate:online_rate@all_received"}, {"more": ["rate:online_rate@all_received"]}),
    ("trends", {"with": "193,06730"}, {"with": ["193", "06730"]}),
    ("compare", {"set": "194,193,06730"}, {"set": ["193", "194", "06730"]}),
    ("compare", {"view": "panels", "periods": "all", "axis": "own"}, {"view": "panels", "periods": "all"}),
    ("compare", {"view": "heatmap", "measure": "rate:online_rate@all_received"}, {"view": "heatmap"}),
    ("compare", {"measures": "indicator:dossiers_received"}, {"measures": ["indicator:dossiers_received"]}),
    ("compare", {"sort": "rate:online_rate@all_received"}, {"sort": "rate:online_rate@all_received"}),
    ("quality", {"severity": "medium"}, {"severity": "medium"}),
    ("explore", {"scope": "all", "page": "7"}, {"scope": "all", "page": 7}),
    ("explore", {"themes": "procedures"}, {"themes": ["procedures"]}),
    (
        "explore",
        {"indicators": "dossiers_received,plan_tasks", "statuses": "reported,text", "levels": "commune"},
        {"indicators": ["plan_tasks", "dossiers_received"], "statuses": ["reported", "text"], "levels": ["commune"]},
    ),
    (
        "explore",
        {"view": "rates", "layout": "periods", "rates": "online_rate", "definitions": "all_received", "scope": "all"},
        {"view": "rates", "layout": "periods", "rates": ["online_rate"], "definitions": ["all_received"]},
    ),
    (
        "explore",
        {"view": "figures", "others": "yes", "scope": "some", "periods": "2023-6M,2024-6M"},
        {"view": "figures", "others": True, "periods": ["2024-6M", "2023-6M"]},
    ),
    ("dictionary", {"section": "rates", "search": "dung han"}, {"section": "rates", "search": "dung han"}),
]


@every_page
def test_the_bare_address_shows_the_newest_period_of_the_province_with_most_real_reports(
    open_page: Open, page: str
) -> None:
    screen = open_page(page)
    assert {name: screen.widget(name).value for name in ("period", "level", "lang")} == {
        "period": "2024-6M",
        "level": "commune",
        "lang": "vi",
    }
    assert "**Tỉnh Thanh Hóa**" in screen.paragraphs
    assert screen.address == {}, "what no reader chose would be one more place for the back button"


HOANG_HOA = ("15865", "15880", "15883", "15886", "15889", "15919", "15928", "15937", "15940", "15979", "15991")


def test_a_period_of_which_hardly_any_report_has_come_is_not_shown_first(tmp_path: Path) -> None:
    one = report_of(HOANG_HOP)
    sent = [*((unit, "2024-6M") for unit in HOANG_HOA), (HOANG_HOA[0], "2024-9M")]
    reports = [
        replace(one, unit_code=unit, period=period, sha256=f"{number:064}")
        for number, (unit, period) in enumerate(sent)
    ]
    publish(tmp_path, batch_of(reports), all_forms(), "load")
    of_all = Screen(tmp_path, "overview", {"unit": "38"})
    assert of_all.heading == "Tỉnh Thanh Hóa · 6 tháng 2024 · Cấp xã"
    assert "Kỳ mới nhất là 9 tháng 2024, mới có 1 báo cáo nên chưa mở trước." in of_all.captions
    of_one = Screen(tmp_path, "overview", {"unit": HOANG_HOA[0]})
    assert of_one.widget("period").value == "2024-9M"
    asked = Screen(tmp_path, "overview", {"unit": "38", "period": "2024-9M"})
    assert (asked.widget("period").value, [said for said in asked.captions if "mới nhất" in said]) == ("2024-9M", [])


def test_the_bare_address_is_the_first_page(open_page: Open) -> None:
    home, first = open_page(""), open_page(NAMES[0])
    assert home.heading == first.heading == "Tỉnh Thanh Hóa · 6 tháng 2024 · Cấp xã"
    assert home.texts() == first.texts()


@every_page
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_shared_filters_come_from_the_address(open_page: Open, page: str, lang: str) -> None:
    address = {"unit": "193", "period": "2023-6M", "level": "district", "lang": lang}
    screen = open_page(page, **address)
    assert screen.address == address
    assert {name: screen.widget(name).value for name in ("period", "level", "lang")} == {
        name: address[name] for name in ("period", "level", "lang")
    }
    assert "**Thành phố Hạ Long**" in screen.paragraphs


@pytest.mark.parametrize(("page", "said", "shown"), VIEWS)
def test_the_address_sets_the_widgets_of_a_page(
    open_page: Open, page: str, said: dict[str, str], shown: dict[str, Any]
) -> None:
    address = {"unit": "22", "period": "2024-12M", **said}
    screen = open_page(page, **address)
    assert {name: screen.widget(name).value for name in shown} == shown
    assert screen.address == address


@pytest.mark.parametrize(("page", "said", "shown"), VIEWS)
def test_the_language_changes_nothing_but_the_words(
    open_page: Open, page: str, said: dict[str, str], shown: dict[str, Any]
) -> None:
    screen = open_page(page, unit="22", period="2024-12M", **said)
    before = screen.address
    screen.widget("lang").set_value("en")
    screen.run()
    assert screen.address == {**before, "lang": "en"}
    assert {name: screen.widget(name).value for name in shown} == shown
    assert screen.paragraphs[0] == "**Administrative reform**"


def test_the_world_comes_from_the_address(open_page: Open) -> None:
    real = open_page("overview", unit="VN")
    assert (real.widget("world").value, real.widget("period").value) == ("real", "2024-6M")
    simulated = open_page("overview", unit="VN", world="simulated")
    assert (simulated.widget("world").value, simulated.widget("period").value) == ("simulated", "2025-12M")
    assert simulated.address == {"unit": "VN", "world": "simulated"}
    alone = open_page("overview", unit="22", world="real")
    assert not alone.shows("world")
    assert len(alone.test.warning) == 1


def test_the_figure_follows_the_units_and_spans_of_the_address(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("trends", unit="22", period="2024-12M", level="district", spans="12M", **{"with": "193"})
    scope = Scope("22", "district", "2024-12M", simulated=True)
    frame = trends.trend(warehouse, scope, ["22", "193"], Subject("on_time_rate", "resolved"), ["12M"])
    assert [(line["name"], line["y"]) for line in screen.lines()] == [
        (name, frame.filter(unit_code=unit)["value"].to_list())
        for unit, name in (("22", "Tỉnh Quảng Ninh"), ("193", "Thành phố Hạ Long"))
    ]


def test_the_table_follows_its_filters(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page(
        "explore", unit="193", period="2024-12M", scope="all", indicators="plan_tasks", levels="district"
    )
    wanted = RowFilter("193", levels=("district",), indicators=("plan_tasks",), simulated=True)
    counted = answers.rows_count(warehouse, wanted).row(0, named=True)
    assert screen.paragraphs[2] == f"{counted['rows']} dòng từ {counted['reports']} báo cáo"
    assert len(screen.cells()) == counted["rows"] == 17


# Bad values -----------------------------------------------------------------------------------------

BAD_ANYWHERE = [
    {"unit": "99999"},
    {"unit": "'; DROP TABLE report; --"},
    {"unit": "vn"},
    {"unit": ""},
    {"period": "2099-Q9"},
    {"period": "6 tháng 2024"},
    {"level": "x"},
    {"level": "commune,district"},
    {"lang": "fr"},
    {"world": "both"},
    {"no_such_name": "1"},
]
BAD_ON_A_PAGE = [
    ("ranking", {"rate": "no_such_rate", "definition": "none"}),
    ("ranking", {"minimum": "abc"}),
    ("ranking", {"minimum": "-5"}),
    ("ranking", {"minimum": "1e9"}),
    ("ranking", {"minimum": "²"}),
    ("ranking", {"minimum": "9" * 30}),
    ("ranking", {"view": "pie"}),
    ("ranking", {"order": "best", "limits": "none", "part": "7"}),
    ("ranking", {"focus": "99999"}),
    ("ranking", {"focus": "'; DROP TABLE report; --"}),
    ("ranking", {"former": "477"}),
    ("ranking", {"find": "  "}),
    ("drilldown", {"rate": "plan_tasks", "definition": "'"}),
    ("drilldown", {"view": "globe"}),
    ("drilldown", {"sort": "'", "former": "yes", "all": "2"}),
    ("trends", {"what": "indicator:'; DROP TABLE fact"}),
    ("trends", {"what": "rate:", "definition": "'"}),
    ("trends", {"with": "38,99999,,'"}),
    ("trends", {"spans": "Q7"}),
    ("trends", {"counting": "yearly", "more": "rate:x,indicator:'"}),
    ("compare", {"set": "99999,';--", "measures": "rate:on_time_rate", "view": "pie"}),
    ("compare", {"view": "tables", "periods": "x", "axis": "both", "measure": "x", "sort": "x"}),
    ("quality", {"severity": "grave"}),
    ("quality", {"report": "no-such-report"}),
    ("quality", {"report": "477-2024-6M-00000000"}),  # of another unit and period
    ("quality", {"report": "'; DROP TABLE report; --"}),
    ("explore", {"scope": "none"}),
    ("explore", {"themes": "x", "indicators": "y", "statuses": "z", "levels": "w"}),
    ("explore", {"page": "-5"}),
    ("explore", {"page": "0"}),
    ("explore", {"page": "²"}),
    ("explore", {"view": "x", "layout": "y", "others": "maybe", "units": "x,99999!,!,'", "data": "z"}),
    ("explore", {"source": "477~district"}),
    ("dictionary", {"section": "x", "indicator": "y"}),
]
BAD = [*((page, bad) for page in NAMES for bad in BAD_ANYWHERE), *BAD_ON_A_PAGE]


@pytest.fixture(scope="module")
def plain_texts(reports_directory: Path) -> dict[str, list[str]]:
    """What each page shows when the address says nothing."""
    return {page: Screen(reports_directory, page, {}).texts() for page in NAMES}


# What a link to a page is about, beside unit, period and level.
LINKED = {"ranking": ("rate",), "drilldown": ("rate",), "trends": ("what",), "quality": ("report",)}


@pytest.mark.parametrize(("page", "bad"), BAD)
def test_a_bad_value_counts_as_not_said(
    open_page: Open, plain_texts: dict[str, list[str]], page: str, bad: dict[str, str]
) -> None:
    screen = open_page(page, **bad)
    assert screen.address == bad
    said = ("Không có đơn vị mã “", "Kỳ “", "Ở đây không có “", "Không có báo cáo “")
    told = [text for text in screen.texts() if text.startswith(said)]
    assert [text for text in screen.texts() if text not in told] == plain_texts[page]
    # What was asked for, and what is shown instead.
    assert len(told) == any(bad.get(name) for name in ("unit", "period", "level", *LINKED.get(page, ())))


def test_a_page_beyond_the_last_is_the_last(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("explore", unit="477", period="2024-6M", page="999999")
    assert answers.rows_count(warehouse, RowFilter("477", ("2024-6M",)))["rows"][0] == 147
    assert screen.widget("page").value == 3
    assert screen.captions[2].startswith("Dòng 101–147 trên 147. ")


def test_a_minimum_that_no_unit_reaches_leaves_all_out(open_page: Open) -> None:
    screen = open_page("ranking", unit="399", period="2024-6M", minimum="999999999")
    assert "Xếp hạng 0 đơn vị; 36 đơn vị không xếp được." in screen.paragraphs


def test_more_units_than_can_be_compared_are_cut(open_page: Open, warehouse: Warehouse) -> None:
    districts = answers.children(warehouse, "22", "2024-12M")["unit_code"].to_list()
    assert len(districts) == 13
    screen = open_page("trends", unit="22", period="2024-12M", **{"with": ",".join(districts)})
    assert screen.widget("with").value == districts[:7]
    assert len(screen.lines()) == 8


def test_a_unit_beside_itself_is_drawn_once(open_page: Open) -> None:
    screen = open_page("trends", unit="193", period="2024-12M", **{"with": "193,194"})
    lines = screen.lines()
    assert [line["name"] for line in lines] == ["Thành phố Hạ Long", "Thành phố Móng Cái"]


# Widgets --------------------------------------------------------------------------------------------

CHANGES: list[tuple[str, str, object, str]] = [
    ("overview", "period", "2024-6M", "2024-6M"),
    ("overview", "level", "province", "province"),
    ("overview", "lang", "en", "en"),
    ("ranking", "rate", "online_rate", "online_rate"),
    ("ranking", "minimum", 250, "250"),
    ("ranking", "view", "figure", "figure"),
    ("ranking", "view", "funnel", "funnel"),
    ("ranking", "find", "ha long", "ha long"),
    ("drilldown", "rate", "plan_completion", "plan_completion"),
    ("drilldown", "view", "icicle", "icicle"),
    ("drilldown", "sort", "name", "name"),
    ("trends", "what", "indicator:dossiers_received", "indicator:dossiers_received"),
    ("trends", "with", ["193", "194"], "193,194"),
    ("trends", "spans", "6M", "6M"),
    ("trends", "counting", "discrete", "discrete"),
    ("compare", "set", ["193", "195"], "193,195"),
    ("compare", "view", "heatmap", "heatmap"),
    ("compare", "measures", ["indicator:plan_tasks"], "indicator:plan_tasks"),
    ("quality", "severity", "low", "low"),
    ("explore", "scope", "all", "all"),
    ("explore", "levels", ["commune", "district"], "commune,district"),
    ("explore", "statuses", ["blank"], "blank"),
    ("explore", "themes", ["procedures", "finance"], "procedures,finance"),
    ("explore", "indicators", ["plan_tasks"], "plan_tasks"),
    ("explore", "page", 4, "4"),
    ("explore", "view", "rates", "rates"),
    ("dictionary", "section", "targets", "targets"),
    ("dictionary", "search", "ho so", "ho so"),
]


@pytest.mark.parametrize(("page", "name", "value", "code"), CHANGES)
def test_a_widget_writes_its_code_into_the_address(
    open_page: Open, page: str, name: str, value: object, code: str
) -> None:
    screen = open_page(page, unit="22", period="2024-12M")
    screen.widget(name).set_value(value)
    screen.run()
    assert screen.address == {"unit": "22", "period": "2024-12M", name: code}
    again = open_page(page, **screen.address)
    assert again.texts() == screen.texts()


def test_a_choice_of_definition_is_written(open_page: Open, warehouse: Warehouse) -> None:
    units = ranks.definitions(warehouse, Scope("VN", "commune", "2024-6M"), "on_time_rate")
    assert units.rows() == [("received", 2), ("resolved", 1)]
    screen = open_page("ranking", unit="VN")
    assert screen.widget("definition").value == "received"
    screen.widget("definition").set_value("resolved")
    screen.run()
    assert screen.address == {"unit": "VN", "definition": "resolved"}
    assert [row["Đơn vị"] for row in screen.cells()] == ["Xã Thanh Tùng"]


@pytest.mark.parametrize(
    ("unit", "then", "now"),
    [
        (
            "06661",
            "Từ ngày 01/07/2025 toàn bộ địa bàn đơn vị này thuộc đơn vị sau (bấm để xem theo địa giới hiện nay):",
            "từ ngày 01/07/2025 toàn bộ địa bàn thuộc đơn vị dưới đây.",
        ),
        (
            "06820",
            "Từ ngày 01/07/2025 địa bàn đơn vị này được chia cho các đơn vị sau (bấm để xem theo địa giới hiện nay):",
            "từ ngày 01/07/2025 địa bàn được chia cho các đơn vị dưới đây.",
        ),
    ],
)
def test_an_ended_unit_says_whether_it_went_whole_or_in_parts(open_page: Open, unit: str, then: str, now: str) -> None:
    assert then in open_page("drilldown", unit=unit, period="2024-12M").paragraphs
    (info,) = [info.value for info in open_page("overview", unit=unit, map="now").test.info]
    assert info.endswith(now)


def test_an_emptied_choice_leaves_the_address(open_page: Open) -> None:
    screen = open_page("explore", unit="22", period="2024-12M", statuses="blank", minimum="5")
    screen.widget("statuses").set_value([])
    screen.run()
    assert screen.address == {"unit": "22", "period": "2024-12M", "minimum": "5"}


def test_the_search_finds_a_unit_without_accents_and_goes_there(open_page: Open) -> None:
    screen = open_page("overview", unit="22", lang="en")
    screen.test.text_input(key="search").set_value("quang dien")
    screen.run()
    found = [button.label for button in screen.test.button if str(button.key).startswith("found-")]
    assert found[0] == "**Huyện Quảng Điền** · Thành phố Huế · 1 report · until 01 Jul 2025"
    screen.test.button(key="found-477").click()
    screen.run()
    assert screen.address == {"unit": "477", "lang": "en"}
    assert screen.test.text_input(key="search").value == ""
    assert screen.heading == "Huyện Quảng Điền · 6 months 2024 · District"


def test_the_path_leads_back_up(open_page: Open) -> None:
    screen = open_page("drilldown", unit="15919", period="2024-6M")
    steps = [button.label for button in screen.test.button if str(button.key).startswith("path-")]
    assert steps == ["Cả nước ›", "Tỉnh Thanh Hóa ›", "Huyện Hoằng Hóa ›"]
    screen.test.button(key="path-399").click()
    screen.run()
    assert screen.address == {"unit": "399", "period": "2024-6M"}
    assert screen.heading == "Huyện Hoằng Hóa: 36 đơn vị bên dưới"


@pytest.mark.parametrize(
    ("page", "address", "said"),
    [
        ("ranking", {"rate": "foo"}, "Ở đây không có “foo”; đang xem Tỷ lệ hồ sơ giải quyết đúng hạn."),
        ("ranking", {"level": "district", "period": "2025-12M"}, "Ở đây không có “Cấp huyện”; đang xem Cấp xã."),
        ("quality", {"report": "nope"}, "Không có báo cáo “nope” ở đơn vị và kỳ đang xem; đang xem mọi báo cáo."),
        ("overview", {"world": "real"}, "Tỉnh Quảng Ninh không có báo cáo thật; đang xem báo cáo mô phỏng."),
    ],
)
def test_what_is_shown_instead_of_what_is_not_there_is_said(
    open_page: Open, page: str, address: dict[str, str], said: str
) -> None:
    assert said in open_page(page, unit="22", **address).captions
    assert said not in open_page(page, unit="22").captions


def test_a_unit_without_reports_leads_to_where_there_are_some(open_page: Open) -> None:
    screen = open_page("overview", unit="01")
    (info,) = [info.value for info in screen.test.info]
    assert info.startswith("Thành phố Hà Nội và các đơn vị bên dưới chưa có báo cáo nào được nạp.")
    screen.click("reports-22")
    assert screen.address["unit"] == "22"
    assert screen.heading.startswith("Tỉnh Quảng Ninh · ")


def test_the_country_shows_the_course_of_its_provinces(open_page: Open) -> None:
    screen = open_page("trends", unit="VN", world="simulated", period="2024-6M")
    assert [line["name"] for line in screen.lines()] == ["Tỉnh Quảng Ninh"]
    assert any(said.startswith("Số của cả nước không vẽ thành một đường") for said in screen.captions)
