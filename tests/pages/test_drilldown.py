"""The drill-down page: its sentences on printed totals, its figures, its tiles, and the real reports."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from screen import Screen, plotted

from pages.drilldown.colours import COLOURS, Scale, colour_axis, colour_of, scale_of
from pages.drilldown.figures import children_figure
from pages.drilldown.icicle import icicle_figure
from pages.drilldown.map import ARCHIPELAGOS, EAST_SEA, map_figure
from pages.drilldown.names import MOST_NARROW, short_name
from pages.drilldown.notes import need_lines, note
from pages.drilldown.tiles import all_tiles, tiles_figure, tiles_of
from pages.kit.words import Words
from warehouse import answers
from warehouse.answers import Scope, disputes, drill
from warehouse.store import Warehouse

Open = Callable[..., Screen]
VIETNAMESE, ENGLISH = Words("vi"), Words("en")
SIMULATED = {"unit": "22", "period": "2024-12M", "level": "commune"}
AFTER = {"unit": "22", "period": "2025-12M", "level": "commune"}


def bullets(screen: Screen) -> list[str]:
    return [text.removeprefix("- ") for text in screen.paragraphs if text.startswith("- ")]


# The frame that everything on the page is made of ---------------------------------------------------

FRAME = pl.DataFrame(
    [
        ("193", "Thành phố Hạ Long", "thành phố", 99.0, 990, 1000, 5, 5, "", "own", 20.97, 107.05),
        ("194", "Thành phố Móng Cái", "thành phố", 97.0, 1940, 2000, 2, 2, "Ước tính", "estimated", 21.53, 107.97),
        ("195", "Thành phố Cẩm Phả", "thành phố", None, None, None, 0, 3, "Chưa có báo cáo", None, 21.07, 107.31),
        ("498", "Huyện Hoàng Sa", "huyện", None, None, None, 0, 0, "", None, 16.568, 112.135),
    ],
    schema={
        "unit_code": pl.String,
        "name": pl.String,
        "kind": pl.String,
        "percent": pl.Float64,
        "numerator": pl.Int64,
        "denominator": pl.Int64,
        "reported": pl.Int64,
        "expected": pl.Int64,
        "note": pl.String,
        "basis": pl.String,
        "latitude": pl.Float64,
        "longitude": pl.Float64,
    },
    orient="row",
)


def test_colours_stand_for_the_distance_from_the_overall_rate() -> None:
    scale = scale_of(FRAME)
    assert scale is not None
    assert scale.middle == pytest.approx(100 * 2930 / 3000)
    assert scale.half == pytest.approx(0.9 * (99 - scale.middle) + 0.1 * (scale.middle - 97))
    assert colour_of(scale, scale.middle) == COLOURS[1][1]
    assert colour_of(scale, 0) == COLOURS[0][1]
    assert colour_of(scale, 100) == COLOURS[2][1]
    axis = colour_axis(scale, VIETNAMESE, "Tỷ lệ")
    assert axis["colorbar"]["ticktext"] == ["96,40\u00a0%", "Chung 97,67\u00a0%", "≥ 98,93\u00a0%"]
    whole = colour_axis(Scale(99.0, 1.5, 97.0, 100.0), VIETNAMESE, "Tỷ lệ")["colorbar"]
    assert (whole["tickvals"][-1], whole["ticktext"][-1]) == (100.0, "100,00\u00a0%")
    near = colour_axis(Scale(99.5, 1.5, 97.0, 100.0), VIETNAMESE, "Tỷ lệ")["colorbar"]
    assert near["tickvals"] == [98.0, 99.5]
    assert scale_of(FRAME.filter(pl.col("percent").is_null())) is None


def test_one_district_with_figures_leaves_its_communes_their_colours() -> None:
    district = pl.DataFrame({"numerator": [9430], "denominator": [9500], "percent": [100 * 9430 / 9500]})
    communes = pl.Series("percent", [89.05, 99.01, 99.11, 99.89])
    alone, together = scale_of(district), scale_of(district, communes)
    assert alone is not None
    assert together is not None
    assert (together.lowest, together.highest, together.middle) == (89.05, 99.89, alone.middle)
    assert {colour_of(alone, rate) for rate in communes[:2]} == {COLOURS[0][1]}
    assert len({colour_of(together, rate) for rate in communes}) == 4


def test_the_map_draws_figures_rings_and_the_two_archipelagos(warehouse: Warehouse) -> None:
    country = answers.places(warehouse)
    figure = plotted(map_figure(FRAME, country, VIETNAMESE, "Tỷ lệ", nation=False))
    clickable = {trace.customdata: trace for trace in figure.data if trace.customdata}
    dots = clickable["194", "193"]
    assert (dots.x, dots.y) == ((107.97, 107.05), (21.53, 20.97))
    assert dots.marker.size == (2000, 1000)
    assert dots.marker.symbol == ("diamond-cross", "circle")
    ring = clickable[("195",)]
    assert (ring.marker.symbol, ring.marker.color) == ("circle-open", "#5a6672")
    assert ring.hovertext[0] == "<b>Thành phố Cẩm Phả</b>: –<br>0/3 đơn vị có báo cáo<br>Chưa có báo cáo"
    island = clickable[("498",)]
    assert (island.xaxis, island.x) == ("x2", (112.135,))
    notes = figure.layout.annotations
    assert [note.text for note in notes[:2]] == ["Hoàng Sa", "Trường Sa"], "the style sheet counts on them"
    named = {note.text: (note.x, note.y) for note in notes[2:] if note.visible is not False}
    assert named == {"Móng Cái": (107.97, 21.53), "Hạ Long": (107.05, 20.97), "Cẩm Phả": (107.31, 21.07)}
    assert len(notes) == 2 + MOST_NARROW
    assert figure.layout.xaxis.range[1] < EAST_SEA


@pytest.mark.parametrize(
    ("name", "kind", "short"),
    [
        ("Thành phố Đà Nẵng", "thành phố trực thuộc trung ương", "Đà Nẵng"),
        ("Tỉnh Quảng Ninh", "tỉnh", "Quảng Ninh"),
        ("Thị trấn Thị Trấn", "thị trấn", "Thị Trấn"),
        ("Quận 1", "quận", "Quận 1"),
        ("Xã", "xã", "Xã"),
        ("Côn Đảo", "huyện", "Côn Đảo"),
    ],
)
def test_a_name_on_the_map_leaves_out_the_kind(name: str, kind: str, short: str) -> None:
    assert short_name({"name": name, "kind": kind}) == short


def test_a_crowded_map_names_the_largest_and_a_roomy_one_all(warehouse: Warehouse) -> None:
    """Provinces as close as about Hà Nội: the largest under all others' dots."""
    country = answers.places(warehouse)
    around = [(21.03 + 0.45 * up, 105.83 + 0.45 * right) for up in range(-3, 4) for right in range(-3, 4)]
    crowd = pl.DataFrame(
        {
            "unit_code": [str(at) for at in range(len(around))],
            "name": [f"Tỉnh Hà Bắc {at}" for at in range(len(around))],
            "denominator": [10_000 if at == 24 else 5000 - at for at in range(len(around))],
            "latitude": [place[0] for place in around],
            "longitude": [place[1] for place in around],
        }
    )
    crowd = crowd.with_columns(
        kind=pl.lit("tỉnh"), percent=pl.lit(99.0), numerator=pl.lit(99), reported=pl.lit(1), expected=pl.lit(1),
        note=pl.lit(""), basis=pl.lit("own"),
    )  # fmt: skip
    figure = plotted(map_figure(crowd, country, VIETNAMESE, "Tỷ lệ", nation=True))
    named = [note.text for note in figure.layout.annotations[2:] if note.visible is not False]
    assert named[:MOST_NARROW] == ["Hà Bắc 24", *(f"Hà Bắc {at}" for at in range(5))]
    roomy = crowd.head(13).with_columns(
        latitude=pl.int_range(13) % 4 * 0.3 + 20.9, longitude=pl.int_range(13) // 4 * 0.4 + 106.5
    )
    figure = plotted(map_figure(roomy, country, VIETNAMESE, "Tỷ lệ", nation=False))
    assert len([note for note in figure.layout.annotations[2:] if note.visible is not False]) == 13


