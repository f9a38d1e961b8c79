"""The overview: every number leads to its source, what cannot be compared says why, and the other world is named."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import fromstring

import polars as pl
import pytest
from screen import Screen

from loaders.form import all_forms
from pages.kit.words import Words
from pages.overview.cards import growth
from pages.overview.course import course_html
from pages.overview.findings import in_order
from tests.conftest import HOANG_HOP, report_of
from warehouse import answers
from warehouse.answers import Scope, Subject, disputes, ranks, sums, trends
from warehouse.answers.comparison import compare
from warehouse.model import batch_of
from warehouse.store import Warehouse
from warehouse.versions.publish import publish

Open = Callable[..., Screen]

SIMULATED = {"unit": "22", "period": "2024-12M"}
NEW_MAP = {"unit": "22", "period": "2025-12M"}
# Phường Cao Xanh is the whole of two wards that reported a year before; of Đặc khu Cô Tô's three one did not.
CAO_XANH, CO_TO = "06658@2025-07-01", "07192@2025-07-01"


@pytest.mark.parametrize(
    ("key", "source"),
    [
        ("tile-on_time_rate", "22~commune~2024-12M~on_time_rate~received"),
        ("before-on_time_rate", "22~commune~2023-12M~on_time_rate~received"),
        ("tile-online_rate", "22~commune~2024-12M~online_rate~all_received"),
        ("tile-plan_completion", "22~commune~2024-12M~plan_completion~own_rows"),
        ("tile-dossiers_received", "22~commune~2024-12M~dossiers_received"),
        ("before-dossiers_received", "22~commune~2023-12M~dossiers_received"),
    ],
)
def test_the_numbers_of_a_tile_lead_to_their_sources(open_page: Open, key: str, source: str) -> None:
    screen = open_page("overview", **SIMULATED)
    screen.click(f"source-number-{key}")
    assert screen.address["source"] == source


def test_the_line_of_a_tile_runs_from_the_oldest_year_to_now(open_page: Open, warehouse: Warehouse) -> None:
    scope = Scope("22", "commune", "2024-12M", True)
    subjects = (Subject("on_time_rate", "received"), Subject(indicator="dossiers_received"))
    drawn = courses(open_page("overview", **SIMULATED))
    numbers = Words("vi").numbers
    for at, (subject, write) in {0: (subjects[0], numbers.percent), -1: (subjects[1], numbers.number)}.items():
        course = trends.trend(warehouse, scope, ("22",), subject, ("12M",))
        expected = course.filter(pl.col("period") <= "2024-12M").drop_nulls("value").select("period", "value").rows()
        assert len(expected) >= 3
        assert drawn[at] == "; ".join(f"{period[:4]}: {write(value)}" for period, value in expected)
    assert courses(open_page("overview", unit="VN", world="simulated", period="2024-12M")) == []


def courses(screen: Screen) -> list[str]:
    """What the lines of the tiles say."""
    bodies = [node.proto.body for node in screen.test.get("html")]
    lines = [fromstring(body) for body in bodies if body.startswith('<div class="course"')]  # noqa: S314 - our own page
    return [line.attrib["title"] for line in lines]


def test_a_line_is_drawn_on_a_scale_of_its_kind_with_its_ends_written() -> None:
    words = Words("vi")

    def drawn(values: dict[int, float], percent: bool) -> tuple[str, list[str]]:
        body = course_html([(f"{year}-6M", value) for year, value in values.items()], words, percent)
        (line,) = re.findall(r'points="(.*?)"', unquote(body))
        spans = fromstring(body).iter("span")  # noqa: S314 - our own page
        return line, ["".join(span.itertext()) for span in spans]

    # From 90 to 100 per cent: a point is a tenth of the 38 that the line may rise.
    little = drawn({2021: 96, 2022: 96.5, 2024: 97}, percent=True)
    assert little == ("0,18.2 67,16.3 200,14.4", ["96,00\u00a0%2021", "97,00\u00a0%2024"])
    much = drawn({2021: 20, 2024: 90}, percent=True)
    assert much == ("0,39.0 200,5.0", ["20,00\u00a0%2021", "90,00\u00a0%2024"])
    counts = drawn({2022: 1000, 2023: 500, 2024: 2000}, percent=False)
    assert counts == ("0,22.0 100,31.5 200,3.0", ["1.0002022", "2.0002024"])
    assert drawn({2024: 0}, percent=False) == ("0,41.0", ["02024", "02024"])


def test_a_number_of_few_units_is_not_large_and_says_how_few_beside_it(real: Path) -> None:
    screen = Screen(real, "overview", {"unit": "38", "period": "2024-6M", "level": "commune"})
    assert screen.tiles()["Giải quyết đúng hạn"] == ("100,00\u00a0%", "⚠ Chỉ 1/547 đơn vị cấp xã có số liệu")
    few = {metric.label for metric in screen.test.metric if metric.delta}
    assert few == {"Giải quyết đúng hạn", "Nộp trực tuyến", "Hoàn thành kế hoạch CCHC", "Hồ sơ tiếp nhận"}
    assert [text for text in screen.captions if "1/547" in text] == []


def test_the_sum_on_a_tile_is_that_of_the_reports_listed(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("overview", **SIMULATED)
    tile = screen.tiles()["Giải quyết đúng hạn"][0]
    screen.click("source-number-tile-on_time_rate")
    assert screen.tiles()["Tính lại từ các dòng"][0] == tile
    cells = screen.cells(len(screen.tables) - 1)
    largest = ranks.ranking(warehouse, Scope("22", "commune", "2024-12M", True), "on_time_rate", "received", 0)
    undisputed = [row["Đơn vị"] for row in cells if "⚠" not in row["Đơn vị"]]
    by_size = largest.sort("denominator", descending=True)["name"].to_list()
    assert undisputed[:3] == [name for name in by_size if name in undisputed][:3]


def test_the_numbers_of_the_lists_lead_to_their_sources(open_page: Open, warehouse: Warehouse) -> None:
    found = compare(warehouse, Scope("22", "commune", "2024-12M", True), "on_time_rate", "received", 0)
    low = found["standing"].is_in(["below", "far_below"])
    fell = found.filter(low, change_real="falls").sort("change")["unit_code"][1]
    screen = open_page("overview", **SIMULATED)
    screen.click_cell(1, "Tỷ lệ")
    assert screen.address["source"] == f"{fell}~commune~2024-12M~on_time_rate~received"
    screen.click_cell(1, "Năm trước")
    assert screen.address["source"] == f"{fell}~commune~2023-12M~on_time_rate~received"
    unchanged = open_page("overview", **SIMULATED)
    unchanged.click_cell(1, "Đơn vị")
    assert "source" not in unchanged.address


def test_where_limits_are_wide_those_below_by_their_own_interval_are_named(open_page: Open) -> None:
    screen = open_page("overview", unit="200", period="2024-12M")
    (place,) = [n for n, text in enumerate(screen.paragraphs) if text.startswith("**Kém mức chung khi xét riêng")]
    assert not [text for text in screen.paragraphs[:place] if "Thấp rõ rệt so với mức chung**" in text]
    listed = [[row["Đơn vị"] for row in screen.cells(number)] for number in range(len(screen.tables))]
    assert ["Xã Quảng Tân", "Xã Đại Bình", "Thị trấn Đầm Hà"] in listed
    assert not any("Kém mức chung" in text for text in open_page("overview", unit="205", period="2024-12M").paragraphs)


def test_a_change_is_what_a_reader_subtracts(open_page: Open) -> None:
    def hundredths(text: str) -> int:
        return int(text.removesuffix("\u00a0%").lstrip("<>+\u00a0").replace("−", "-").replace(",", ""))

    screen = open_page("overview", **SIMULATED)
    rows = [
        row for number in range(len(screen.tables)) for row in screen.cells(number) if row.get("Thay đổi", "–") != "–"
    ]
    shown = [[hundredths(row[heading]) for heading in ("Tỷ lệ", "Năm trước", "Thay đổi")] for row in rows]
    assert len(shown) > 10
    assert [now - before for now, before, _ in shown] == [change for *_, change in shown]


@pytest.mark.parametrize(
    ("now", "said", "arrow"),
    [
        (100_040, "0,0 %", "off"),
        (99_960, "0,0 %", "off"),
        (100_060, "+0,1 %", "up"),
        (99_940, "−0,1 %", "down"),
    ],
)
def test_the_arrow_of_a_growth_is_that_of_what_is_written(now: int, said: str, arrow: str) -> None:
    shown = growth(Words("vi"), {"value": now, "units": 3}, {"value": 100_000, "units": 3})
    assert shown == {"delta": said, "delta_arrow": arrow, "delta_color": "off"}


def test_a_finding_leads_to_its_report_and_names_the_tier(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("overview", **SIMULATED)
    found = ordered(warehouse)
    links = [link for link in screen.test.get("page_link") if link.label == "Mở báo cáo"]
    assert [f"report={report}" in link.query_string for link, report in zip(links, found["report_id"], strict=False)]
    assert len(links) == 6
    tiers = {"district": "số liệu cấp huyện", "commune": "số liệu cấp xã"}
    listed = [text for text in screen.paragraphs if text.startswith(("- **Nghiêm trọng**", "- **Trung bình**"))]
    assert [text.split(" · ")[2] for text in listed] == [tiers[level] for level in found["level"].head(6)]


def ordered(warehouse: Warehouse) -> pl.DataFrame:
    """The findings of the simulated province as its overview has them, whose tiles show these rates and this volume."""
    found = answers.findings_of(warehouse, "22", "2024-12M", simulated=True)
    touched = disputes.disputes(warehouse, Scope("22", "commune", "2024-12M", simulated=True))
    tiles = {
        **{"on_time_rate": "received", "online_rate": "all_received", "plan_completion": "own_rows"},
        "dossiers_received": None,
    }
    rows = [
        touched.filter(**({"rate": tile, "definition": under} if under else {"indicator": tile})).select(
            "finding_key", pl.lit(tile).alias("tile")
        )
        for tile, under in tiles.items()
    ]
    return in_order(found, pl.concat(rows))


def test_one_finding_of_each_large_number_comes_first_then_the_gravest_then_the_farthest_apart() -> None:
    found = pl.DataFrame(
        {
            "finding_key": [1, 2, 3, 4, 5, 6],
            "severity": ["high", "high", "medium", "medium", "low", "medium"],
            "apart": [0.1, 0.5, 0.008, 0.2, None, 0.1],
        }
    )
    about = {3: ["on_time_rate", "dossiers_received"], 4: ["online_rate"], 6: ["online_rate"]}
    on_tiles = pl.DataFrame(
        [(key, tile) for key, tiles in about.items() for tile in tiles], ["finding_key", "tile"], orient="row"
    )
    shown = in_order(found, on_tiles)
    assert shown.select("finding_key", "tiles").rows() == [
        (4, ["online_rate"]),
        (3, ["on_time_rate", "dossiers_received"]),
        (2, []),
        (1, []),
        (6, ["online_rate"]),  # that tile has had its turn
        (5, []),
    ]


def test_a_finding_at_a_large_number_names_its_tile(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("overview", **SIMULATED)
    named = {"plan_completion": "Hoàn thành kế hoạch CCHC", "dossiers_received": "Hồ sơ tiếp nhận"}
    named |= {"on_time_rate": "Giải quyết đúng hạn", "online_rate": "Nộp trực tuyến"}
    first = ordered(warehouse).head(6)
    assert first["tiles"].list.len()[0] > 0
    marks = [
        f" **⚠ Ô {', '.join(named[tile] for tile in tiles)}**" if tiles else "" for tiles in first["tiles"].to_list()
    ]
    listed = [text for text in screen.paragraphs if text.startswith(("- **Nghiêm trọng**", "- **Trung bình**"))]
    assert [text[text.index(" **⚠") :] if " **⚠" in text else "" for text in listed] == marks
    assert (
        "Trước hết là một mâu thuẫn của mỗi số liệu chính ở đầu trang, sau đó theo mức độ và độ chênh lệch."
        in screen.captions
    )


def test_what_has_no_year_before_says_why_and_where_it_is(open_page: Open) -> None:
    screen = open_page("overview", unit=CAO_XANH, period="2025-12M")
    why = "Không so được với cùng kỳ năm trước: địa giới khi ấy chưa có các đơn vị này"
    assert screen.captions.count(why) == 4
    screen.click("other-map-tiles")
    assert screen.address["map"] == "now"
    assert (
        screen.test.button(key="source-number-before-on_time_rate").label
        == "Cùng kỳ năm trước: 99,07\u00a0% (2 đơn vị)"
    )
    assert why not in screen.captions


def test_a_union_without_one_of_its_parts_is_not_compared(open_page: Open) -> None:
    screen = open_page("overview", unit=CO_TO, period="2025-12M", map="now")
    why = "Không so được với cùng kỳ năm trước: thiếu số liệu của một đơn vị cũ đã nhập vào"
    assert why in screen.captions
    assert [button.key for button in screen.test.button if button.key.startswith("other-map")] == []


def test_units_that_are_all_new_are_compared_on_todays_map_only(open_page: Open) -> None:
    screen = open_page("overview", **NEW_MAP)
    said = "**Không so được với cùng kỳ năm trước**: địa giới khi ấy chưa có các đơn vị này."
    assert screen.paragraphs.count(said) == 2
    assert "**Thấp rõ rệt so với mức chung**" in screen.paragraphs
    screen.click("other-map-on_time_rate")
    assert screen.address["map"] == "now"
    assert said not in screen.paragraphs
    assert "**Tăng rõ rệt nhất**" in screen.paragraphs


def test_the_other_world_is_named_with_the_way_to_it(open_page: Open) -> None:
    simulated = open_page("overview", **SIMULATED)
    assert "Kho số liệu còn có **4 báo cáo thật** của:" in simulated.paragraphs
    links = {link.label: link.query_string for link in simulated.test.get("page_link")}
    assert links["Tỉnh Thanh Hóa (2)"] == "unit=38&world=real"
    real = open_page("overview", unit="477", period="2024-6M", level="district")
    said = "Ngoài ra, kho số liệu có 3.319 báo cáo **mô phỏng** để dùng thử, của:"
    assert said in real.paragraphs
    links = {link.label: link.query_string for link in real.test.get("page_link")}
    assert links["Tỉnh Quảng Ninh (3.319)"] == "unit=22&world=simulated"


def test_what_else_is_loaded_is_said_with_the_ways_to_it(open_page: Open) -> None:
    bare = open_page("overview")
    assert "Kho số liệu có 4 báo cáo của 4 đơn vị, 1 kỳ; trang này đang xem 2 báo cáo." in bare.captions
    links = {link.label: link.query_string for link in bare.test.get("page_link")}
    assert links["Thành phố Huế (1)"] == "unit=46"
    simulated = open_page("overview", **SIMULATED)
    assert simulated.captions[0] == (
        "Kho số liệu có 3.319 báo cáo mô phỏng của 239 đơn vị, 20 kỳ; trang này đang xem 177 báo cáo."
    )
    links = {link.label: link.query_string for link in simulated.test.get("page_link")}
    assert links["Năm 2023 (180)"] == "unit=22&period=2023-12M"


def test_hard_words_stand_behind_the_explanation(open_page: Open) -> None:
    captions = " ".join(open_page("overview", **SIMULATED).captions)
    assert "Newcombe" not in captions
    assert "thay đổi quá ít để kết luận là thay đổi rõ rệt, nên không nêu." in captions


def test_a_contradiction_on_a_tile_leads_to_where_it_is(open_page: Open, warehouse: Warehouse) -> None:
    disputed = disputes.disputed(warehouse, Scope("22", "commune", "2024-12M", simulated=True))
    count = disputed.filter(rate="on_time_rate", definition="received").height
    screen = open_page("overview", unit="22", period="2024-12M")
    links = {link.label: link.query_string for link in screen.test.get("page_link")}
    assert "rate=on_time_rate&definition=received" in links[f"⚠ {count} báo cáo tự mâu thuẫn"]
    unit = disputed.filter(rate="on_time_rate", definition="received")["unit_code"][0]
    own = open_page("overview", unit=unit, period="2024-12M")
    own.click("source-number-disputed-on_time_rate")
    assert own.address["source"] == f"{unit}~commune~2024-12M~on_time_rate~received"


@pytest.fixture(scope="module")
def contradicted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 540 dossiers received 580 came one way or another, 270 of them online, and 560 were done on time."""
    figures = {
        **{"dossiers_received": 540, "dossiers_resolved_on_time": 560, "dossiers_received_direct": 310},
        **{"dossiers_received_online_level_3": 100, "dossiers_received_online_level_4": 170},
    }
    report = report_of(HOANG_HOP)
    rows = [
        replace(row, raw_value=str(figures[row.indicator]), value=Decimal(figures[row.indicator]), status="reported")
        if row.indicator in figures
        else row
        for row in report.observations
    ]
    directory = tmp_path_factory.mktemp("contradicted")
    publish(directory, batch_of([replace(report, observations=tuple(rows))]), all_forms(), "load")
    return directory


