"""Every page, in both languages: with data, without, and what is said about simulated figures."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import polars as pl
import pytest
from screen import Screen

from loaders.form import all_forms
from pages.kit.page_list import PAGES
from pages.kit.words import Words, all_words, plain
from warehouse import answers
from warehouse.answers import RowFilter, Scope, Subject, disputes, drill, reporting, sums, trends
from warehouse.answers.comparison import compare
from warehouse.demo.nation import simulate_nation
from warehouse.model import LEVELS, SEVERITIES, Figured, Level, Severity
from warehouse.numbers import Language
from warehouse.periods import FIRST_YEAR
from warehouse.store import Warehouse
from warehouse.versions.figured import publish_figures

Open = Callable[..., Screen]

NAMES = [entry.name for entry in PAGES]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
SIMULATED = {"unit": "22", "period": "2024-12M", "level": "commune"}
WORLD = {"world": "simulated"}
REAL = {"unit": "399", "period": "2024-6M", "level": "commune"}
NOTICE: dict[Language, str] = {
    "vi": "**Dữ liệu mô phỏng.** Mọi số liệu đang xem do phần mềm sinh ra để dùng thử, không phải báo cáo thật.",
    "en": "**Simulated data.** All figures shown were generated for trying the software; they are not real reports.",
}
MARKS: dict[Language, dict[str, str]] = {"vi": {",": ".", ".": ","}, "en": {}}
VIETNAMESE_LETTER = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)

every_page = pytest.mark.parametrize("page", NAMES)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def written(value: float | Decimal, decimals: int, language: Language) -> str:
    """A number in a language's marks, computed apart from the formatter that is tested."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{exact:,f}".translate(str.maketrans(MARKS[language]))


@every_page
@both_languages
@pytest.mark.parametrize("place", [SIMULATED, REAL, {"unit": "46"}, {"unit": "15928"}, {"unit": "VN"}, {}, WORLD])
def test_a_page_says_simulated_where_it_is_and_nowhere_else(
    open_page: Open, page: str, language: Language, place: dict[str, str]
) -> None:
    screen = open_page(page, lang=language, **place)
    simulated = place in (SIMULATED, WORLD)
    assert [warning.value for warning in screen.test.warning] == ([NOTICE[language]] if simulated else [])
    assert screen.address["lang"] == language


@every_page
@both_languages
def test_the_simulated_world_of_the_country_is_marked(open_page: Open, page: str, language: Language) -> None:
    screen = open_page(page, unit="VN", world="simulated", lang=language, **{"with": "22"})
    assert [warning.value for warning in screen.test.warning] == [NOTICE[language]]


@every_page
@both_languages
def test_an_empty_warehouse_says_how_to_fill_it(open_empty: Open, page: str, language: Language) -> None:
    screen = open_empty(page, lang=language)
    assert [info.value for info in screen.test.info] == [
        {
            "vi": "Kho dữ liệu chưa có báo cáo nào. Chạy “cchc demo” để tạo dữ liệu mô phỏng, hoặc “cchc load TỆP…” "
            "để nạp báo cáo.",
            "en": "There are no reports yet. Run “cchc demo” to build simulated data, or “cchc load FILE…” to load "
            "reports.",
        }[language]
    ]
    assert [link.label for link in screen.test.get("page_link")][: len(PAGES)] == MENU[language]


MENU = {language: [all_words()[f"{entry.name}.title"][language] for entry in PAGES] for language in LANGUAGES}


@every_page
@both_languages
def test_the_menu_carries_the_filters_along(open_page: Open, page: str, language: Language) -> None:
    links = open_page(page, lang=language, minimum="20", **REAL).test.get("page_link")
    assert [link.label for link in links][: len(PAGES)] == MENU[language]
    assert {link.query_string for link in links[: len(PAGES)]} == {
        f"unit=399&period=2024-6M&level=commune&lang={language}"
    }


def test_a_unit_without_reports_says_so(open_page: Open) -> None:
    screen = open_page("overview", unit="01")
    assert [info.value for info in screen.test.info] == [
        "Thành phố Hà Nội và các đơn vị bên dưới chưa có báo cáo nào được nạp. Chọn một nơi có báo cáo dưới đây hoặc "
        "tìm đơn vị khác."
    ]
    assert screen.tiles() == {}


# Overview -------------------------------------------------------------------------------------------