def test_a_map_numbers_the_few_it_has_no_room_to_name(warehouse: Warehouse) -> None:
    """Sixteen units at one place: their names would lie on each other, so the rest are numbers, explained beside."""
    heap = pl.concat([FRAME.head(1)] * 16).with_columns(
        unit_code=pl.int_range(16).cast(pl.String), name=pl.format("Huyện Ba Chẽ {}", pl.int_range(16))
    )
    heap = heap.with_columns(longitude=107 + 0.001 * pl.int_range(16), denominator=1000 - pl.int_range(16))
    figure = plotted(map_figure(heap, answers.places(warehouse), VIETNAMESE, "Tỷ lệ", nation=False))
    texts = [note.text for note in figure.layout.annotations[2:] if note.visible is not False]
    assert texts[:8] == [f"Huyện Ba Chẽ {at}" for at in range(8)]
    assert texts[8:16] == [str(number) for number in range(1, 9)]
    assert texts[16] == "<br>".join(f"<b>{number}</b> Huyện Ba Chẽ {7 + number}" for number in range(1, 9))


def test_no_name_lies_on_an_archipelago(warehouse: Warehouse) -> None:
    (island,) = answers.places(warehouse).filter(unit_code=ARCHIPELAGOS[0]).select("longitude", "latitude").rows()
    beside = FRAME.head(1).with_columns(longitude=island[0] - 2.5, latitude=pl.lit(island[1]))
    figure = plotted(map_figure(beside, answers.places(warehouse), VIETNAMESE, "Tỷ lệ", nation=True))
    (note,) = [note for note in figure.layout.annotations if note.text == "Hạ Long"]
    assert (note.xshift, note.yshift) != (0, 0)
    assert note.xshift <= 0, "not on the side of the islands"


