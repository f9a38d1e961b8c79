"""The figures, as pure functions: a frame in, a Plotly figure out."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest
from screen import plotted

from pages.drilldown.figures import children_figure
from pages.kit.series import MAP_CHANGE
from pages.kit.theme import DASHES, MARKERS, SERIES
from pages.kit.words import Words
from pages.trends.figures import trend_figure
from warehouse.periods import parse_period

VIETNAMESE, ENGLISH = Words("vi"), Words("en")


def trend_frame(values: dict[str, list[tuple[str, float | None]]]) -> pl.DataFrame:
    """A frame like that of `answers.trend_rate`, from (period, value) by unit."""
    rows = [
        {
            "unit_code": unit,
            "name": f"Đơn vị {unit}",
            "period": period,
            "window_end": parse_period(period).window_end,
            "numerator": None if value is None else 10 * value,
            "denominator": None if value is None else 1000.0,
            "value": value,
            "units": int(value is not None),
            "expected": 3,
            "file_name": "a.docx" if value == 99.5 else None,
            "window_start": None,
            "stated_end": None,
            "as_of": date(2024, 6, 14) if value == 99.5 else None,
            "signed_on": None,
            "basis": "sum",
            "short": 0,
            "reports": int(value is not None),
        }
        for unit, points in values.items()
        for period, value in points
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def trend(frame: pl.DataFrame, words: Words = VIETNAMESE, **given: Any) -> go.Figure:
    return plotted(trend_figure(frame, words, **{"title": "Tỷ lệ", "decimals": None, **given}))


def children(frame: pl.DataFrame, words: Words = VIETNAMESE, title: str = "Tỷ lệ", order: str = "rate") -> go.Figure:
    return plotted(children_figure(frame, words, title, order))


CHILDREN = pl.DataFrame(
    {
        "unit_code": ["193", "194", "195", "196"],
        "name": ["B", "A", "C", "D"],
        "percent": [99.5, 99.5, None, 97.25],
        "numerator": [1990, 199, None, 3890],
        "denominator": [2000, 200, None, 4000],
        "reported": [19, 2, 0, 16],
        "expected": [20, 2, 5, 16],
        "units": [19, 2, 0, 16],
        "basis": ["own", "own", None, "estimated"],
        "note": ["", "", "", "Ước tính"],
        "disputed": [0, 0, 0, 0],
    }
)


# Trends ---------------------------------------------------------------------------------------------


def test_a_missing_period_is_a_gap() -> None:
    figure = trend(trend_frame({"22": [("2024-Q1", 98.0), ("2024-6M", None), ("2024-9M", 99.0)]}))
    (line,) = figure.data
    assert line.y == (98.0, None, 99.0)
    assert line.connectgaps is False
    assert line.x == (date(2024, 3, 14), date(2024, 6, 14), date(2024, 9, 14))


def test_a_line_a_unit_told_apart_without_colour() -> None:
    units = {str(number): [("2024-6M", 90.0 + number), ("2024-12M", 91.0)] for number in range(8)}
    figure = trend(trend_frame(units))
    assert [line.name for line in figure.data] == [f"Đơn vị {number}" for number in range(8)]
    assert [line.line.color for line in figure.data] == list(SERIES)
    assert [line.line.dash for line in figure.data] == list(DASHES)
    assert [line.marker.symbol for line in figure.data] == list(MARKERS)
    assert len(set(zip(SERIES, DASHES, strict=True))) == len(set(MARKERS)) == 8


@pytest.mark.parametrize(
    ("periods", "marked"),
    [
        (["2025-6M", "2025-9M"], True),
        (["2024-12M", "2025-12M"], True),
        (["2024-12M", "2025-6M"], False),
        (["2025-9M", "2025-12M"], False),
        (["2025-12M"], False),
    ],
)
def test_the_new_map_is_marked_only_where_the_axis_passes_it(periods: list[str], marked: bool) -> None:
    layout = trend(trend_frame({"22": [(period, 99.0) for period in periods]})).layout
    assert date(2025, 7, 1) == MAP_CHANGE
    assert [(shape.x0, shape.x1) for shape in layout.shapes] == ([(MAP_CHANGE, MAP_CHANGE)] if marked else [])
    texts = [note.text for note in layout.annotations]
    assert texts == (["Sắp xếp đơn vị hành chính 01/07/2025"] if marked else [])


def test_the_target_is_a_line_with_its_value() -> None:
    frame = trend_frame({"22": [("2024-6M", 40.0), ("2024-12M", 60.0)]})
    layout = trend(frame, target=50.0).layout
    assert [(shape.y0, shape.y1) for shape in layout.shapes] == [(50.0, 50.0)]
    assert [note.text for note in layout.annotations] == ["Mức đối chiếu 50\u00a0%"]
    assert [note.text for note in trend(frame, ENGLISH, target=50.0).layout.annotations] == ["Benchmark 50\u00a0%"]
    assert trend(frame).layout.shapes == ()


@pytest.mark.parametrize(
    ("words", "hover"),
    [
        (
            VIETNAMESE,
            "<b>Đơn vị 22</b><br>6 tháng 2024: <b>99,50\u00a0%</b><br>995 / 1.000<br>1/3 đơn vị có số liệu<br>"
            "Số liệu đến 14/06/2024<br>Nguồn: a.docx",
        ),
        (
            ENGLISH,
            "<b>Đơn vị 22</b><br>6 months 2024: <b>99.50\u00a0%</b><br>995 / 1,000<br>1 of 3 units has figures<br>"
            "Figures up to 14 Jun 2024<br>Source: a.docx",
        ),
    ],
)
def test_a_point_says_its_figure_and_source(words: Words, hover: str) -> None:
    (line,) = trend(trend_frame({"22": [("2024-6M", 99.5), ("2024-9M", 98.0)]}), words).data
    assert line.text[0] == hover
    assert line.hovertemplate == "%{text}<extra></extra>"


def test_a_count_is_written_with_its_own_decimals() -> None:
    frame = trend_frame({"22": [("2024-6M", 1234.0)]}).with_columns(
        pl.lit(None).alias("numerator"), pl.lit(None).alias("denominator")
    )
    figure = trend(frame, title="Hồ sơ", decimals=0)
    assert figure.data[0].text == ("<b>Đơn vị 22</b><br>6 tháng 2024: <b>1.234</b><br>1/3 đơn vị có số liệu",)
    assert figure.layout.yaxis.rangemode == "tozero"
    assert figure.layout.yaxis.ticksuffix is None


def test_ticks_name_the_periods_and_leave_room() -> None:
    years = [(f"{year}-{span}", 99.0) for year in range(2021, 2025) for span in ("Q1", "6M", "9M", "12M")]
    axis = trend(trend_frame({"22": years})).layout.xaxis
    assert axis.ticktext[:3] == ("6 tháng 2021", "Năm 2021", "6 tháng 2022")
    assert axis.ticktext[-1] == "Năm 2024", "the newest is named"
    assert len(axis.ticktext) == len(axis.tickvals) == 8


@pytest.mark.parametrize(("words", "separators"), [(VIETNAMESE, ",."), (ENGLISH, ".,")])
def test_axes_write_numbers_in_the_language(words: Words, separators: str) -> None:
    figures = (
        trend(trend_frame({"22": [("2024-6M", 99.0)]}), words),
        children(CHILDREN, words, "Tỷ lệ"),
    )
    assert [figure.layout.separators for figure in figures] == [separators] * 2


# By area --------------------------------------------------------------------------------------------


def test_children_stand_highest_first_and_carry_their_codes() -> None:
    figure = children(CHILDREN, VIETNAMESE, "Tỷ lệ")
    (dots,) = figure.data
    assert dots.customdata == ("193", "194", "196")
    assert dots.x == (99.5, 99.5, 97.25)
    assert dots.text == ("99,50\u00a0%", "99,50\u00a0%", "97,25\u00a0%")
    assert figure.layout.yaxis.ticktext == ("B", "A", "D")


def test_children_stand_in_other_orders_and_estimates_look_different() -> None:
    for order, codes in (("dossiers", ("196", "193", "194")), ("name", ("193", "194", "196"))):
        (dots,) = children(CHILDREN, VIETNAMESE, "Tỷ lệ", order).data
        assert dots.customdata == codes
    assert dots.marker.symbol == ("circle", "circle", "diamond-cross-open")
    assert dots.hovertext[2].endswith("<br>16/16 đơn vị có báo cáo<br>Ước tính")


def test_a_figure_of_few_units_is_hollow_and_says_of_how_few() -> None:
    scarce = CHILDREN.with_columns(units=pl.Series([9, 2, 0, 16]))
    (dots,) = children(scarce).data
    told = dict(zip(dots.customdata, zip(dots.text, dots.marker.symbol, strict=True), strict=True))
    assert told["193"] == ("99,50\u00a0% (9/20)", "circle-open")
    assert told["194"] == ("99,50\u00a0%", "circle")
    assert told["196"] == ("97,25\u00a0%", "diamond-cross-open")
    assert children(scarce).layout.xaxis.range[1] > children(CHILDREN).layout.xaxis.range[1]  # room for what it says


def test_a_child_without_a_figure_is_not_drawn_as_zero() -> None:
    (dots,) = children(CHILDREN, VIETNAMESE, "Tỷ lệ").data
    assert "195" not in dots.customdata
    assert 0 not in dots.x


def test_a_child_says_its_parts_and_who_reported() -> None:
    (dots,) = children(CHILDREN, ENGLISH, "Rate").data
    assert dots.hovertext[0] == "<b>B</b>: 99.50\u00a0%<br>1,990 / 2,000<br>19 of 20 units reported"


def test_the_axis_holds_every_dot_and_its_label() -> None:
    figure = children(CHILDREN, VIETNAMESE, "Tỷ lệ")
    low, high = figure.layout.xaxis.range
    assert (low, high) == pytest.approx((97.25 - 0.08 * 2.25, 99.5 + 0.25 * 2.25))
    alone = children(CHILDREN.head(1), VIETNAMESE, "Tỷ lệ").layout.xaxis.range
    assert tuple(alone) == pytest.approx((99.5 - 1.0, 99.5 + 0.5))  # a point to its left, half a one for its words