def test_overview_of_printed_figures_in_vietnamese(open_page: Open) -> None:
    screen = open_page("overview", **REAL)
    assert screen.heading == "Huyện Hoằng Hóa · 6 tháng 2024 · Cấp xã"
    assert screen.tiles() == {
        "Giải quyết đúng hạn": ("94,89\u00a0%", "⚠ Chỉ 2/36 đơn vị cấp xã có số liệu"),  # (1230 + 700) / (1234 + 800)
        "Nộp trực tuyến": ("–", ""),
        "Hoàn thành kế hoạch CCHC": ("82,93\u00a0%", "⚠ Chỉ 2/36 đơn vị cấp xã có số liệu"),  # (14 + 20) / (21 + 20)
        "Giải ngân đầu tư công": ("–", ""),
        "Hồ sơ tiếp nhận": ("2.034", "⚠ Chỉ 2/36 đơn vị cấp xã có số liệu"),
    }
    assert screen.captions[:3] == [
        "Kho số liệu có 4 báo cáo của 4 đơn vị, 1 kỳ; trang này đang xem 2 báo cáo.",
        "1.930 / 2.034",
        "Không so được với cùng kỳ năm trước: chưa có báo cáo nào của cùng kỳ năm trước",
    ]
    assert "Dưới 5 đơn vị cấp xã có số liệu nên không so với mức chung." in screen.captions


def test_overview_of_printed_figures_in_english(open_page: Open) -> None:
    screen = open_page("overview", lang="en", **REAL)
    assert screen.heading == "Huyện Hoằng Hóa · 6 months 2024 · Commune"
    assert screen.tiles() == {
        "Resolved on time": ("94.89\u00a0%", "⚠ Figures from only 2 of 36 commune-level units"),
        "Filed online": ("–", ""),
        "Reform plan completed": ("82.93\u00a0%", "⚠ Figures from only 2 of 36 commune-level units"),
        "Investment disbursed": ("–", ""),
        "Dossiers received": ("2,034", "⚠ Figures from only 2 of 36 commune-level units"),
    }
    assert screen.captions[:3] == [
        "The warehouse holds 4 reports from 4 units for 1 period; this page shows 2 of them.",
        "1,930 / 2,034",
        "Cannot be compared with a year earlier: no report from a year earlier was loaded",
    ]
    assert (
        "Fewer than 5 commune-level units have figures, so none is compared with the overall rate." in screen.captions
    )


@both_languages
def test_overview_names_only_changes_beyond_chance(open_page: Open, warehouse: Warehouse, language: Language) -> None:
    screen = open_page("overview", lang=language, **SIMULATED)
    scope = Scope("22", "commune", "2024-12M", simulated=True)
    found = compare(warehouse, scope, "on_time_rate", "received", 0)
    fell = found.filter(pl.col("standing").is_in(["below", "far_below"]), change_real="falls").sort("change").head(5)
    assert fell.height > 0
    assert f"**{words_of('overview.attention', language)}**" in screen.paragraphs
    expected = [
        [
            row["name"],
            f"{written(row['percent'], 2, language)}\u00a0%",
            written(row["change"], 2, language).replace("-", "−"),
            f"{written(row['percent_before'], 2, language)}\u00a0%",
            written(row["numerator"], 0, language),
            written(row["denominator"], 0, language),
        ]
        for row in fell.iter_rows(named=True)
    ]
    assert [list(row.values()) for row in screen.cells()] == expected


def test_a_district_without_dossiers_received_shows_those_resolved(open_page: Open) -> None:
    tiles = open_page("overview", unit="46", period="2024-6M").tiles()
    assert tiles["Giải quyết đúng hạn"] == ("99,62\u00a0%", "⚠ Chỉ 1/9 đơn vị cấp huyện có số liệu")
    assert tiles["Hồ sơ đã giải quyết"] == ("7.843", "⚠ Chỉ 1/9 đơn vị cấp huyện có số liệu")
    assert "Hồ sơ tiếp nhận" not in tiles


def words_of(key: str, language: Language) -> str:
    return all_words()[key][language]


def tile_names(language: Language) -> dict[str, str]:
    return {rate: all_words()[f"tile.{rate}"][language] for rate in ("on_time_rate", "online_rate", "plan_completion")}