def test_the_country_needs_no_inset(warehouse: Warehouse) -> None:
    country = answers.places(warehouse)
    figure = plotted(map_figure(FRAME, country, ENGLISH, "Rate", nation=True))
    assert {trace.xaxis for trace in figure.data} == {"x"}
    assert [note.text for note in figure.layout.annotations[:2]] == [
        "Hoàng Sa archipelago<br>(Đà Nẵng)",
        "Trường Sa archipelago<br>(Khánh Hòa)",
    ]
    (west, east), (south, north) = figure.layout.xaxis.range, figure.layout.yaxis.range
    assert country.filter(~pl.col("longitude").is_between(west, east)).is_empty()
    assert country.filter(~pl.col("latitude").is_between(south, north)).is_empty()
    backdrop = figure.data[0]
    assert (len(backdrop.x), backdrop.hoverinfo) == (country.height, "skip")


def test_only_the_archipelagos_lie_in_the_east_sea(warehouse: Warehouse) -> None:
    country = answers.places(warehouse)
    assert tuple(country.filter(pl.col("longitude") > EAST_SEA)["unit_code"]) == ARCHIPELAGOS


def test_the_icicle_is_as_large_as_its_dossiers() -> None:
    leaves = pl.DataFrame(
        {
            "unit_code": ["06640", "06643", "06709", "99999"],
            "name": ["A", "B", "C", "D"],
            "parent_code": ["193", "193", "194", "195"],
            "numerator": [395, 594, 1000, 1],
            "denominator": [400, 600, 1100, 1],
            "percent": [98.75, 99.0, 90.909091, 100.0],
            "basis": ["own", "own", "estimated", "own"],
        }
    )
    figure = plotted(icicle_figure(("22", "Tỉnh Quảng Ninh"), FRAME, leaves, VIETNAMESE, "Tỷ lệ"))
    (trace,) = figure.data
    assert (figure.layout.uniformtext.mode, figure.layout.uniformtext.minsize) == ("hide", 11), "text that does not fit"
    assert set(trace.texttemplate) == {"%{label}<br>%{text}"}, "each of the few boxes is high enough"
    boxes = list(zip(trace.ids, trace.parents, trace["values"], trace.marker.pattern.shape, strict=True))
    assert boxes == [
        ("22", "", 0, ""),
        ("194", "22", 900, "/"),
        ("193", "22", 0, ""),
        ("06709", "194", 1100, "/"),
        ("06643", "193", 600, ""),
        ("06640", "193", 400, ""),
    ]
    assert trace.branchvalues == "remainder"
    assert trace.hovertext[0] == "<b>Tỉnh Quảng Ninh</b>: 97,67\u00a0%<br>2.930 / 3.000"
    assert trace.hovertext[3] == "<b>C</b>: 90,91\u00a0%<br>1.000 / 1.100<br>Ước tính (đơn vị cũ bị chia)"


