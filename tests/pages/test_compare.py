"""The comparison: with which units it opens, and what is to be minded about the figures it shows."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from screen import Screen, plotted

from pages.compare.figures import heatmap_figure
from pages.compare.notes import cautions
from pages.kit.remarks import remarks
from pages.kit.words import Words
from warehouse import answers
from warehouse.answers import Scope, drill
from warehouse.store import Warehouse

Open = Callable[..., Screen]
VIETNAMESE, ENGLISH = Words("vi"), Words("en")
SEE_WHERE = "Bấm vào số (của số cộng thì bấm tiếp vào đơn vị) để xem chỗ mâu thuẫn."
_NO_DATES = dict.fromkeys(("window_start", "stated_end", "as_of", "signed_on", "file_name"))
REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"


def row(**changed: Any) -> dict[str, Any]:
    """A row of `trends.trend` for a sum over five units, with how many reports contradict it."""
    return {
        **{"unit_code": "1", "name": "Huyện Một", "period": "2024-6M", "numerator": 990.0, "denominator": 1000.0},
        **{"value": 99.0, "units": 5, "expected": 5, "basis": "sum", "short": 0, "reports": 5, "disputed": 0},
        **changed,
    }


def table_of(screen: Screen) -> dict[str, list[str]]:
    """The texts of the cells of the comparison, unit by unit; what stands below one another parted by a bar."""
    (html,) = [node.proto.body for node in screen.test.get("html") if 'class="comparison"' in node.proto.body]
    lines = re.findall(r'<tr><th scope="row">([^<]*)</th>(.*?)</tr>', html)
    return {unit: [_text(cell) for cell in re.findall("<td[^>]*>(.*?)</td>", cells)] for unit, cells in lines}


def _text(cell: str) -> str:
    return re.sub("<[^>]*>", "", re.sub("</b><span>|</span><span>", "|", cell)).replace("\u00a0", " ")


def notes_of(screen: Screen) -> list[str]:
    """The list of what to mind."""
    texts = [text for text in screen.paragraphs if text.startswith("- ")]
    return [line.removeprefix("- ").replace("\\", "") for text in texts for line in text.split("\n")]


# With which units it opens --------------------------------------------------------------------------


def test_of_many_units_without_a_year_before_the_largest_are_compared(open_page: Open, warehouse: Warehouse) -> None:
    scope = Scope("22", "commune", "2025-12M", simulated=True)
    found = drill.drilldown(warehouse, scope, "on_time_rate", "received")
    units = found.filter(pl.col("percent").is_not_null())
    largest = units.sort("denominator", descending=True, maintain_order=True).head(8)
    screen = open_page("compare", unit="22", period="2025-12M")
    assert screen.widget("set").value == largest["unit_code"].to_list()
    known = 48  # 46 with this rate, and two with another
    assert screen.captions[0] == (
        f"Đang so sánh 8 trong {known} đơn vị có số liệu kỳ này: những đơn vị có mẫu số lớn nhất "
        "(Tỷ lệ hồ sơ giải quyết đúng hạn). Chọn đơn vị khác ở ô dưới đây; trang Xếp hạng có đủ mọi đơn vị."
    )
    assert all("%" in cells[0] for cells in table_of(screen).values())


def test_units_without_a_figure_are_left_out_and_counted(open_page: Open, warehouse: Warehouse) -> None:
    scope = Scope("207", "commune", "2024-12M", simulated=True)
    found = drill.drilldown(warehouse, scope, "on_time_rate", "received")
    screen = open_page("compare", unit="207", period="2024-12M")
    assert screen.widget("set").value == found.filter(pl.col("percent").is_not_null())["unit_code"].to_list()
    assert screen.captions[0] == (
        "Trong 3 đơn vị, chỉ 2 đơn vị có số liệu kỳ này được đưa vào so sánh. Chọn đơn vị khác ở ô dưới đây."
    )


def test_a_unit_whose_own_work_is_counted_is_compared_with_those_beside_it(open_page: Open) -> None:
    screen = open_page("compare", unit="193", period="2024-12M", level="district")
    districts = ["193", "202", "198", "207", "200", "201", "199", "195", "205", "194", "206"]
    assert screen.widget("set").value == districts  # the unit first; two of thirteen sent no report
    assert screen.captions[0] == (
        "Các đơn vị thuộc Thành phố Hạ Long chưa có số liệu kỳ này, nên đang so sánh Thành phố Hạ Long với đơn vị cùng "
        "cấp có số liệu. Chọn đơn vị khác ở ô dưới đây."
    )


def test_the_readers_own_choice_stays_even_without_figures(open_page: Open) -> None:
    screen = open_page("compare", unit="22", period="2024-12M", set="01")
    assert screen.widget("set").value == ["01"]
    assert not [text for text in screen.captions if "Chọn đơn vị khác" in text]


@pytest.mark.parametrize(("chosen", "full"), [(11, False), (12, True)])
def test_where_no_place_is_free_it_says_so(open_page: Open, warehouse: Warehouse, chosen: int, full: bool) -> None:
    districts = answers.children(warehouse, "22", "2024-12M")["unit_code"].head(chosen)
    screen = open_page("compare", unit="22", period="2024-12M", set=",".join(districts))
    said = "Đã chọn đủ 12 đơn vị: bỏ bớt một đơn vị để thêm đơn vị khác."
    assert (said in screen.captions) is full


# What is to be minded -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"disputed": 1}, ["⚠ 1 báo cáo tự mâu thuẫn"]),
        ({"disputed": 1, "basis": "own", "units": 1, "expected": 1}, ["⚠ tự mâu thuẫn"]),
        ({"units": 1, "expected": 36}, ["1/36 đơn vị có số liệu"]),
        ({"short": 2}, ["2/5 báo cáo thiếu hơn 7 ngày của kỳ"]),
        ({"short": 1, "basis": "own", "units": 1, "expected": 1}, ["thiếu hơn 7 ngày của kỳ"]),
        ({"basis": "union", "units": 3, "expected": 1}, ["cộng 3 đơn vị cũ"]),
        ({"basis": "estimated", "units": 3, "expected": 1}, ["ước tính"]),
        ({"numerator": 1001.0}, ["tử số lớn hơn mẫu số"]),
        ({"numerator": None, "denominator": None}, []),
    ],
)
def test_what_is_to_be_minded_is_said_in_few_words(changed: dict[str, Any], said: list[str]) -> None:
    assert remarks(row(**changed), VIETNAMESE) == said


def test_once_for_all_figures_it_is_said_what_to_mind_and_whose_they_are() -> None:
    rows = [
        row(name="A", units=4, disputed=1),
        row(name="B", units=1, short=1),
        row(name="A", units=2, measure="2"),
        row(name="C", value=None, units=0, disputed=1),
        row(name="D", basis="estimated", numerator=1001.0),
    ]
    frame = pl.DataFrame([{"measure": "1", **one} for one in rows], infer_schema_length=None)
    said = [text.replace("\\", "") for text in cautions(frame, VIETNAMESE, lambda one: one["name"])]
    assert said == [
        f"1 số có báo cáo tự mâu thuẫn (dấu ⚠: A). {SEE_WHERE}",
        "1 số có tử số lớn hơn mẫu số (D): số liệu tự mâu thuẫn hoặc vượt kế hoạch.",
        "3 số chỉ cộng từ một phần các đơn vị (B: 1/5; A: 2/5): chưa nói thay cho cả địa bàn.",
        "1 số có báo cáo thiếu hơn 7 ngày của kỳ (B): không nên so ngay với số trọn kỳ.",
        "1 số là ước tính (dấu ≈) vì có đơn vị cũ bị chia tách (D).",
    ]
    assert cautions(frame.head(1), ENGLISH, lambda one: one["name"]) == [
        "1 figure is contradicted by the report itself (marked ⚠: A). "
        "Click the figure (for a sum, then the unit) to see where.",
        "1 figure adds up only some of the units (A\\: 4/5) and does not speak for the whole area.",
    ]
    assert cautions(pl.DataFrame([row()]), VIETNAMESE, lambda one: one["name"]) == []


def test_the_cells_say_what_to_mind_beside_the_figure(open_page: Open) -> None:
    measures = "rate:on_time_rate@received,rate:plan_completion@own_rows"
    screen = open_page("compare", unit="22", period="2024-12M", set="193,194,06691,201", measures=measures)
    assert table_of(screen) == {
        "Huyện Hải Hà": [
            "98,11 %|−0,61 điểm % (khác số đơn vị) · hạng 4/4|9/11 đơn vị có số liệu",
            "92,58 %|−0,92 điểm % (khác số đơn vị) · chưa phân định hạng|9/11 đơn vị có số liệu",
        ],
        "Phường Hồng Gai": [
            "⚠ 100,00 %|0,00 điểm % · hạng 1/4|⚠ tự mâu thuẫn",
            "100,00 %|0,00 điểm % · chưa phân định hạng",
        ],
        "Thành phố Móng Cái": [
            "⚠ 99,12 %|+0,06 điểm % (khác số đơn vị) · hạng 2–3/4|⚠ 1 báo cáo tự mâu thuẫn|14/16 đơn vị có số liệu",
            "95,60 %|+1,19 điểm % (chưa chắc) · chưa phân định hạng|15/16 đơn vị có số liệu",
        ],
        "Thành phố Hạ Long": [
            "⚠ 99,10 %|+0,13 điểm % (khác số đơn vị) · hạng 2–3/4|⚠ 1 báo cáo tự mâu thuẫn|31/32 đơn vị có số liệu",
            "93,55 %|+1,03 điểm % (khác số đơn vị) · chưa phân định hạng|31/32 đơn vị có số liệu",
        ],
    }
    assert notes_of(screen)[:2] == [
        f"3 số có báo cáo tự mâu thuẫn (dấu ⚠: Thành phố Hạ Long; Thành phố Móng Cái; Phường Hồng Gai). {SEE_WHERE}",
        "6 số chỉ cộng từ một phần các đơn vị (Huyện Hải Hà: 9/11; Thành phố Móng Cái: 14/16; Thành phố Hạ Long: "
        "31/32): chưa nói thay cho cả địa bàn.",
    ]


@pytest.mark.parametrize("view", ["panels", "heatmap"])
def test_over_time_it_is_said_of_which_period(open_page: Open, view: str) -> None:
    address = {"unit": "22", "period": "2024-12M", "set": "193", "measures": "rate:on_time_rate@received"}
    city = "Thành phố Hạ Long, năm"
    assert notes_of(open_page("compare", view=view, **address)) == [
        f"2 số có báo cáo tự mâu thuẫn (dấu ⚠: {city} 2023; {city} 2024). {SEE_WHERE}",
        f"4 số chỉ cộng từ một phần các đơn vị ({city} 2022: 28/32; {city} 2023: 29/32; {city} 2021: 31/32; "
        f"{city} 2024: 31/32): chưa nói thay cho cả địa bàn.",
    ]


def test_small_charts_say_what_a_ring_is_where_there_is_one(open_page: Open) -> None:
    said = "Vòng tròn quanh điểm: báo cáo tự mâu thuẫn ở số ấy."
    address = {"unit": "22", "period": "2024-12M", "view": "panels"}
    assert said in open_page("compare", **address).captions
    assert said in open_page("compare", **address, set="193").captions  # one report of 31
    assert said not in open_page("compare", **address, set="193", measures="rate:plan_completion@own_rows").captions


def test_the_heatmap_marks_what_reports_contradict() -> None:
    rows = pl.DataFrame([{**row(disputed=2), "window_end": date(2024, 6, 14), **_NO_DATES, "problem": None}])
    filled, *_ = plotted(heatmap_figure(rows, {"1": "Huyện Một"}, VIETNAMESE, None)).data
    assert filled.text == ("⚠ 99,0\u00a0%",)
    assert filled.hovertext[0].endswith("<br>⚠ 2 báo cáo tự mâu thuẫn")


def test_one_real_report_of_many_is_shown_with_all_that_is_to_be_minded(real: Path) -> None:
    screen = Screen(real, "compare", {"unit": "38", "period": "2024-6M"})
    assert screen.captions[0] == (
        "Trong 26 đơn vị, chỉ 1 đơn vị có số liệu kỳ này được đưa vào so sánh. Chọn đơn vị khác ở ô dưới đây."
    )
    minded = "|⚠ 1 báo cáo tự mâu thuẫn|1/36 đơn vị có số liệu|1/1 báo cáo thiếu hơn 7 ngày của kỳ"
    assert table_of(screen) == {
        "Huyện Hoằng Hóa": [f"⚠ {percent} %{minded}" for percent in ("100,00", "90,69", "50,00")]
    }
    assert notes_of(screen)[:3] == [
        f"3 số có báo cáo tự mâu thuẫn (dấu ⚠: Huyện Hoằng Hóa). {SEE_WHERE}",
        "3 số chỉ cộng từ một phần các đơn vị (Huyện Hoằng Hóa: 1/36): chưa nói thay cho cả địa bàn.",
        "3 số có báo cáo thiếu hơn 7 ngày của kỳ (Huyện Hoằng Hóa): không nên so ngay với số trọn kỳ.",
    ]


def test_a_real_district_alone_is_shown_itself(real: Path) -> None:
    screen = Screen(real, "compare", {"unit": "477", "period": "2024-6M"})
    assert screen.widget("set").value == ["477"]
    assert screen.captions[0] == (
        "Các đơn vị thuộc Huyện Quảng Điền và các đơn vị cùng cấp chưa có số liệu kỳ này, nên chỉ có Huyện Quảng Điền. "
        "Chọn đơn vị khác ở ô dưới đây."
    )
    assert table_of(screen) == {
        "Huyện Quảng Điền": ["⚠ 99,39 %|⚠ tự mâu thuẫn", "⚠ 46,98 %|⚠ tự mâu thuẫn", "50,00 %", "9,54 %"]
    }