@both_languages
@pytest.mark.parametrize("level", LEVELS)
def test_overview_tiles_are_the_answers(
    open_page: Open, warehouse: Warehouse, language: Language, level: Level
) -> None:
    tiles = open_page("overview", **{**SIMULATED, "level": level, "lang": language}).tiles()
    rates = sums.overview(warehouse, Scope("22", level, "2024-12M", simulated=True))
    for rate, name in tile_names(language).items():
        row = rates.filter(pl.col("rate") == rate).row(0, named=True)
        now, before = (Decimal(written(row[name], 2, "en")) for name in ("percent", "percent_before"))
        change = written(now - before, 2, language).replace("-", "−")
        sign = "" if change.startswith("−") or not change.strip("0.,") else "+"
        unit = {"vi": "điểm %", "en": "points"}[language]
        alike = 0.9 <= row["units"] / row["units_before"] <= 1 / 0.9  # else the difference says more of the units
        others = {"vi": " (khác số đơn vị)", "en": " (other units)"}[language]
        if row["units"] == row["units_before"]:
            unsure = row["change_real"] == "open" and change.strip("−0.,")
            others = {"vi": " (chưa chắc)", "en": " (not sure)"}[language] if unsure else ""
        told = f"{sign}{change} {unit}{others}" if alike else ""
        assert tiles[name] == (f"{written(row['percent'], 2, language)}\u00a0%", told)


@both_languages
def test_overview_names_the_target_and_whether_it_is_met(
    open_page: Open, warehouse: Warehouse, language: Language
) -> None:
    captions = open_page("overview", lang=language, **SIMULATED).captions
    rates = sums.overview(warehouse, Scope("22", "commune", "2024-12M", simulated=True))
    row = rates.filter(pl.col("rate") == "online_rate").row(0, named=True)
    assert row["percent"] > row["target"] == 50
    count = disputes.disputed(warehouse, Scope("22", "commune", "2024-12M", simulated=True)).filter(
        rate="online_rate", definition=row["definition"]
    )
    assert count.height == 2
    assert {
        "vi": "✓ Đạt 50\u00a0% (mức đạt điểm tối đa theo Quyết định số 766/QĐ-TTg ngày 23/06/2022)",
        "en": "✓ Meets 50\u00a0% (full marks under Prime Minister Decision 766/QĐ-TTg of 23 June 2022)",
    }[language] in captions


@pytest.mark.parametrize("page", ["overview", "quality"])
def test_units_due_before_the_oldest_map_are_said_to_be_those_of_that_map(real: Path, page: str) -> None:
    unsure = (
        "Các kỳ trước năm 2025 dùng danh mục đơn vị hành chính đầu năm 2025: đơn vị đã sắp xếp, sáp nhập từ ngày "
        "01/01/2025 trở về trước không có trong danh mục, nên số đơn vị phải báo cáo có thể chưa đúng."
    )
    assert Screen(real, page, {"unit": "79", "period": "2020-Q1"}).captions.count(unsure) == 1
    assert Screen(real, page, {"unit": "38", "period": "2024-6M", "map": "now"}).captions.count(unsure) == 1


def test_units_due_are_known_since_the_oldest_map(open_page: Open) -> None:
    of_2025 = {"unit": "22", "period": "2025-12M"}
    assert not [text for text in open_page("overview", **of_2025).captions if "đầu năm 2025" in text]
    captions = open_page("quality", **of_2025).captions  # its table of periods goes further back
    assert len([text for text in captions if "đầu năm 2025" in text]) == 1


def test_overview_counts_the_reports_that_are_missing(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("overview", **SIMULATED)
    complete = reporting.completeness(warehouse, "22", "2024-12M", simulated=True)
    of_communes = complete.filter(level="commune")
    missing = of_communes["expected"].sum() - of_communes["reported"].sum()
    assert missing > 0
    assert f"Còn thiếu {missing} báo cáo cấp xã: số liệu có thể thay đổi khi có đủ." in screen.captions
    bars = [bar.text for bar in screen.test.get("progress")]
    names = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}
    assert bars == [
        f"**{names[row['level']]}**: {row['reported']}/{row['expected']} đơn vị đã báo cáo"
        for row in complete.iter_rows(named=True)
    ]