def test_low_boxes_of_the_icicle_have_one_line() -> None:
    count = 200
    leaves = pl.DataFrame(
        {
            "unit_code": [f"u{at}" for at in range(count)],
            "name": [f"Xã {at}" for at in range(count)],
            "parent_code": ["193"] * count,
            "numerator": [5] * count,
            "denominator": [5] * count,
            "percent": [100.0] * count,
            "basis": ["own"] * count,
        }
    )
    (trace,) = plotted(icicle_figure(("22", "Tỉnh Quảng Ninh"), FRAME, leaves, VIETNAMESE, "Tỷ lệ")).data
    assert trace.texttemplate == ("%{label}<br>%{text}",) * 3 + ("%{label}\u2002%{text}",) * count


# Tiles ----------------------------------------------------------------------------------------------


def provinces(warehouse: Warehouse, period: str) -> pl.DataFrame:
    return drill.drilldown(warehouse, Scope("VN", "commune", period, True), "on_time_rate", "received")


@pytest.mark.parametrize(("period", "count"), [("2024-12M", 63), ("2025-12M", 34)])
def test_every_province_has_one_tile_and_none_overlap(warehouse: Warehouse, period: str, count: int) -> None:
    frame = provinces(warehouse, period)
    tiles = tiles_of(set(frame["unit_code"]))
    own = [tile for tile in tiles if not tile.within]
    assert sorted(tile.unit_code for tile in own) == sorted(frame["unit_code"])
    assert len(own) == count
    assert len({(tile.row, tile.column) for tile in tiles}) == count + 2
    islands = {
        (tile.name, frame.filter(pl.col("unit_code") == tile.within)["name"][0]) for tile in tiles if tile.within
    }
    assert islands == {("Hoàng Sa", "Thành phố Đà Nẵng"), ("Trường Sa", "Tỉnh Khánh Hòa")}
    east = max(tile.column for tile in own)
    assert all(tile.column > east for tile in tiles if tile.within)


def test_tiles_bear_the_names_of_their_units(warehouse: Warehouse) -> None:
    names = dict(warehouse.connection.execute("SELECT unit_code, short_name FROM unit").fetchall())
    assert {tile.unit_code: tile.name for tile in all_tiles()} == {
        tile.unit_code: names[tile.unit_code] for tile in all_tiles()
    }


@pytest.mark.parametrize("period", ["2024-12M", "2025-12M"])
def test_tiles_lie_about_where_the_provinces_do(warehouse: Warehouse, period: str) -> None:
    places = {row["unit_code"]: row for row in provinces(warehouse, period).iter_rows(named=True)}
    tiles = [tile for tile in tiles_of(set(places)) if not tile.within]
    for one in tiles:
        for other in tiles:
            here, there = places[one.unit_code], places[other.unit_code]
            if here["latitude"] > there["latitude"] + 0.9:
                assert one.row < other.row, (one.name, other.name)
            if abs(here["latitude"] - there["latitude"]) < 1 and here["longitude"] > there["longitude"] + 0.9:
                assert one.column > other.column, (one.name, other.name)


def test_a_tile_without_a_figure_is_empty(warehouse: Warehouse) -> None:
    frame = provinces(warehouse, "2024-12M").with_columns(pl.lit("").alias("note"))
    known, empty, islands = plotted(tiles_figure(frame, VIETNAMESE, "Tỷ lệ")).data
    assert (known.customdata, known.text) == (("22",), ("Quảng<br>Ninh<br>99,00\u00a0%",))
    assert len(empty.customdata) == 62
    assert empty.marker.color == "rgba(0, 0, 0, 0)"
    assert "Thừa<br>Thiên<br>Huế" in empty.text
    assert islands.customdata == ("48", "56")
    assert islands.hovertext == ("Quần đảo Hoàng Sa (Đà Nẵng)", "Quần đảo Trường Sa (Khánh Hòa)")