def test_a_target_is_open_where_the_figure_is_contradicted_or_cannot_be(contradicted: Path) -> None:
    screen = Screen(contradicted, "overview", {"unit": "15919", "period": "2024-6M"})
    tiles = screen.tiles()
    percent = Words("vi").numbers.percent
    assert tiles["Giải quyết đúng hạn"][0] == percent(100 * 560 / 540)
    assert tiles["Nộp trực tuyến"][0] == percent(50)
    told = "\n".join(screen.captions)
    assert "**⚠ tử số lớn hơn mẫu số**" in told
    assert "Chưa kết luận được có đạt" in told
    assert "✓ Đạt" not in told


def test_the_common_rate_says_of_how_many_units_it_is(open_page: Open, warehouse: Warehouse) -> None:
    """On today's map the tile adds up former units, of which some units of today can be given no figure."""
    scope = Scope("22", "commune", "2024-12M", simulated=True, boundary="now")
    tile = sums.overview(warehouse, scope).filter(rate="on_time_rate").row(0, named=True)
    compared = compare(warehouse, scope, "on_time_rate", tile["definition"], 0).height
    assert 0 < compared < tile["units"]
    captions = open_page("overview", unit="22", period="2024-12M", map="now").captions
    expected = f"tính trên {compared} đơn vị hiện nay so sánh được (ô phía trên cộng {tile['units']} đơn vị cũ)"
    assert len([text for text in captions if expected in text]) == 1


