"""The unit profile and its one-page brief: exact figures, escaped texts, one sheet of A4."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from screen import Screen

from pages.kit.context import Context, Selection, UnitStep
from pages.kit.words import Words
from pages.profile.brief import Brief, brief_of
from pages.profile.brief_docx import to_docx
from pages.profile.brief_html import to_html
from pages.profile.standing import standings
from warehouse import answers
from warehouse.answers import Scope, profiles, ranks
from warehouse.numbers import Language
from warehouse.store import Warehouse

Open = Callable[..., Screen]
QUANG_NINH, HA_LONG = UnitStep("22", "Tỉnh Quảng Ninh", "province"), UnitStep("193", "Thành phố Hạ Long", "district")
NATION = UnitStep("VN", "Cả nước", None)
GIENG_DAY = UnitStep("06661", "Phường Giếng Đáy", "commune")
CHROMIUM = shutil.which("chromium")


def context_of(warehouse: Warehouse, *path: UnitStep, period: str = "2024-12M", language: Language = "vi") -> Context:
    level = path[-1].level or "commune"
    return Context(warehouse, Words(language), Selection((NATION, *path), period, level, simulated=True))


@pytest.fixture
def brief(warehouse: Warehouse) -> Brief:
    context = context_of(warehouse, QUANG_NINH, HA_LONG, GIENG_DAY)
    return brief_of(context, standings(context))


def test_a_standing_agrees_with_the_ranking(warehouse: Warehouse) -> None:
    found = standings(context_of(warehouse, QUANG_NINH, HA_LONG, GIENG_DAY))
    assert [one.rate for one in found][:3] == ["on_time_rate", "online_rate", "plan_completion"]
    scope = Scope("22", "commune", "2024-12M", simulated=True)
    for one in found:
        ranked = ranks.ranking(warehouse, scope, one.rate, one.definition, 0)
        (line,) = ranked.filter(ranked["unit_code"] == "06661").rows(named=True)
        assert (one.rank, one.percent, one.ranked) == (line["rank"], line["percent"], ranked.height)
        assert one.percent_before == line["percent_before"]
        assert one.peers == tuple(sorted(ranked["percent"]))
        assert one.median == pytest.approx(ranked["percent"].median())


def test_peers_of_a_district_are_added_up_from_its_communes(warehouse: Warehouse) -> None:
    scope = Scope("193", "commune", "2024-12M", simulated=True)
    peers = profiles.peers(warehouse, scope, "22", "district")
    drilled = answers.drilldown(
        warehouse, Scope("22", "commune", "2024-12M", simulated=True), "on_time_rate", "received"
    )
    expected = {row["unit_code"]: row["percent"] for row in drilled.iter_rows(named=True) if row["percent"]}
    found = peers.filter((peers["rate"] == "on_time_rate") & (peers["definition"] == "received"))
    assert dict(found.select("unit_code", "percent").iter_rows()) == pytest.approx(expected)


def test_the_page_shows_the_figures_of_its_unit(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("profile", unit="06661", period="2024-12M")
    assert screen.heading == "Phường Giếng Đáy · Năm 2024"
    rates, facts, reports = (screen.cells(number) for number in range(3))
    (one, *_) = standings(context_of(warehouse, QUANG_NINH, HA_LONG, GIENG_DAY))
    assert rates[0]["Hạng"] == f"{one.rank}/{one.ranked}"
    assert rates[0]["Tỷ lệ"] == Words("vi").numbers.percent(one.percent)
    own = profiles.unit_facts(warehouse, "06661", "2024-12M", simulated=True)
    assert len(facts) == own.height
    assert [row["Chỉ tiêu"] for row in facts] == own["name_vi"].to_list()
    assert len(reports) == profiles.unit_reports(warehouse, "06661", simulated=True).height
    theme = open_page("profile", unit="06661", period="2024-12M", theme="procedures")
    assert len(theme.cells(1)) == own.filter(own["theme"] == "procedures").height
    assert len(open_page("profile", unit="06661", period="2024-12M", theme="<b>").cells(1)) == own.height


def test_the_country_has_no_profile_and_says_so(open_page: Open) -> None:
    screen = open_page("profile", unit="VN", world="simulated")
    assert [info.value for info in screen.test.info] == [Words("vi")("profile.choose")]


def test_a_unit_of_today_leads_to_those_it_came_of(open_page: Open) -> None:
    screen = open_page("profile", unit="06661@2025-07-01", map="now", period="2025-12M")
    labels = [button.label for button in screen.test.button]
    assert {"Phường Giếng Đáy", "Phường Việt Hưng", "Phường Hà Khẩu (một phần)"} <= set(labels)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_brief_holds_the_figures_in_both_formats(warehouse: Warehouse, language: Language) -> None:
    context = context_of(warehouse, QUANG_NINH, HA_LONG, GIENG_DAY, language=language)
    brief = brief_of(context, standings(context))
    page = unescape(to_html(brief, context.words).decode())
    with zipfile.ZipFile(io.BytesIO(to_docx(brief, context.words))) as package:
        document = unescape(re.sub("<[^>]+>", "\n", package.read("word/document.xml").decode()))
        pictures = [name for name in package.namelist() if name.startswith("word/media/")]
    assert len(pictures) == 2
    assert page.count("data:image/svg+xml") == 2
    assert len(brief.lines) == 4
    for text in (page, document):
        assert context.words("brief.simulated") in text
        for line in brief.lines:
            assert all(cell in text for cell in (line.name, line.value, line.parts, line.rank, line.median))


def test_a_brief_of_a_hostile_name_shows_it_as_written(warehouse: Warehouse) -> None:
    hostile = "<script>alert(1)</script> {{ 7*7 }} =HYPERLINK(1)"
    context = context_of(warehouse, QUANG_NINH, HA_LONG, UnitStep("06661", hostile, "commune"))
    page = to_html(brief_of(context, []), context.words).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} =HYPERLINK(1)" in page


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium to print with")
def test_the_brief_prints_on_one_page(brief: Brief, tmp_path: Path) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    sheet = tmp_path / "brief.html"
    sheet.write_bytes(to_html(brief, Words("vi")))
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(sheet.as_uri())
        printed = page.pdf(prefer_css_page_size=True)
        browser.close()
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