def test_there_are_tiles_for_no_other_map() -> None:
    assert tiles_of({"22"}) == []


# The page -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["bars", "icicle", "map"])
def test_every_view_stands_beside_the_same_table(open_page: Open, warehouse: Warehouse, view: str) -> None:
    screen = open_page("drilldown", view=view, **SIMULATED)
    children = drill.drilldown(warehouse, Scope("22", "commune", "2024-12M", True), "on_time_rate", "received")
    shown = children.sort("percent", descending=True, maintain_order=True) if view == "bars" else children
    disputed = ["Huyện Ba Chẽ", "Thành phố Hạ Long", "Thành phố Móng Cái"]
    names = [f"{name} ⚠" if name in disputed else name for name in shown["name"]]
    assert [row["Đơn vị"] for row in screen.cells()] == names
    codes = {str(code) for trace in screen.figure()["data"] for code in trace.get("customdata") or trace.get("ids", [])}
    assert set(children["unit_code"]) <= codes


def test_figures_that_reports_contradict_are_marked_as_on_the_ranking(open_page: Open, warehouse: Warehouse) -> None:
    disputed = disputes.disputed(warehouse, Scope("22", "commune", "2024-12M", True))
    units = disputed.filter(rate="on_time_rate", definition="received")["unit_code"].to_list()
    assert units == ["06691", "06715", "06973"]
    screen = open_page("drilldown", **SIMULATED)
    notes = {row["Đơn vị"]: row["Ghi chú"] for row in screen.cells() if "⚠" in row["Đơn vị"]}
    assert notes == {
        "Huyện Ba Chẽ ⚠": "⚠ 1 báo cáo tự mâu thuẫn; 6/7 báo cáo có số",
        "Thành phố Hạ Long ⚠": "⚠ 1 báo cáo tự mâu thuẫn",
        "Thành phố Móng Cái ⚠": "⚠ 1 báo cáo tự mâu thuẫn; 14/15 báo cáo có số",
    }
    assert (
        "3 đơn vị có báo cáo tự mâu thuẫn ở số này (dấu ⚠): Huyện Ba Chẽ, Thành phố Hạ Long, Thành phố Móng Cái. "
        "Bấm vào tỷ lệ để xem chỗ mâu thuẫn." in screen.captions
    )
    phone = screen.cells(narrow=True)[0]
    assert list(phone) == ["Đơn vị", "Tỷ lệ", "Báo cáo", "Ghi chú"]
    within = open_page("drilldown", **{**SIMULATED, "unit": "193"})
    own = {row["Đơn vị"]: row["Ghi chú"] for row in within.cells() if "⚠" in row["Đơn vị"]}
    assert own == {"Phường Hồng Gai ⚠": "⚠ tự mâu thuẫn"}


@pytest.mark.parametrize(
    ("changed", "own", "said"),
    [
        ({}, True, ""),
        ({"disputed": 1}, True, "⚠ tự mâu thuẫn"),
        ({"disputed": 1, "short": 1, "days_missing": 10}, True, "⚠ tự mâu thuẫn; thiếu 10 ngày của kỳ"),
        ({"disputed": 2}, False, "⚠ 2 báo cáo tự mâu thuẫn"),
        ({"short": 3, "days_missing": 10}, False, "3 báo cáo thiếu tới 10 ngày"),
        ({"short": 5, "days_missing": 9}, False, "thiếu tới 9 ngày của kỳ"),
        ({"numerator": 101, "percent": 101.0, "units": 4}, False, "tử số lớn hơn mẫu số; 4/5 báo cáo có số"),
        ({"percent": None, "reported": 0}, False, "Chưa có báo cáo"),
    ],
)  # fmt: skip
def test_a_note_says_in_few_words_what_to_mind(changed: dict[str, Any], own: bool, said: str) -> None:
    row = {
        **{"percent": 99.0, "numerator": 99, "denominator": 100, "expected": 5, "reported": 5, "units": 5},
        **{"basis": "own" if own else "sum", "problem": None, "short": 0, "days_missing": None, "disputed": 0},
    }
    assert note({**row, **changed}, VIETNAMESE, own) == said


