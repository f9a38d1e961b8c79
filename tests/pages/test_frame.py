"""The frame of all pages: contrast of colours, the dark scheme, paper, Streamlit's own words, and what went wrong."""

import logging
import re
import string
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from screen import Screen
from streamlit.testing.v1 import AppTest

from pages.kit.chrome import streamlit_words
from pages.kit.drawing import Drawing
from pages.kit.printed_table import PRINTED_ROWS
from pages.kit.theme import DARK_TWINS, GREY, SERIES, as_sent
from warehouse.versions import Versions

ROOT = Path(__file__).parents[2]
THEME: dict[str, Any] = tomllib.loads(
    (ROOT / "pages" / "kit" / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)["theme"]
CSS = (ROOT / "pages" / "kit" / "frame.css").read_text(encoding="utf-8")
READABLE, DISCERNIBLE = 4.5, 3.0  # WCAG 2.2, 1.4.3 for text and 1.4.11 for what a figure is drawn with
HUES = ("red", "green", "blue", "yellow", "orange", "gray")

both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


def channels(colour: str) -> list[float]:
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def luminance(parts: list[float]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str, ground: str, opacity: float = 1.0) -> float:
    """The contrast of two colours, the first laid over the second with an opacity; 1 to 21."""
    below = channels(ground)
    above = [opacity * one + (1 - opacity) * other for one, other in zip(channels(colour), below, strict=True)]
    light, dark = sorted((luminance(above), luminance(below)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#000000", "#ffffff", opacity=0) == pytest.approx(1)


@both_schemes
def test_every_text_can_be_read(scheme: str) -> None:
    theme = THEME[scheme]
    grounds = [theme["backgroundColor"], theme["secondaryBackgroundColor"]]
    caption = float(re.search(r"stCaptionContainer\"\] {\n  opacity: ([\d.]+)", CSS)[1])  # type: ignore[index]
    pairs = [(theme[name], ground, 1.0) for name in ("textColor", "linkColor", "primaryColor") for ground in grounds]
    pairs += [(theme["textColor"], ground, caption) for ground in grounds]
    pairs += [(theme[f"{hue}TextColor"], theme[f"{hue}BackgroundColor"], 1.0) for hue in HUES]
    pairs += [(theme[f"{hue}TextColor"], ground, 1.0) for hue in HUES for ground in grounds]
    pairs += [(theme["dataframeHeaderTextColor"], theme["dataframeHeaderBackgroundColor"], 1.0)]
    assert [pair for pair in pairs if contrast(*pair) < READABLE] == []


def test_what_scrolls_goes_under_the_ground_of_the_page() -> None:
    (grounds,) = re.findall(r"light-dark\((.+?)\)", CSS)
    expected = [THEME[scheme]["backgroundColor"] for scheme in ("light", "dark")]
    assert [channels(ground) for ground in grounds.split(", ")] == [channels(ground) for ground in expected]


@both_schemes
def test_every_line_of_a_figure_stands_out(scheme: str) -> None:
    drawn = SERIES if scheme == "light" else tuple(DARK_TWINS[colour] for colour in SERIES)
    assert THEME[scheme]["chartCategoricalColors"] == list(drawn)
    ground = THEME[scheme]["backgroundColor"]
    assert [colour for colour in drawn if contrast(colour, ground) < DISCERNIBLE] == []
    grey = GREY if scheme == "light" else DARK_TWINS[GREY]
    assert contrast(grey, ground) >= READABLE


def test_a_figure_in_the_dark_has_the_twins_of_its_colours_and_nothing_else_changed() -> None:
    figure = Drawing()
    figure.add_scatter(x=[1, 2], y=[3, 4], marker={"color": [SERIES[0], "#123456"]}, line={"color": GREY})
    figure.add_annotation(text=SERIES[0][1:], font={"color": SERIES[1]})
    dark = go.Figure(as_sent(figure, dark=True))
    assert list(dark.data[0].marker.color) == ["#58a9e2", "#123456"]
    assert dark.data[0].line.color == "#a9b4bf"
    assert dark.layout.annotations[0].font.color == "#f2843c"
    assert dark.layout.annotations[0].text == "0072b2"
    assert (list(dark.data[0].x), list(dark.data[0].y)) == ([1, 2], [3, 4])
    assert figure.data[0]["line"] == {"color": GREY}


# Tables ---------------------------------------------------------------------------------------------


def test_a_table_has_an_id_without_which_the_browser_ignores_how_numbers_are_written(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page("ranking", unit="399", period="2024-6M")
    assert {table.proto.arrow_data.styler.uuid for table in screen.test.dataframe} == {"t"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_paper_has_the_rows_of_the_screen(open_page: Callable[..., Screen], lang: str) -> None:
    screen = open_page("ranking", unit="22", period="2024-12M", level="district", lang=lang)
    shown = screen.cells()
    assert screen.printed() == [list(shown[0]), *(list(row.values()) for row in shown)]


def test_paper_quotes_what_a_report_prints(open_page: Callable[..., Screen]) -> None:
    screen = open_page("table", unit="15928", period="2024-6M", statuses="formula")
    assert any("<script>alert(1)</script>" in cell for row in screen.printed() for cell in row)
    assert not any("<script>alert" in node.proto.body for node in screen.test.get("html"))


def long_table() -> None:
    import polars as pl  # noqa: PLC0415 - the function is run as a script of its own

    from pages.kit.tables import Column, show_table  # noqa: PLC0415
    from pages.kit.words import Words  # noqa: PLC0415

    show_table(pl.DataFrame({"n": range(1434)}), [Column("n", "Số", "count")], Words("vi"), key="long")


def test_paper_says_how_many_rows_it_leaves_out() -> None:
    (paper,) = AppTest.from_function(long_table).run().get("html")
    assert paper.proto.body.count("<td") == PRINTED_ROWS == 200
    assert "Còn 1.234 dòng nữa, không in ở đây" in paper.proto.body


# Streamlit's own words ------------------------------------------------------------------------------


def test_streamlit_is_translated_cleanly() -> None:
    rows = streamlit_words()
    assert len({row["en"] for row in rows}) == len(rows) > 60

    def places(text: str) -> list[str]:
        return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]

    for row in rows:
        assert list(row) == ["en", "vi"]
        assert set(places(row["vi"])) <= set(places(row["en"])), row
        for text in row.values():
            assert text == unicodedata.normalize("NFC", " ".join(text.split())) != "", row


# What went wrong ------------------------------------------------------------------------------------

FAILED = {
    "vi": r"Trang này gặp lỗi, chưa hiển thị được\. Hãy tải lại trang; nếu vẫn lỗi, "
    r"gửi mã \*\*([0-9A-F]{8})\*\* cho người quản trị\.",
    "en": r"This page could not be shown\. Reload the page; if it fails again, send the "
    r"code \*\*([0-9A-F]{8})\*\* to your administrator\.",
}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_failure_is_told_calmly_and_its_details_are_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, lang: str
) -> None:
    versions = Versions(tmp_path)
    versions.path(1).write_bytes(b"not a database")
    versions.point_to(1)
    with caplog.at_level(logging.ERROR):
        screen = Screen(tmp_path, "overview", {"lang": lang}, fails=True)
    (error,) = screen.test.error
    said = re.fullmatch(FAILED[lang], error.value)
    assert said
    assert not any("Traceback" in text or str(tmp_path) in text for text in screen.texts())
    (record,) = [record for record in caplog.records if record.msg == "page failed"]
    assert vars(record)["fields"] == {"page": "overview", "reference": said[1]}
    assert record.exc_info
    assert str(tmp_path) in str(record.exc_info[1])