def test_overview_lists_six_findings_and_counts_the_rest(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("overview", **SIMULATED)
    found = answers.findings_of(warehouse, "22", "2024-12M", simulated=True)
    assert found["severity"].to_list()[:4] == ["high", "high", "high", "medium"]
    listed = [text for text in screen.paragraphs if re.match(r"- \*\*(Nghiêm trọng|Trung bình|Nhẹ)\*\*", text)]
    assert len(listed) == 6
    assert {text.split(" · ")[1] for text in listed} <= set(found["unit_name"])
    assert screen.captions[-1] == f"và {found.height - 6} phát hiện khác"


def test_a_finding_speaks_of_its_place_in_words(open_page: Open) -> None:
    (vietnamese,) = [text for text in open_page("overview", **REAL).paragraphs if "script" in text]
    (english,) = [text for text in open_page("overview", lang="en", **REAL).paragraphs if "script" in text]
    assert vietnamese.startswith("- **Nhẹ** · Xã Hoằng Đức · Phụ lục 01b, dòng 181: Phụ lục 01b")
    assert english.startswith("- **Low** · Xã Hoằng Đức · Phụ lục 01b, line 181: Phụ lục 01b")


# By area --------------------------------------------------------------------------------------------


def test_drilldown_lists_the_children_with_and_without_a_figure(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("drilldown", **REAL)
    assert screen.heading == "Huyện Hoằng Hóa: 36 đơn vị bên dưới"
    by_name = {row["Đơn vị"]: row for row in screen.cells()}
    assert len(by_name) == 36
    assert by_name["Xã Hoằng Hợp"] == {
        "Đơn vị": "Xã Hoằng Hợp",
        "Tỷ lệ": "99,68\u00a0%",
        "Tử số": "1.230",
        "Mẫu số": "1.234",
        "Báo cáo": "1 / 1",
        "Ghi chú": "",
    }
    assert by_name["Xã Hoằng Trường"]["Tỷ lệ"] == "–"
    assert by_name["Xã Hoằng Trường"]["Ghi chú"] == "Chưa có báo cáo"
    (trace,) = screen.figure()["data"]
    assert trace["customdata"] == ["15919", "15928"]
    assert screen.captions[1].startswith("34 đơn vị chưa có số liệu: ")
    children = drill.drilldown(warehouse, Scope("399", "commune", "2024-6M"), "on_time_rate", "received")
    shown = children.sort("percent", descending=True, nulls_last=True, maintain_order=True)
    assert [row["Đơn vị"] for row in screen.cells()] == shown["name"].to_list()


def test_a_commune_shows_every_row_of_its_report(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("drilldown", unit="15919", period="2024-6M", lang="en")
    assert screen.captions[0] == (
        "Xã Hoằng Hợp is a commune, there is no level below. All of its figures for the period are listed here."
    )
    assert [(row["Name"], row["Rate"], row["Report file"]) for row in screen.cells(0)] == [
        ("On-time resolution rate", "99.68\u00a0%", "hoang-hop_2024-6M.docx"),
        ("Reform plan completion rate", "66.67\u00a0%", "hoang-hop_2024-6M.docx"),
    ]
    rows = answers.rows(warehouse, RowFilter("15919", ("2024-6M",)), limit=500)
    assert rows.height == 80
    assert [row["Indicator (as printed)"] for row in screen.cells(1)] == rows["label"].to_list()


def test_where_no_child_has_a_figure_there_is_still_a_way_down(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("drilldown", unit="399", period="2024-6M", rate="disbursement_rate")
    labels = [button.label for button in screen.test.button]
    assert labels[-36:] == answers.children(warehouse, "399", "2024-6M")["name"].to_list()


# Trends ---------------------------------------------------------------------------------------------


@both_languages
def test_trends_draw_the_answer(open_page: Open, warehouse: Warehouse, language: Language) -> None:
    screen = open_page("trends", lang=language, **SIMULATED)
    spans = ("12M",)  # the kind of the selected period
    scope = Scope("22", "commune", "2024-12M", simulated=True)
    frame = trends.trend(warehouse, scope, ["22"], Subject("on_time_rate", "received"), spans)
    (trace,) = screen.lines()
    assert trace["y"] == frame["value"].to_list()
    assert trace["name"] == "Tỉnh Quảng Ninh"
    cells = [list(row.values()) for row in screen.cells()]
    assert [row[2] for row in cells] == [f"{written(value, 2, language)}\u00a0%" for value in frame["value"]]
    named = {
        "vi": "**Tỷ lệ hồ sơ giải quyết đúng hạn: Đúng hạn trên hồ sơ đã tiếp nhận**",
        "en": "**On-time resolution rate: On time out of received**",
    }
    assert named[language] in screen.paragraphs


def test_trends_of_the_country_show_its_provinces(open_page: Open) -> None:
    screen = open_page("trends", unit="VN")
    assert screen.widget("with").value == ["38", "46", "30"]


def test_trends_of_an_indicator_that_no_unit_has(open_page: Open) -> None:
    screen = open_page("trends", what="rate:disbursement_rate", **REAL)
    assert [info.value for info in screen.test.info] == [
        "Không có số liệu nào cho lựa chọn này. Thử tỷ lệ, đơn vị hoặc loại kỳ khác."
    ]


# Data quality ---------------------------------------------------------------------------------------

HOANG_DUC, HOANG_HOP = "15928-2024-6M-00000000", "15919-2024-6M-00000000"
JUMPS = "5.4.2 → 5.4.5; 7.2.1 → 7.2.3; 7.2 → 7.4."


def test_quality_of_printed_reports_in_vietnamese(open_page: Open) -> None:
    screen = open_page("quality", **REAL)
    assert screen.tiles() == {
        "Báo cáo đã nhận": ("2 / 37", ""),  # the district and its 36 communes
        "Phát hiện mức nghiêm trọng": ("0", ""),
        "Phát hiện mức trung bình": ("0", ""),
        "Phát hiện mức nhẹ": ("3", ""),
        "Dòng chưa khớp": ("1", ""),
    }
    assert "- Số thứ tự nhảy cóc: 2 phát hiện trong 2 báo cáo\n" in f"{screen.paragraphs[4]}\n"
    (reports, periods), found = (screen.cells(number) for number in range(2)), screen.texts_table()
    assert len(reports) == 37
    assert reports[0] == {
        "Đơn vị": "Xã Hoằng Đức",
        "Thuộc": "Huyện Hoằng Hóa",
        "Cấp": "Cấp xã",
        "Tệp báo cáo": "hoang-duc_2024-6M.docx",
        "Số dòng": "81",
        "Dòng chưa khớp": "1",
        "Nghiêm trọng": "0",
        "Trung bình": "0",
        "Nhẹ": "2",
        "Ngày ký": "17/06/2024",
        "Số liệu đến": "14/06/2024",
    }
    assert (reports[1]["Đơn vị"], reports[1]["Số dòng"], reports[1]["Nhẹ"]) == ("Xã Hoằng Hợp", "80", "1")
    assert [row["Vị trí"] for row in found] == [
        "Phụ lục 01b, dòng 163, dòng 172, dòng 175",
        "Phụ lục 01b, dòng 181",
        "Phụ lục 01b, dòng 163, dòng 172, dòng 175",
    ]
    assert found[0]["Phát hiện"] == f"Phụ lục 01b: số thứ tự nhảy cóc: {JUMPS}"
    assert periods == [
        {"Kỳ": "6 tháng 2024", "Cấp tỉnh": "", "Cấp huyện": "0 / 1", "Cấp xã": "2 / 36"}
        | {"Nghiêm trọng": "0", "Trung bình": "0", "Nhẹ": "3"}
    ]


def test_quality_of_printed_reports_in_english(open_page: Open) -> None:
    screen = open_page("quality", lang="en", **REAL)
    assert screen.tiles() == {
        "Reports received": ("2 / 37", ""),
        "High-severity findings": ("0", ""),
        "Medium-severity findings": ("0", ""),
        "Low-severity findings": ("3", ""),
        "Unmapped rows": ("1", ""),
    }
    first = screen.cells()[0]
    assert (first["Unit"], first["Level"], first["Signed on"], first["Figures up to"]) == (
        "Xã Hoằng Đức",
        "Commune",
        "17 Jun 2024",
        "14 Jun 2024",
    )
    assert screen.texts_table()[0] == {
        "Severity": "Low",
        "Unit": "Xã Hoằng Đức",
        "Level": "",
        "Finding": f"Phụ lục 01b: row codes jump: {JUMPS}",
        "Place": "Phụ lục 01b, line 163, line 172, line 175",
        "Report file": "hoang-duc_2024-6M.docx",
    }


def test_a_unit_without_a_report_has_no_count_rather_than_0(open_page: Open) -> None:
    rows = open_page("quality", **REAL).cells()[2:]
    assert len(rows) == 35
    assert {row["Tệp báo cáo"] for row in rows} == {"Chưa có báo cáo kỳ này"}
    counts = ("Số dòng", "Dòng chưa khớp", "Nghiêm trọng", "Trung bình", "Nhẹ", "Ngày ký", "Số liệu đến")
    assert {row[heading] for row in rows for heading in counts} == {"–"}


def test_a_long_list_of_who_reported_comes_in_pages(open_page: Open, warehouse: Warehouse) -> None:
    listed = reporting.reports(warehouse, "38", "2024-6M", simulated=False)["name"].to_list()
    first = open_page("quality", unit="38", period="2024-6M")
    assert [row["Đơn vị"] for row in first.cells()] == listed[:300]
    last = open_page("quality", unit="38", period="2024-6M", reports="2")
    assert [row["Đơn vị"] for row in last.cells()] == listed[300:]
    assert 300 < len(listed) < 600
    number = f"Dòng 301–{len(listed)} trên {len(listed)}"
    assert f"{number}. Bấm vào tiêu đề cột chỉ sắp xếp các dòng của trang này." in last.captions


def test_all_findings_of_a_period_can_be_seen(
    open_page: Open, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.quality.page._FINDINGS_A_PAGE", 10)
    found = answers.findings_of(warehouse, "22", "2024-12M", simulated=True)["message_vi"].to_list()
    assert 10 < len(found) <= 20
    pages = [open_page("quality", findings=number, **SIMULATED).texts_table() for number in ("1", "2", "9")]
    assert [[row["Phát hiện"] for row in page] for page in pages] == [found[:10], found[10:], found[10:]]


@both_languages
def test_quality_is_the_answer(open_page: Open, warehouse: Warehouse, language: Language) -> None:
    screen = open_page("quality", lang=language, **SIMULATED)
    reports = reporting.reports(warehouse, "22", "2024-12M", simulated=True)
    received = reports.filter(pl.col("report_id").is_not_null())
    found = answers.findings_of(warehouse, "22", "2024-12M", simulated=True)
    counts = [found.filter(pl.col("severity") == severity).height for severity in SEVERITIES]
    assert [value for value, _ in screen.tiles().values()] == [
        f"{received.height} / {reports.height}",
        *(str(count) for count in counts),
        "0",
    ]
    assert all(counts)
    assert [next(iter(row.values())) for row in screen.cells()] == reports["name"].to_list()
    assert [list(row.values())[3] for row in screen.texts_table()] == found[f"message_{language}"].to_list()
    periods = reporting.quality_periods(warehouse, "22", simulated=True)["period"].unique(maintain_order=True)
    assert [next(iter(row.values())) for row in screen.cells(1)] == [
        Words(language).period(period) for period in periods.head(12)
    ]


@pytest.mark.parametrize("severity", SEVERITIES)
def test_the_findings_of_one_severity(open_page: Open, warehouse: Warehouse, severity: Severity) -> None:
    screen = open_page("quality", severity=severity, **SIMULATED)
    found = answers.findings_of(warehouse, "22", "2024-12M", simulated=True)
    wanted = found.filter(pl.col("severity") == severity)
    assert [row["Phát hiện"] for row in screen.texts_table()] == wanted["message_vi"].to_list()


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "Không có phát hiện nào ở mức độ này."), ("en", "There are no findings of this severity.")],
)
def test_a_severity_without_findings_says_so(open_page: Open, language: Language, said: str) -> None:
    screen = open_page("quality", severity="high", lang=language, **REAL)
    assert said in screen.captions
    assert len(screen.tables) == 2


def test_a_place_without_findings_says_so(open_page: Open) -> None:
    screen = open_page("quality", unit="477", period="2024-6M")
    assert "Không phát hiện mâu thuẫn nào trong các báo cáo đã nạp của đơn vị và kỳ này." in screen.captions
    assert not screen.shows("severity")
    clean = open_page("quality", unit="477", period="2024-6M", report="477-2024-6M-00000000")
    assert "Không phát hiện mâu thuẫn nào trong báo cáo này." in clean.captions


def test_a_report_opened_in_vietnamese(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("quality", report=HOANG_DUC, **REAL)
    assert screen.heading == r"Xã Hoằng Đức · hoang-duc\_2024-6M.docx"
    assert screen.tiles() == {}
    form = answers.report_card(warehouse, HOANG_DUC)["form_vi"][0]
    facts = f"Kỳ báo cáo: 6 tháng 2024 · Biểu mẫu: {form} · Ngày ký: 17/06/2024 · Số liệu đến: 14/06/2024"
    assert screen.captions[0] == plain(facts)
    first, second = screen.paragraphs[-1].splitlines()
    message = plain(f"Phụ lục 01b: số thứ tự nhảy cóc: {JUMPS}")
    assert first == f"- **Nhẹ** · Phụ lục 01b, dòng 163, dòng 172, dòng 175: {message}"
    assert second.startswith(r"- **Nhẹ** · Phụ lục 01b, dòng 181: Phụ lục 01b\: “\<script\>alert\(1\)\</script\>")
    cells = screen.cells()
    assert [row["Chỉ tiêu (như in trong báo cáo)"] for row in cells] == answers.report_rows(warehouse, HOANG_DUC)[
        "label"
    ].to_list()
    statuses = {row["STT"]: row["Tình trạng"] for row in cells}
    assert [statuses[code] for code in ("3.3", "3.3.2", "7.5.1")] == ["Dòng tiêu đề", "Có số liệu", "Để trống"]
    assert cells[41] == {
        "Phụ lục": "Phụ lục 01b",
        "STT": "3.3.2",
        "Chỉ tiêu (như in trong báo cáo)": ("Số lượng hồ sơ TTHC do UBND cấp xã tiếp nhận được giải quyết đúng hẹn"),
        "Ghi trong báo cáo": "700",
        "Giá trị": "700",
        "Tình trạng": "Có số liệu",
        "Phát hiện": "",
        "Đơn vị tính": "Số lượng hồ sơ",
        "Vị trí": "dòng 142",
        "Ghi chú": "",
        "Mã chỉ tiêu": "dossiers_resolved_on_time",
        "Biểu mẫu": "",
        "Thuộc mục": "Kết quả giải quyết TTHC",
    }


def test_a_report_opened_in_english(open_page: Open) -> None:
    screen = open_page("quality", report=HOANG_DUC, lang="en", **REAL)
    assert screen.captions[0].startswith(r"Period\: 6 months 2024 · Form\: ")
    last = screen.cells()[-1]
    assert len(screen.cells()) == 81
    assert (last["Printed"], last["Value"], last["Status"], last["Form"]) == (
        "=1+1",
        "–",
        "Formula left in",
        "unmapped",
    )
    assert last["Finding"].endswith("still holds the form's formula, no figure was filled in.")
    with_findings = [row["Place"] for row in screen.cells() if row["Finding"]]
    assert with_findings == ["line 163", "line 172", "line 175", "line 181"]


def test_an_opened_report_offers_the_sheet_for_its_unit(open_page: Open) -> None:
    screen = open_page("quality", report=HOANG_DUC, **REAL)
    buttons = screen.test.get("download_button")
    assert [button.proto.label for button in buttons] == [
        "Phiếu rà soát gửi lại đơn vị (.docx)",
        "Phiếu rà soát gửi lại đơn vị (.md)",
    ]


def test_an_opened_report_leads_back_to_the_list(open_page: Open) -> None:
    screen = open_page("quality", report=HOANG_HOP, **REAL)
    (back,) = [button for button in screen.test.button if button.label == "← Về danh sách báo cáo"]
    back.click()
    screen.run()
    assert screen.address == REAL
    assert screen.texts() == open_page("quality", **REAL).texts()


# Explore: more of it in test_explore.py --------------------------------------------------------------


@both_languages
def test_the_table_is_the_answer(open_page: Open, warehouse: Warehouse, language: Language) -> None:
    screen = open_page("explore", lang=language, page="3", **SIMULATED)
    wanted = RowFilter("22", ("2024-12M",), simulated=True)
    counted = answers.rows_count(warehouse, wanted).row(0, named=True)
    rows = written(counted["rows"], 0, language)
    assert counted["rows"] > 10_000
    assert (
        screen.paragraphs[2:4]
        == {
            "vi": [f"{rows} dòng từ {counted['reports']} báo cáo", f"**Tải {rows} dòng**"],
            "en": [f"{rows} rows from {counted['reports']} reports", f"**Download {rows} rows**"],
        }[language]
    )
    assert screen.captions[2].startswith(
        {"vi": f"Dòng 101–150 trên {rows}. Bấm", "en": f"Rows 101–150 of {rows}. A click"}[language]
    )
    third = answers.rows(warehouse, wanted, limit=50, offset=100)
    label = {"vi": "Chỉ tiêu (như in trong báo cáo)", "en": "Indicator (as printed)"}[language]
    assert [row[label] for row in screen.cells()] == third["label"].to_list()


def test_the_table_says_how_a_figure_was_printed_and_read(open_page: Open) -> None:
    cells = open_page("explore", unit="477", period="2024-6M", statuses="reported").cells()
    assert [(row["STT"], row["Ghi trong báo cáo"], row["Giá trị"]) for row in cells] == [
        ("2", "50", "50"),
        ("2.1", "32", "32"),
        ("2.2", "16", "16"),
        ("3.2", "99,62", "99,62"),
        ("3.2.1", "7843", "7.843"),
        ("3.2.2", "7813", "7.813"),
    ]
    assert {row["Vị trí"] for row in cells if row["STT"] == "2"} == {"dòng 102"}
    assert {row["Dữ liệu"] for row in cells} == {"báo cáo thật"}


def test_a_filter_that_finds_nothing_says_so(open_page: Open) -> None:
    screen = open_page("explore", unit="477", period="2024-6M", statuses="text")
    assert [info.value for info in screen.test.info] == [
        "Không có dòng nào khớp bộ lọc. Thử “Mọi kỳ” hoặc bỏ bớt điều kiện lọc."
    ]


# Languages ------------------------------------------------------------------------------------------


def vietnamese_words(warehouse: Warehouse) -> list[re.Pattern[str]]:
    """Our words and the catalogue's in Vietnamese, each a pattern that stops at the edge of a word."""
    texts = [text["vi"] for text in all_words().values() if VIETNAMESE_LETTER.search(text["vi"])]
    catalogue = answers.catalogue(warehouse).select("name_vi", "theme_vi", "measure_vi")
    rates = answers.rates(warehouse).select("name_vi", "note_vi")
    texts += [text for frame in (catalogue, rates) for column in frame for text in column.drop_nulls()]
    parts = [re.split(r"\{\w+\}|%", text) for text in texts]
    longest = {max(part, key=len).strip(" ,.:;*()·/") for part in parts}
    return [re.compile(rf"(?<!\w){re.escape(part)}(?!\w)") for part in longest if VIETNAMESE_LETTER.search(part)]


def without_data(text: str, warehouse: Warehouse, screen: Screen) -> str:
    """A text without what it quotes: names of units and annexes as reports print them."""
    names = set(answers.unit_path(warehouse, screen.address["unit"])["name"])
    names |= set(answers.children(warehouse, screen.address["unit"], screen.address["period"])["name"])
    ranked = answers.rows(warehouse, RowFilter(screen.address["unit"], (screen.address["period"],)), limit=20_000)
    names |= {*ranked["unit_name"].unique(), *ranked["annex"].unique(), *ranked["label"].unique()}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


@every_page
@pytest.mark.parametrize("place", [SIMULATED, REAL, {"unit": "15928", "period": "2024-6M"}])
def test_an_english_page_has_no_vietnamese_word_of_ours(
    open_page: Open, warehouse: Warehouse, page: str, place: dict[str, str]
) -> None:
    screen = open_page(page, lang="en", **place)
    switch = {"Tiếng Việt", "Ngôn ngữ / Language"}
    text = without_data("\n".join(text for text in screen.texts() if text not in switch), warehouse, screen)
    patterns = vietnamese_words(warehouse)
    assert len(patterns) > 250
    assert [pattern.pattern for pattern in patterns if pattern.search(text)] == []


@every_page
def test_a_vietnamese_page_would_be_told_from_an_english_one(open_page: Open, warehouse: Warehouse, page: str) -> None:
    screen = open_page(page, **REAL)
    text = without_data("\n".join(screen.texts()), warehouse, screen)
    assert sum(bool(pattern.search(text)) for pattern in vietnamese_words(warehouse)) >= 15


def test_a_report_of_figures_alone_says_that_it_has_no_rows(tmp_path: Path) -> None:
    (part,) = simulate_nation(provinces=["11"])
    one = part.reports.head(1)
    where = {"unit": one["unit_code"][0], "period": one["period"][0], "report": one["report_id"][0]}
    facts = part.facts.join(one, on=["unit_code", "period"], how="semi")
    publish_figures(tmp_path, [Figured(one, facts)], all_forms(), "demo")
    assert Words("vi")("quality.no_rows") in [info.value for info in Screen(tmp_path, "quality", where).test.info]


def test_the_first_year_there_is_has_no_year_before(tmp_path: Path) -> None:
    (part,) = simulate_nation(provinces=["11"])
    first = part.reports.filter(pl.col("period") == f"{FIRST_YEAR}-6M")
    facts = part.facts.join(first, on=["unit_code", "period"], how="semi")
    publish_figures(tmp_path, [Figured(first, facts)], all_forms(), "demo")
    for page in NAMES:
        screen = Screen(tmp_path, page, {"unit": "11", "period": f"{FIRST_YEAR}-6M", "level": "commune"})
        assert [problem.value for problem in (*screen.test.exception, *screen.test.error)] == [], page
    assert any("chưa có báo cáo nào của cùng kỳ năm trước" in text for text in Screen(tmp_path, "overview", {}).texts())