def test_a_note_counts_reports_in_the_singular_and_the_plural() -> None:
    row = {"percent": 99.0, "numerator": 99, "denominator": 100, "expected": 5, "reported": 5, "units": 5}
    row |= {"basis": "sum", "problem": None, "days_missing": 10, "disputed": 0}
    assert note({**row, "short": 3}, ENGLISH, own=False) == "3 reports leave out up to 10 days"
    assert note({**row, "short": 1}, ENGLISH, own=False) == "1 report leaves out up to 10 days"


def test_a_note_too_long_for_a_line_makes_the_rows_higher() -> None:
    notes = ["⚠ 1 báo cáo tự mâu thuẫn", "⚠ 1 báo cáo tự mâu thuẫn; 6/7 báo cáo có số"]
    assert not need_lines(pl.DataFrame({"note": notes[:1]}))
    assert need_lines(pl.DataFrame({"note": notes}))


def test_tiles_are_offered_for_the_country_only(open_page: Open) -> None:
    assert open_page("drilldown", view="tiles", **SIMULATED).widget("view").value == "bars"
    country = open_page("drilldown", view="tiles", unit="VN", world="simulated", period="2025-12M")
    assert country.widget("view").value == "tiles"
    assert {trace["type"] for trace in country.figure()["data"]} == {"bar"}


@pytest.mark.parametrize(
    ("order", "first"),
    [("rate", "Huyện Ba Chẽ ⚠"), ("dossiers", "Thành phố Hạ Long ⚠"), ("name", "Huyện Ba Chẽ ⚠")],
)
def test_dots_and_table_are_in_the_order_asked_for(open_page: Open, order: str, first: str) -> None:
    screen = open_page("drilldown", sort=order, **SIMULATED)
    ticks = screen.figure()["layout"]["yaxis"]["ticktext"]
    assert ticks[0] == first
    assert [row["Đơn vị"] for row in screen.cells()] == ticks


def test_communes_of_today_can_be_grouped_by_former_district(open_page: Open) -> None:
    assert not open_page("drilldown", **SIMULATED).shows("former-1")
    flat = open_page("drilldown", **AFTER)
    assert flat.heading == "Tỉnh Quảng Ninh: 54 đơn vị bên dưới"
    former = {row["Đơn vị"]: row["Huyện cũ"] for row in flat.cells()}
    assert former["Phường Bãi Cháy"] == "Thành phố Hạ Long"
    assert former["Xã Tiên Yên"] == "Huyện Tiên Yên và một phần huyện khác"
    grouped = open_page("drilldown", former="1", **AFTER)
    assert grouped.heading == "Tỉnh Quảng Ninh: 13 đơn vị bên dưới"
    assert {row["Báo cáo"] for row in grouped.cells() if row["Đơn vị"] == "Thành phố Hạ Long"} == {"10 / 12"}
    within = open_page("drilldown", unit="193", period="2025-12M", map="now", former="1")
    assert within.heading == "Thành phố Hạ Long: 12 đơn vị bên dưới"
    assert "Thành phố Hạ Long không phải đơn vị hành chính có báo cáo trong kỳ này" in " ".join(within.captions)


def test_estimates_and_unions_are_marked(open_page: Open) -> None:
    screen = open_page("drilldown", unit="193", period="2024-12M", map="estimated")
    notes = {row["Đơn vị"]: row["Ghi chú"] for row in screen.cells()}
    assert notes["Phường Bãi Cháy"] == "Cộng từ các đơn vị cũ"
    assert notes["Xã Thống Nhất"] == "Ước tính (đơn vị cũ bị chia)"
    assert notes["Phường Hà Tu"] == "Thiếu số liệu của đơn vị cũ"
    assert (
        "4 đơn vị là số ước tính (hình thoi có dấu thập, hoặc ô gạch chéo). "
        "7 đơn vị cộng từ các đơn vị cũ nhập nguyên vẹn." in screen.captions
    )
    (dots,) = screen.figure()["data"]
    assert dots["marker"]["symbol"].count("diamond-cross-open") == 4
    exact = open_page("drilldown", unit="193", period="2024-12M", map="now")
    notes = {row["Đơn vị"]: (row["Tỷ lệ"], row["Ghi chú"]) for row in exact.cells()}
    assert notes["Xã Thống Nhất"] == ("–", "Đơn vị cũ bị chia tách")