def test_a_unit_without_reports_on_todays_map_leads_to_those_it_has(open_page: Open) -> None:
    screen = open_page("overview", unit="477", map="now")
    assert [info.value for info in screen.test.info] == [
        "Theo địa giới hiện nay, Huyện Quảng Điền và các đơn vị bên dưới chưa có báo cáo nào; báo cáo đã nạp của đơn "
        "vị này là theo địa giới lúc báo cáo."
    ]
    assert screen.test.button(key="other-map").label == "Xem Huyện Quảng Điền theo địa giới lúc báo cáo"
    screen.click("other-map")
    assert (screen.address["unit"], screen.address["map"]) == ("477", "then")
    assert screen.heading == "Huyện Quảng Điền · 6 tháng 2024 · Cấp huyện"


def test_a_rate_of_the_whole_area_says_that_it_counts_all_tiers(real: Path) -> None:
    """The district's form asks for the dossiers of either tier apart, and for what came online together."""
    captions = Screen(real, "overview", {"unit": "783", "period": "2020-Q1"}).captions
    (online,) = [text for text in captions if text.startswith("5.842 / 80.070")]
    (on_time,) = [text for text in captions if text.startswith("4.001 / 4.001")]
    assert ("Tính chung các cấp trên địa bàn" in online, "Tính chung" in on_time) == (True, False)
