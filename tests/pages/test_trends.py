"""The pages Trends and Compare: what is drawn, what is said beside it, and the units one click away."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import polars as pl
import pytest
from screen import Screen, plotted

from pages.compare.figures import STEPS, heatmap_figure
from pages.compare.table import Order, comparison_table
from pages.kit.measures import Choice
from pages.kit.panels import Panel, panel_figure, shared_range
from pages.kit.series import hover, percent_range
from pages.kit.words import Words
from pages.trends.figures import trend_figure
from pages.trends.notes import remarked, short_beside_full
from warehouse import answers
from warehouse.answers import Scope, Subject, disputes, drill, ranks, reporting, trends
from warehouse.answers.peer_band import peer_band
from warehouse.store import Warehouse

Open = Callable[..., Screen]
VIETNAMESE, ENGLISH = Words("vi"), Words("en")
# Phường Cao Xanh is the whole of two wards, one of which bore its name.
CAO_XANH, OLD_CAO_XANH, HA_KHANH = "06658@2025-07-01", "06658", "06649"
ON_TIME = Subject("on_time_rate", "received")


def row(unit: str, period: str, value: float | None, **changed: Any) -> dict[str, Any]:
    """A row of `trends.trend`, with how many reports contradict the figure."""
    return {
        "unit_code": unit,
        "name": f"Đơn vị {unit}",
        "period": period,
        "window_end": date(int(period[:4]), 6, 14),
        "numerator": None if value is None else 10 * value,
        "denominator": None if value is None else 1000.0,
        "value": value,
        "units": 1,
        "expected": 1,
        "file_name": None,
        "window_start": None,
        "stated_end": None,
        "as_of": None,
        "signed_on": None,
        "basis": "own",
        "problem": None if value is not None else "no_report",
        "short": 0,
        "reports": 1,
        "disputed": 0,
        **changed,
    }


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), infer_schema_length=None)


# Figures --------------------------------------------------------------------------------------------


def test_an_estimate_is_hollow_and_reached_by_a_dotted_line() -> None:
    rows = [row("1", "2022-6M", 90.0), row("1", "2023-6M", 91.0, basis="estimated"), row("1", "2024-6M", 92.0)]
    line, guessed = plotted(trend_figure(frame(*rows), VIETNAMESE, "Tỷ lệ", None)).data
    assert (line.y, guessed.y) == ((90.0, None, 92.0), (90.0, 91.0, 92.0))
    assert (guessed.marker.symbol, guessed.marker.size, guessed.line.dash) == ("circle-open", (0, 10, 0), "dot")
    assert (guessed.showlegend, guessed.line.color) == (False, line.line.color)
    assert guessed.text[1].split("<br>")[3] == "Ước tính: chia đều đơn vị cũ bị chia tách (1 đơn vị cũ)"


def test_the_band_stands_behind_the_lines() -> None:
    band = pl.DataFrame(
        {
            "period": ["2024-6M"], "window_end": [date(2024, 6, 14)], "low": [85.0], "median": [90.0], "high": [95.126],
            "units": [5], "around": ["38"],
        }
    )  # fmt: skip
    figure = plotted(
        trend_figure(frame(row("1", "2024-6M", 91.0)), VIETNAMESE, "Tỷ lệ", None, band=band, around="Cấp xã, X")
    )
    low, high, median, line = figure.data
    assert (low.y, high.y, median.y, line.y) == ((85.0,), (95.126,), (90.0,), (91.0,))
    assert (high.fill, high.name) == ("tonexty", "Khoảng giữa của các đơn vị cùng cấp<br>(Cấp xã, X)")
    assert median.text == ("6 tháng 2024: trung vị 90; một nửa số đơn vị từ 85 đến 95,13 (5 đơn vị)",)


def test_points_that_are_contradicted_or_not_of_the_whole_are_marked_and_say_so() -> None:
    rows = frame(
        row("1", "2022-6M", 90.0, basis="sum", units=9, expected=10),
        row("1", "2023-6M", 91.0, basis="sum", units=8, expected=10, reports=8, short=2),
        row("1", "2024-6M", 92.0, basis="sum", units=10, expected=10, reports=10, short=10),
        row("2", "2024-6M", 93.0),
        row("2", "2023-6M", None),
        row("3", "2024-6M", 94.0, basis="sum", units=11, expected=11),
    )
    codes = {
        "unit_code": ["1", "2", "2", "3"],
        "period": ["2023-6M", "2024-6M", "2023-6M", "2024-6M"],
        "disputed": [3, 1, 1, 1],
    }
    marked = remarked(rows.drop("disputed"), pl.DataFrame(codes), VIETNAMESE)
    assert marked["remark"].to_list() == [
        "",
        "⚠ 3 báo cáo tự mâu thuẫn; còn thiếu nhiều đơn vị",
        "không trọn kỳ",
        "⚠ tự mâu thuẫn",
        "",
        "⚠ 1 báo cáo tự mâu thuẫn",
    ]
    square, ring, *_ = plotted(trend_figure(marked, VIETNAMESE, "Tỷ lệ", None)).data
    assert (square.name, square.y) == ("Không trọn kỳ hoặc còn thiếu nhiều đơn vị", (91.0, 92.0))
    assert (ring.name, ring.y, ring.marker.symbol) == ("⚠ Báo cáo tự mâu thuẫn", (91.0, 93.0, 94.0), "circle-open")
    small, *_ = plotted(panel_figure(Panel("Một", marked, None), marked, VIETNAMESE, None, {})).data
    assert (small.y, small.marker.symbol) == ((91.0, 93.0, 94.0), "circle-open")
    assert hover(marked.row(3, named=True), VIETNAMESE, None).split("<br>")[-1] == "⚠ tự mâu thuẫn"


def test_the_page_names_contradicted_figures_as_the_ranking_does(open_page: Open, warehouse: Warehouse) -> None:
    scope = Scope("22", "commune", "2024-12M", simulated=True)
    found = disputes.disputed_in_time(warehouse, scope.in_any_period, ["22"], ON_TIME)
    count = disputes.disputed(warehouse, scope).filter(rate="on_time_rate", definition="received").height
    assert (("22", "2024-12M", count) in found.rows(), count > 0) == (True, True)
    screen = open_page("trends", unit="22", period="2024-12M", spans="12M")
    (said,) = [text for text in screen.captions if text.startswith("⚠")]
    assert f"Tỉnh Quảng Ninh, năm 2024 \\({count}\\)" in said
    (few,) = [text for text in screen.captions if text.startswith("Dưới 9/10")]
    assert few.endswith("Tỉnh Quảng Ninh, năm 2025 \\(46/54\\).")
    assert screen.figure()["layout"]["yaxis"]["title"]["text"] == "Giải quyết đúng hạn (%)"
    assert "**Tỷ lệ hồ sơ giải quyết đúng hạn: Đúng hạn trên hồ sơ đã tiếp nhận**" in screen.paragraphs
    counted = open_page("trends", unit="22", period="2024-12M", what="indicator:dossiers_received")
    assert counted.figure()["layout"]["yaxis"]["title"]["text"] == "Số hồ sơ thủ tục hành chính đã tiếp nhận (hồ sơ)"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"basis": "union", "units": 4}, ["Cộng 4 đơn vị cũ"]),
        ({"basis": "difference"}, ["1/1 đơn vị có số liệu; hiệu của hai kỳ lũy kế"]),
        (
            {"window_start": date(2023, 12, 15), "stated_end": date(2024, 5, 31), "short": 1},
            [
                "1/1 đơn vị có số liệu", "Số liệu từ 15/12/2023", "Số liệu đến 31/05/2024",
                "1/1 báo cáo thiếu hơn 7 ngày của kỳ",
            ],
        ),
        (
            {"signed_on": date(2024, 6, 12), "file_name": "a.docx"},
            ["1/1 đơn vị có số liệu", "Báo cáo ký ngày 12/06/2024", "Nguồn: a.docx"],
        ),
    ],
)  # fmt: skip
def test_a_point_says_how_it_was_counted_and_its_window(changed: dict[str, Any], said: list[str]) -> None:
    lines = hover(row("1", "2024-6M", 99.5, **changed), VIETNAMESE, None).split("<br>")
    assert lines == ["<b>Đơn vị 1</b>", "6 tháng 2024: <b>99,50\u00a0%</b>", "995 / 1.000", *said]


def test_panels_share_an_axis_or_not() -> None:
    rows = frame(row("1", "2023-6M", 90.0), row("1", "2024-6M", 100.0))
    assert shared_range(rows["value"], percent=True) == (pytest.approx(88.8), 100)
    assert shared_range(rows["value"], percent=False) == (pytest.approx(89.4), pytest.approx(100.6))
    assert shared_range(pl.Series([None], dtype=pl.Float64), percent=True) is None
    shared = plotted(panel_figure(Panel("Một", rows, None), rows, VIETNAMESE, (80.0, 101.0), {}))
    assert (shared.layout.yaxis.range, shared.layout.title.text) == ((80.0, 101.0), "Một")
    alone = plotted(panel_figure(Panel("Một", rows, None), rows, VIETNAMESE, None, {}))
    assert alone.layout.yaxis.range == (pytest.approx(88.8), 100)


@pytest.mark.parametrize(
    ("periods", "named"),
    [(1, [2016]), (2, [2016, 2017]), (3, [2016, 2017, 2018]), (9, [2016, 2020, 2024]), (10, [2016, 2020, 2025])],
)
def test_a_panel_names_its_first_and_its_last_period(periods: int, named: list[int]) -> None:
    rows = frame(*(row("1", f"{2016 + at}-6M", 99.0) for at in range(periods)))
    axis = plotted(panel_figure(Panel("Một", rows, None), rows, VIETNAMESE, None, {})).layout.xaxis
    assert axis.ticktext == tuple(f"6 tháng {year}" for year in named)


def test_a_missing_cell_is_hatched_with_its_reason_and_never_coloured() -> None:
    rows = frame(
        row("1", "2023-6M", 90.0),
        row("1", "2024-6M", 0.0),
        row("2", "2023-6M", None, problem="split"),
        row("2", "2024-6M", 100.0, basis="estimated"),
    )
    filled, missing, *steps = plotted(heatmap_figure(rows, {"1": "A", "2": "B"}, VIETNAMESE, None)).data
    assert [(step.marker.color, step.name) for step in steps] == [
        (STEPS[0], "0,0–20,0\u00a0%"),
        (STEPS[1], "20,0–40,0\u00a0%"),
        (STEPS[2], "40,0–60,0\u00a0%"),
        (STEPS[3], "60,0–80,0\u00a0%"),
        (STEPS[4], "80,0–100,0\u00a0%"),
    ]
    assert filled.text == ("90,0\u00a0%", "0,0\u00a0%", "≈ 100,0\u00a0%")
    assert filled.marker.color == (STEPS[4], STEPS[0], STEPS[4])
    assert (missing.text, missing.y, missing.marker.pattern.shape) == (("bị chia<br>tách",), (1,), "/")
    assert set(missing.marker.color).isdisjoint(STEPS)
    reason = "Một đơn vị cũ bị chia cho nhiều đơn vị mới, không biết phần nào về đâu"
    assert missing.hovertext == (f"<b>Đơn vị 2</b><br>6 tháng 2023: {reason}",)


def test_the_table_says_figure_change_and_rank_or_the_reason() -> None:
    lines = pl.DataFrame(
        {
            "measure": ["m", "m"], "unit_code": ["1", "2"], "value": [99.5, None], "numerator": [995, None],
            "denominator": [1000, None], "problem": [None, "other_definition"], "basis": ["own", None],
            "value_before": [100.0, None],
            "change": [-0.5, None], "sure": [False, None], "same_units": [True, True], "rank": [1, None],
            "rank_best": [1, None], "rank_worst": [1, None], "ranked": [1, None],
            "disputed": [0, None], "remarks": [[], None],
        }
    )  # fmt: skip
    choice = Choice("m", Subject(), "Đúng hạn <b>", "Đúng hạn", None, title="Tỷ lệ & hạn")

    def address(measure: Choice, unit: str, before: bool) -> str:
        return f"?{measure.code}&{unit}&{'before' if before else 'now'}"

    def link(text: str, query: str) -> str:
        return f'<a class="to-source" target="_self" href="{query}">{text}</a>'

    html = comparison_table(lines, {"2": "B & C", "1": "A"}, [choice], VIETNAMESE, Order("m"), address)
    assert '<th scope="col">Tỷ lệ &amp; hạn<span>Đúng hạn &lt;b&gt;</span></th>' in html
    value, change = link("99,50\u00a0%", "?m&amp;1&amp;now"), link("−0,50 điểm %", "?m&amp;1&amp;before")
    cells = f'<td title="995 / 1.000"><b>{value}</b><span>{change} (chưa chắc) · hạng 1/1</span></td>'
    missing = f'<td class="missing">{link("Báo cáo theo định nghĩa khác", "?m&amp;2&amp;now")}</td>'
    assert f'<tr><th scope="row">A</th>{cells}</tr><tr><th scope="row">B &amp; C</th>{missing}</tr>' in html
    others = lines.with_columns(pl.lit(value=False).alias("same_units"))
    html = comparison_table(others, {"1": "A"}, [choice], VIETNAMESE, Order("m"), address)
    assert f"<span>{change} (khác số đơn vị) · hạng 1/1</span>" in html
    alone = lines.with_columns(pl.lit(None, pl.Int64).alias("rank"), pl.lit(None, pl.Float64).alias("change"))
    for order in (Order("m"), Order("m", by_change=True)):  # who has a figure stands first, and nobody is first of one
        html = comparison_table(alone, {"2": "B & C", "1": "A"}, [choice], VIETNAMESE, order, address)
        assert html.index(">A</th>") < html.index(">B &amp; C</th>")
        assert "hạng" not in html


# Trends ---------------------------------------------------------------------------------------------


def test_the_band_of_a_commune_is_that_of_its_province(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("trends", unit="06730", period="2024-12M", spans="6M")
    scope = Scope("06730", "commune", "2024-12M", simulated=True)
    band = peer_band(warehouse, scope, ON_TIME, ["6M"])
    low, high, median, line = screen.figure()["data"]
    assert [low["y"], high["y"], median["y"]] == [band[name].to_list() for name in ("low", "high", "median")]
    assert line["name"] == "Xã Hải Đông"
    assert high["name"] == "Khoảng giữa của các đơn vị cùng cấp<br>(Cấp xã, Tỉnh Quảng Ninh)"


def test_quarter_by_quarter_says_why_a_quarter_is_missing(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("trends", unit="06730", period="2024-12M", counting="discrete")
    scope = Scope("06730", "commune", "2024-12M", simulated=True)
    frame = trends.trend(warehouse, scope, ["06730"], ON_TIME, ["Q1", "Q2", "Q3", "Q4"], "discrete")
    assert screen.figure()["data"][-1]["y"] == frame["value"].to_list()
    refused = frame.filter(pl.col("problem") == "missing_before")["period"].to_list()
    assert refused == ["2023-Q4"]
    said = f"- **Xã Hải Đông**, {VIETNAMESE.period_within(refused[0])}: Thiếu số liệu của kỳ trước để trừ"
    assert said in "\n".join(screen.paragraphs).splitlines()


def test_a_merged_unit_offers_its_predecessors(open_page: Open) -> None:
    screen = open_page("trends", unit=CAO_XANH)
    button = screen.test.button(key=f"with-predecessors-{CAO_XANH}")
    assert button.label == "Thêm 2 đơn vị tiền thân của Phường Cao Xanh"
    button.click()
    screen.run()
    assert sorted(screen.address["with"].split(",")) == sorted([OLD_CAO_XANH, HA_KHANH])
    lines = [line["name"] for line in screen.figure()["data"] if line["legendgroup"] != "band"]
    assert sorted(lines) == ["Phường Cao Xanh", "Phường Cao Xanh (đến 01/07/2025)", "Phường Hà Khánh"]


def test_on_todays_map_the_past_is_carried_and_said_so(open_page: Open) -> None:
    screen = open_page("trends", unit=CAO_XANH, map="now", spans="6M")
    (line,) = [line for line in screen.figure()["data"] if line["legendgroup"] != "band"]
    assert line["text"][0].split("<br>")[3] == "Cộng 2 đơn vị cũ"
    carried = [text for text in screen.captions if text.startswith("Số liệu của Phường Cao Xanh trước ngày 01/07/2025")]
    assert len(carried) == 1


def test_the_target_says_its_source(open_page: Open) -> None:
    screen = open_page("trends", unit="22", period="2024-12M", what="rate:online_rate")
    source = "mức đạt điểm tối đa theo Quyết định số 766/QĐ-TTg ngày 23/06/2022"
    assert f"Đường chấm ở 50\u00a0%: {source}" in screen.captions
    assert [shape["y0"] for shape in screen.figure()["layout"]["shapes"] if shape.get("y0") == shape["y1"]] == [50]


def test_several_measures_are_panels(open_page: Open) -> None:
    more = "rate:online_rate@all_received,indicator:dossiers_received"
    screen = open_page("trends", unit="22", period="2024-12M", more=more)
    assert len([node for node in screen.test.main if node.type == "plotly_chart"]) == 3


def test_a_short_half_year_beside_a_full_one_is_warned_of() -> None:
    short = row("1", "2024-6M", 90.0, short=1)
    full, other_kind = row("1", "2023-6M", 90.0), row("1", "2023-12M", 90.0)
    assert short_beside_full(frame(short, full, other_kind)).to_list() == [True, False, False]
    assert not short_beside_full(frame(short, other_kind)).any()
    assert not short_beside_full(frame(full, other_kind)).any()
    assert not short_beside_full(frame(full, row("2", "2024-6M", 90.0, short=3, reports=100))).any()


def test_no_warning_where_all_windows_are_full(open_page: Open) -> None:
    assert [info.value for info in open_page("trends", unit="22", period="2024-12M").test.info] == []
    both_to_the_end = open_page("trends", unit="15919", period="2024-6M", **{"with": "15928"})
    assert [info.value for info in both_to_the_end.test.info] == []


# What the page shows first, and what its axis shows --------------------------------------------------


@pytest.mark.parametrize(
    ("values", "zoomed", "span"),
    [
        ([98.5, 99.0], False, (90.0, 100.0)),  # ten points at least, and nothing above 100 %
        ([50.0, 51.0], False, (45.5, 55.5)),
        ([0.0, 2.0], False, (0.0, 10.0)),
        ([20.0, 80.0, None], False, (16.4, 83.6)),
        ([2.0, 99.0], False, (0.0, 100.0)),
        ([98.0, 99.0], True, (97.94, 99.06)),
        ([100.0], True, (99.5, 100.0)),
        ([95.0, 105.0], False, (94.4, 105.6)),  # more than planned is more than 100 %
        ([None], False, None),
    ],
)
def test_the_axis_of_a_rate(values: list[float | None], zoomed: bool, span: tuple[float, float] | None) -> None:
    assert percent_range(values, zoomed) == (None if span is None else pytest.approx(span))


def test_one_kind_of_period_is_drawn_first(open_page: Open) -> None:
    screen = open_page("trends", unit="22", period="2024-9M")
    assert screen.widget("spans").value == "9M"
    assert [text for text in screen.figure()["layout"]["xaxis"]["ticktext"] if not text.startswith("9 tháng")] == []
    assert screen.figure()["layout"]["yaxis"]["range"] == [90, 100]
    assert "Trục đứng chỉ vẽ từ 90,0\u00a0% đến 100,0\u00a0%, không bắt đầu từ 0." in screen.captions
    zoomed = open_page("trends", unit="22", period="2024-9M", axis="zoom").figure()["layout"]["yaxis"]["range"]
    assert 98 < zoomed[0] < zoomed[1] <= 100


def test_no_line_joins_a_quarter_to_a_cumulative_period(open_page: Open) -> None:
    screen = open_page("trends", unit="22", period="2024-12M", spans="all")
    lines = screen.lines()
    assert [line.get("showlegend", True) for line in lines] == [True, False, False, False]
    assert [{code.split("-")[-1] for code in line["customdata"]} for line in lines] == [{"Q1"}, {"6M"}, {"9M"}, {"12M"}]
    assert "Quý và kỳ lũy kế được nối riêng từng loại, vì không so được với nhau." in screen.captions


def test_a_blank_cell_in_the_newest_period_hides_no_other(open_page: Open, warehouse: Warehouse) -> None:
    """Of phường Việt Hưng the newest report says nothing about dossiers on time."""
    newest = reporting.data_periods(warehouse, "06703", True)["period"][0]
    assert ranks.definitions(warehouse, Scope("06703", "commune", newest, True), "on_time_rate").is_empty()
    screen = open_page("trends", unit="06703")
    assert screen.widget("what").value == "rate:on_time_rate"
    frame = trends.trend(warehouse, Scope("06703", "commune", newest, True), ["06703"], ON_TIME, ["6M"])
    assert screen.figure()["data"][-1]["y"] == frame["value"].to_list()
    assert (frame["period"][-1], frame["problem"][-1]) == (newest, "parts_missing")
    said = f"- **Phường Việt Hưng**, {VIETNAMESE.period_within(newest)}: Thiếu tử số hoặc mẫu số"
    assert said in "\n".join(screen.paragraphs).splitlines()


def test_the_statistic_stands_behind_the_explanation(open_page: Open) -> None:
    screen = open_page("trends", unit="22", period="2025-6M")
    assert "- **Tỉnh Quảng Ninh**: → không thấy tăng hay giảm rõ (6 tháng, 2021–2025)" in screen.paragraphs
    assert any(re.match(r"- Tỉnh Quảng Ninh: χ² = [\d,.]+, F = ", text) for text in screen.paragraphs)


# Sources --------------------------------------------------------------------------------------------


def test_a_point_and_a_number_of_the_table_lead_to_their_sources(open_page: Open) -> None:
    asked = {"unit": "22", "period": "2024-12M", "spans": "12M"}
    screen = open_page("trends", **asked)
    screen.click_point("22~2023-12M")
    assert screen.address["source"] == "22~commune~2023-12M~on_time_rate~received"
    listed = open_page("trends", **asked)
    listed.click_cell(0, "Tử số")
    assert listed.address["source"] == "22~commune~2021-12M~on_time_rate~received"


def test_a_quarter_alone_leads_to_its_difference(open_page: Open) -> None:
    screen = open_page("trends", unit="06730", period="2024-12M", counting="discrete")
    screen.click_point("06730~2024-Q2")
    assert screen.address["source"] == "06730~commune~2024-Q2~on_time_rate~received~discrete"
    assert "Số riêng của quý" in screen.tiles()


def test_a_point_of_a_panel_leads_to_the_source_of_its_measure(open_page: Open) -> None:
    screen = open_page("trends", unit="22", period="2024-12M", more="indicator:dossiers_received")
    screen.click_point("22~2024-12M", number=1)
    assert screen.address["source"] == "22~commune~2024-12M~dossiers_received"


def test_every_cell_of_the_comparison_links_to_its_source(open_page: Open) -> None:
    measures = "rate:on_time_rate@received,indicator:dossiers_received"
    screen = open_page("compare", unit="22", period="2024-12M", set="193,194", measures=measures)
    (table,) = [node.proto.body for node in screen.test.get("html") if 'class="comparison"' in node.proto.body]
    links = [parse_qs(link.partition("?")[2])["source"][0] for link in re.findall('href="([^"]*)"', unescape(table))]
    codes = [f"{{unit}}~commune~{period}~{what}" for what in ("on_time_rate~received", "dossiers_received")
             for period in ("2024-12M", "2023-12M")]  # fmt: skip
    assert links == [code.format(unit=unit) for unit in ("194", "193") for code in codes]
    address = {"unit": "22", "period": "2024-12M", "set": "193,194", "measures": measures, "source": links[1]}
    assert "Tính lại từ các dòng" in open_page("compare", **address).tiles()


@pytest.mark.parametrize("view", ["panels", "heatmap"])
def test_a_point_of_the_comparison_leads_to_its_source(open_page: Open, view: str) -> None:
    screen = open_page(
        "compare", unit="22", period="2024-12M", set="193", view=view, measures="rate:on_time_rate@received"
    )
    screen.click_point("193~2022-12M")
    assert screen.address["source"] == "193~commune~2022-12M~on_time_rate~received"


# Compare --------------------------------------------------------------------------------------------


def test_the_children_of_the_selected_unit_are_compared_first(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("compare", unit="22", period="2024-12M")
    # Of thirteen districts the eight whose on-time rate fell most, the greatest fall first, which the page says.
    changes = {}
    for period in ("2024-12M", "2023-12M"):
        scope = Scope("22", "commune", period, simulated=True)
        found = drill.drilldown(warehouse, scope, "on_time_rate", "received")
        changes[period] = dict(found.select("unit_code", "percent").iter_rows())
    fallen = sorted(changes["2024-12M"], key=lambda unit: changes["2024-12M"][unit] - changes["2023-12M"][unit])
    assert sorted(screen.widget("set").value) == sorted(fallen[:8])
    assert [text for text in screen.captions if text.startswith("Đang so sánh 8 trong 13 đơn vị")]
    assert screen.heading == "8 đơn vị, năm 2024, số liệu cấp xã"
    (table,) = [node.proto.body for node in screen.test.get("html") if 'class="comparison"' in node.proto.body]
    names = re.findall('<th scope="row">([^<]*)</th>', table)
    known = dict(answers.children(warehouse, "22", "2024-12M").select("unit_code", "name").iter_rows())
    assert names == [known[unit] for unit in fallen[:8]]
    commune = open_page("compare", unit="06730", period="2024-12M")
    assert "06730" in commune.widget("set").value


def test_the_heatmap_draws_the_frame(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page(
        "compare", unit="22", period="2024-12M", set="193,194", view="heatmap", measures="indicator:plan_tasks"
    )
    scope = Scope("22", "commune", "2024-12M", simulated=True)
    frame = trends.trend(warehouse, scope, ["193", "194"], Subject(indicator="plan_tasks"), ["12M"])
    filled, missing, *_ = screen.figure()["data"]
    known = frame.filter(pl.col("value").is_not_null())
    assert [text.replace(".", "") for text in filled["text"]] == [f"{value:.0f}" for value in known["value"]]
    assert len(missing.get("y", [])) == frame.height - known.height


@pytest.mark.parametrize(
    ("values", "decimals", "names"),
    [
        ([99.0, 100.0], None, ["99,00–99,20\u00a0%", "99,20–99,40\u00a0%", "99,40–99,60\u00a0%"]),
        ([99.999, 100.0], None, ["99,9990–99,9992\u00a0%", "99,9992–99,9994\u00a0%", "99,9994–99,9996\u00a0%"]),
        ([1000, 2500], 0, ["1.000–1.299", "1.300–1.599", "1.600–1.899"]),
        ([0, 7], 0, ["0–1", "2", "3–4"]),
        ([0, 4], 0, ["0", "1", "2"]),
        ([99.5], None, ["99,50\u00a0%"]),
        ([99.9991], None, [">\u00a099,99\u00a0%"]),
        ([7], 0, ["7"]),
        ([None], None, []),
    ],
)
def test_the_legend_of_a_heatmap_says_what_its_colours_mean(
    values: list[float | None], decimals: int | None, names: list[str]
) -> None:
    rows = frame(*(row("1", f"{2020 + at}-6M", value) for at, value in enumerate(values)))
    _, _, *steps = plotted(heatmap_figure(rows, {"1": "A"}, VIETNAMESE, decimals)).data
    assert [step.name for step in steps][:3] == names
    assert [step.marker.color for step in steps] == list(STEPS if len(names) == 3 else STEPS[2:3] * len(names))


@pytest.mark.parametrize(
    ("values", "legend", "colours"),
    [
        ([0, 3, 1, 2, 1], ["0", "1", "2", "3"], [0, 4, 1, 3, 1]),
        ([5, 6], ["5", "6"], [0, 4]),
        ([4, 5, 6], ["4", "5", "6"], [0, 2, 4]),
    ],
)
def test_few_counts_have_a_colour_each_and_the_legend_names_it(
    values: list[int], legend: list[str], colours: list[int]
) -> None:
    rows = frame(*(row("1", f"{2020 + at}-6M", value) for at, value in enumerate(values)))
    filled, _, *steps = plotted(heatmap_figure(rows, {"1": "A"}, VIETNAMESE, 0)).data
    assert [step.name for step in steps] == legend
    assert list(filled.marker.color) == [STEPS[colour] for colour in colours]
    assert {step.marker.color for step in steps} == set(filled.marker.color)


def test_many_periods_leave_no_room_for_signs() -> None:
    rows = frame(*(row("1", f"{2016 + at}-6M", 99.5) for at in range(15)))
    filled, *_ = plotted(heatmap_figure(rows, {"1": "A"}, VIETNAMESE, None)).data
    assert set(filled.text) == {"99,5"}


def test_a_unit_without_any_figure_has_no_panel_but_a_reason(open_page: Open) -> None:
    screen = open_page("compare", unit="22", period="2024-12M", set="193,01", view="panels")
    assert len([node for node in screen.test.main if node.type == "plotly_chart"]) == 1
    assert "Không có số liệu: Thành phố Hà Nội (chưa báo cáo)" in screen.captions


def test_a_unit_is_found_without_accents_and_added(open_page: Open) -> None:
    screen = open_page("compare", unit="22", period="2024-12M", set="193")
    screen.test.text_input(key="set-search").set_value("hai dong")
    screen.run()
    screen.test.button(key="set-add-06730").click()
    screen.run()
    assert screen.address["set"] == "193,06730"


def test_thirteen_units_in_the_address_are_cut_to_twelve(open_page: Open, warehouse: Warehouse) -> None:
    districts = answers.children(warehouse, "22", "2024-12M")["unit_code"].to_list()
    screen = open_page("compare", unit="22", period="2024-12M", set=",".join(districts))
    assert screen.widget("set").value == districts[:12]