def test_a_sum_says_how_many_of_the_reports_are_in_it(open_page: Open) -> None:
    """On today's map what of a split commune lies in a former district is not known: its report is not added."""
    screen = open_page("drilldown", unit="22", period="2024-12M", level="commune", map="now", former="1")
    cells = {row["Đơn vị"]: row for row in screen.cells()}
    assert (cells["Huyện Tiên Yên"]["Báo cáo"], cells["Huyện Tiên Yên"]["Ghi chú"]) == (
        "13 / 13",
        "9/13 báo cáo có số",
    )
    assert cells["Thành phố Hạ Long ⚠"]["Ghi chú"] == "⚠ 1 báo cáo tự mâu thuẫn"
    estimated = open_page("drilldown", unit="22", period="2024-12M", level="commune", map="estimated", former="1")
    cells = {row["Đơn vị"]: row for row in estimated.cells()}
    assert cells["Huyện Tiên Yên"]["Ghi chú"] == "Ước tính (đơn vị cũ bị chia); 12/13 báo cáo có số"


def test_the_province_is_set_against_its_districts_and_communes(open_page: Open) -> None:
    screen = open_page("drilldown", **SIMULATED)
    assert bullets(screen) == [
        "**Cấp tỉnh**: Tỉnh Quảng Ninh tự giải quyết, đạt **99,76\u00a0%** (145.708/146.061).",
        "**Cấp huyện**: Tỉnh Quảng Ninh ghi **99,7\u00a0%** (330.191/331.073, tính từ số ghi: **99,73\u00a0%**). "
        "11/13 đơn vị có số liệu, cộng lại "
        "**99,75\u00a0%** (292.690/293.412). Nếu số ghi đúng thì 2 đơn vị không có số liệu này đạt **99,58\u00a0%** "
        "(37.501/37.661).",
        "**Cấp xã**: **không so sánh được** vì khác định nghĩa. Tỉnh Quảng Ninh ghi **99,2\u00a0%** "
        "(411.829/414.976, tính từ số ghi: **99,24\u00a0%**) theo “Đúng hạn trên hồ sơ đã giải "
        "quyết”; báo cáo riêng cộng lại **99,00\u00a0%** "
        "(383.254/387.131) theo “Đúng hạn trên hồ sơ đã tiếp nhận”.",
    ]
    assert [one.label for one in screen.test.expander] == [
        "Cấp huyện: 2 đơn vị chưa có báo cáo",
        "Cấp xã: 6 đơn vị chưa có báo cáo",
    ]
    assert "Huyện Vân Đồn, Thành phố Uông Bí" in screen.paragraphs


def test_all_indicators_are_there_for_who_asks(open_page: Open, warehouse: Warehouse) -> None:
    few, all_of_them = (open_page("drilldown", **SIMULATED, **more) for more in ({}, {"all": "1"}))
    assert len(all_of_them.tables) == len(few.tables) + 1
    found = answers.reconcile(warehouse, "22", "2024-12M", simulated=True)
    shown = all_of_them.cells(2)
    assert [row["Chỉ tiêu"] for row in shown] == found["name_vi"].to_list()
    assert (shown[0]["Đơn vị ghi"], shown[0]["Có số liệu"]) == ("95", "11 / 13")


def test_work_of_the_unit_itself_shows_the_reports_below(open_page: Open) -> None:
    screen = open_page("drilldown", unit="193", period="2024-12M", level="district")
    assert "Cấp đang chọn là việc của chính Thành phố Hạ Long; dưới đây là báo cáo riêng của các đơn vị bên dưới." in (
        screen.captions
    )
    assert {row["Báo cáo"] for row in screen.cells()} == {"0 / 1", "1 / 1"}


def test_a_commune_names_what_it_went_into(open_page: Open) -> None:
    screen = open_page("drilldown", unit="15919", period="2024-6M")
    assert [button.label for button in screen.test.button if str(button.key).startswith("kin-")] == ["Xã Hoằng Giang"]
    screen.test.button(key=f"kin-{kin_of(screen)}").click()
    screen.run()
    assert screen.address["map"] == "now"
    came = [str(button.key) for button in screen.test.button if str(button.key).startswith("kin-")]
    assert "kin-15919" in came
    assert "Xã Hoằng Giang không có báo cáo riêng trong kỳ này." in screen.captions


def kin_of(screen: Screen) -> str:
    (key,) = [str(button.key) for button in screen.test.button if str(button.key).startswith("kin-")]
    return key.removeprefix("kin-")


# The real reports -----------------------------------------------------------------------------------


CU_CHI = [
    "**Cấp huyện**: Huyện Củ Chi tự giải quyết, đạt **100,00\u00a0%** (4.001/4.001).",
    "**Cấp xã**: Huyện Củ Chi ghi 75.730/75.730 (tính từ số ghi: **100,00\u00a0%**) cho cấp này. "
    "Chưa đơn vị nào trong 21 đơn vị có "
    "báo cáo riêng, nên **chưa đối chiếu được**.",
    "Báo cáo của Huyện Củ Chi không trọn kỳ (thiếu 17 ngày): so với báo cáo đủ kỳ có thể lệch.",
]
QUANG_DIEN = [
    "**Cấp huyện**: Huyện Quảng Điền tự giải quyết, đạt **99,39\u00a0%** ⚠ (3.427/3.448).",
    "**Cấp xã**: Huyện Quảng Điền ghi **99,2\u00a0%** (6.626/6.651, tính từ số ghi: **99,62\u00a0%** ⚠) cho cấp "
    "này. Chưa đơn vị nào trong 11 đơn vị có "
    "báo cáo riêng, nên **chưa đối chiếu được**.",
]


@pytest.mark.parametrize(
    ("address", "said", "percentages", "communes"),
    [
        ({"unit": "783", "period": "2020-Q1"}, CU_CHI, [("–", "100,00\u00a0%")] * 2, 21),
        (
            {"unit": "477"},
            QUANG_DIEN,
            [("99,4", "99,39\u00a0%"), ("99,2", "99,62\u00a0%")],
            11,
        ),
    ],
)
def test_real_districts_print_totals_that_nothing_can_be_set_against(
    real: Path, address: dict[str, str], said: list[str], percentages: list[tuple[str, str]], communes: int
) -> None:
    screen = Screen(real, "drilldown", {**address, "all": "1"})
    assert bullets(screen) == said
    heading = ("Đơn vị ghi", "Tính từ số ghi")
    assert [tuple(row[name] for name in heading) for row in screen.cells(1)] == percentages
    assert [one.label for one in screen.test.expander] == [f"Cấp xã: {communes} đơn vị chưa có báo cáo"]
    assert [(row["Báo cáo"], row["Ghi chú"]) for row in screen.cells()] == [("0 / 1", "Chưa có báo cáo")] * communes
    assert {row["Kết luận"] for row in screen.cells(2)} == {"Chưa đơn vị nào báo cáo"}


def test_no_tick_stands_above_a_hundred_percent() -> None:
    columns = {"unit_code": ["1"], "name": ["Một"], "basis": ["own"], "numerator": [494.0], "denominator": [494.0]}
    rest = {"units": [1], "reported": [1], "expected": [1], "note": [""], "disputed": [0]}
    alone = pl.DataFrame({**columns, "percent": [100.0], **rest})
    axis = plotted(children_figure(alone, Words("vi"), "Tỷ lệ")).layout.xaxis
    assert max(axis.tickvals) == 100
    assert axis.range[1] > 100  # the label beside the dot has room
    beyond = alone.with_columns(percent=pl.lit(120.0))
    assert plotted(children_figure(beyond, Words("vi"), "Tỷ lệ")).layout.xaxis.tickvals is None
