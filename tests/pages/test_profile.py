"""The unit profile and its one-page brief: exact figures, escaped texts, one sheet of A4."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from screen import Screen, plotted

from pages.kit.context import Context, Selection, UnitStep
from pages.kit.words import Words, plain
from pages.profile.brief import MOST_RATES, Brief, _source, brief_of, fitting
from pages.profile.brief_docx import to_docx
from pages.profile.brief_html import to_html
from pages.profile.figures import place, standing_words, strip_figure
from pages.profile.findings import own_findings
from pages.profile.standing import Standing, parts_words, rank_words, standings
from pages.profile.verdict import verdict
from warehouse import answers
from warehouse.answers import Scope, drill, peers, profiles, ranks, reporting
from warehouse.answers.comparison import compare
from warehouse.numbers import Language, shown_change
from warehouse.store import Warehouse, open_warehouse

Open = Callable[..., Screen]
QUANG_NINH, HA_LONG = UnitStep("22", "Tỉnh Quảng Ninh", "province"), UnitStep("193", "Thành phố Hạ Long", "district")
NATION = UnitStep("VN", "Cả nước", None)
GIENG_DAY = UnitStep("06661", "Phường Giếng Đáy", "commune")
CHROMIUM, OFFICE = shutil.which("chromium"), shutil.which("soffice")


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
        compared = compare(warehouse, scope, one.rate, one.definition, 0)
        (place,) = compared.filter(compared["unit_code"] == "06661").rows(named=True)
        assert (one.rank_best, one.rank_worst, one.cases) == (place["rank_best"], place["rank_worst"], place["cases"])
        assert one.peers == tuple(sorted(ranked["percent"]))
        assert one.median == pytest.approx(ranked["percent"].median())


def test_peers_of_a_district_are_added_up_from_its_communes(warehouse: Warehouse) -> None:
    scope = Scope("193", "commune", "2024-12M", simulated=True)
    districts = peers.peers(warehouse, scope, "22", "district")
    drilled = drill.drilldown(warehouse, Scope("22", "commune", "2024-12M", simulated=True), "on_time_rate", "received")
    expected = {row["unit_code"]: row["percent"] for row in drilled.iter_rows(named=True) if row["percent"]}
    found = districts.filter(rate="on_time_rate", definition="received")
    assert dict(found.select("unit_code", "percent").iter_rows()) == pytest.approx(expected)


def test_the_page_shows_the_figures_of_its_unit(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("profile", unit="06661", period="2024-12M")
    assert screen.heading == "Phường Giếng Đáy · cấp xã · Năm 2024"
    rates, facts, reports = (screen.cells(number) for number in range(3))
    on_phone = screen.cells(0, narrow=True)
    (one, *_) = standings(context_of(warehouse, QUANG_NINH, HA_LONG, GIENG_DAY))
    assert rates[0]["Có thể đứng thứ"] == f"{one.rank_best}–{one.rank_worst} trong {one.ranked}" == "84–142 trong 158"
    assert list(on_phone[0]) == ["Tên tỷ lệ", "Tỷ lệ", "Có thể đứng thứ"]
    assert (rates[0]["Tử số"], rates[0]["Đơn vị tính"]) == (Words("vi").numbers.number(one.numerator), "hồ sơ")
    assert rates[0]["Tỷ lệ"] == Words("vi").numbers.percent(one.percent)
    own = profiles.unit_facts(warehouse, "06661", "2024-12M", simulated=True)
    assert {row["Tăng giảm"][0] for row in facts} == {"+", "−", "0", "–"}
    assert len(facts) == own.height
    assert [row["Chỉ tiêu"] for row in facts] == own["name_vi"].to_list()
    assert len(reports) == profiles.unit_reports(warehouse, "06661", simulated=True).height
    theme = open_page("profile", unit="06661", period="2024-12M", theme="procedures")
    assert len(theme.cells(1)) == own.filter(own["theme"] == "procedures").height
    assert len(open_page("profile", unit="06661", period="2024-12M", theme="<b>").cells(1)) == own.height


def test_a_rate_is_set_against_the_median_of_its_peers_with_its_source(open_page: Open, warehouse: Warehouse) -> None:
    context = context_of(warehouse, QUANG_NINH, HA_LONG, GIENG_DAY)
    (one,) = [one for one in standings(context) if one.rate == "online_rate"]
    numbers = context.words.numbers
    sentence = (
        f"thấp hơn trung vị {numbers.percent(one.median)} của {one.ranked} đơn vị cấp xã trong Tỉnh Quảng Ninh "
        f"({numbers.points(shown_change(one.percent, one.median))} điểm %)."
    )
    assert verdict(context, one) == sentence
    screen = open_page("profile", unit="06661", period="2024-12M")
    (told,) = [node.proto.body for node in screen.test.get("html") if 'class="verdicts"' in node.proto.body]
    assert f"<b>Nộp trực tuyến {numbers.percent(one.percent)}</b>: {sentence}" in told
    links = re.findall('href="([^"]*)"', unescape(told))
    assert "source=06661~commune~2024-12M~online_rate~all_received" in unquote(links[2])
    assert links[3].startswith("ranking?")
    assert {"unit=22", "level=commune", "rate=online_rate", "focus=06661"} <= set(links[3].partition("?")[2].split("&"))
    assert "Giải ngân đầu tư công: không có số liệu trong kỳ, nên không so được." in told


def document_text(document: bytes) -> str:
    """The words of a Word document, a run a line."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return unescape(re.sub("<[^>]+>", "\n", package.read("word/document.xml").decode()))


def test_figures_that_the_own_report_contradicts_are_marked_on_the_page_and_the_sheet(
    real: Path,
) -> None:
    district = UnitStep("477", "Huyện Quảng Điền", "district")
    hue = UnitStep("46", "Tỉnh Thừa Thiên Huế", "province")
    context = Context(
        open_warehouse(real), Words("vi"), Selection((NATION, hue, district), "2024-6M", "district", simulated=False)
    )
    found = standings(context)
    marked = {one.rate: one.disputed for one in found if one.disputed}
    assert marked == {"on_time_rate": 1, "online_rate": 1}
    said = "Có báo cáo tự mâu thuẫn ở các số có dấu ⚠: Giải quyết đúng hạn; Nộp trực tuyến."
    screen = Screen(real, "profile", {"unit": "477"})
    assert [row["Tỷ lệ"] for row in screen.cells(0)][:3] == ["99,39\u00a0% ⚠", "46,98\u00a0% ⚠", "50,00\u00a0%"]
    marked_rows = [(row["Chỉ tiêu"], row["Giá trị"]) for row in screen.cells(1) if "⚠" in row["Chỉ tiêu"]]
    assert marked_rows[0] == ("Số hồ sơ thủ tục hành chính đã giải quyết ⚠", "3.448")
    assert len(marked_rows) == 6
    assert f"{said} Bấm vào tỷ lệ trong bảng để xem chỗ mâu thuẫn." in screen.captions
    (told,) = [node.proto.body for node in screen.test.get("html") if 'class="verdicts"' in node.proto.body]
    assert "<b>Giải quyết đúng hạn 99,39\u00a0%</b> (⚠ tự mâu thuẫn) " in told
    assert "<b>Hoàn thành kế hoạch CCHC 50,00\u00a0%</b> <a " in told
    listed = [text for text in screen.paragraphs if text.startswith("- **")]
    ends = ["**⚠ Nộp trực tuyến**", *["**⚠ Giải quyết đúng hạn**"] * 3]
    assert [text[text.index("**⚠") :] for text in listed[:4]] == ends
    assert not any("⚠" in text for text in listed[4:])
    (more,) = [link for link in screen.test.get("page_link") if link.label.startswith("và ")]
    assert (more.label, more.query_string) == ("và 5 phát hiện khác", "unit=477")
    brief = brief_of(context, found)
    assert [line.value for line in brief.lines][:3] == ["99,39\u00a0% ⚠", "46,98\u00a0% ⚠", "50,00\u00a0%"]
    assert brief.warnings == (said,)
    assert [one.disputed for one in brief.series] == [{"2024"}, {"2024"}, set(), set()]
    assert [text.partition(":")[0] for text in brief.findings] == ["⚠ Nộp trực tuyến", *["⚠ Giải quyết đúng hạn"] * 2]
    for text in (unescape(to_html(brief, context.words).decode()), document_text(to_docx(brief, context.words))):
        assert all(part in text for part in (said, "99,39\u00a0% ⚠", "và 10 phát hiện khác", *brief.findings))


def test_a_sum_says_how_many_reports_contradict_it(open_page: Open) -> None:
    screen = open_page("profile", unit="193", period="2024-12M", level="commune")
    (told,) = [node.proto.body for node in screen.test.get("html") if 'class="verdicts"' in node.proto.body]
    assert re.search(r"<b>Giải quyết đúng hạn [0-9,]+\xa0%</b> \(31/32 .*?\) \(⚠ 1 báo cáo tự mâu thuẫn\): ", told)


def test_what_may_be_chance_and_too_few_peers_are_said(warehouse: Warehouse) -> None:
    context = context_of(warehouse, QUANG_NINH, HA_LONG)
    made = replace(standing(60.0, (50.0, 61.0, 70.0)), rate="online_rate", cases=True, numerator=6.0, denominator=10.0)
    few = "chưa so được với trung vị, vì mới có 3 đơn vị cấp huyện trong Tỉnh Quảng Ninh có số liệu cùng định nghĩa"
    assert verdict(context, made).startswith(few)
    enough = replace(made, ranked=13, median=70.0, rank_best=7, rank_worst=13)
    assert verdict(context, enough).endswith("(−10,00 điểm %). Mức chênh nhỏ, có thể chỉ do ngẫu nhiên.")
    sure = replace(enough, rank_best=8)
    assert verdict(context, sure).endswith("(−10,00 điểm %).")
    assert verdict(context, replace(sure, median=60.0)).startswith("bằng trung vị 60,00\u00a0% của 13 đơn vị")


def test_a_sum_says_how_many_units_stand_behind_it_and_advises_only_what_is_offered(open_page: Open) -> None:
    screen = open_page("profile", unit="38", period="2024-6M")
    assert screen.captions[0] == (
        "Các tỷ lệ này tính công việc của cấp xã, cộng từ báo cáo của các đơn vị cấp xã trong Tỉnh Thanh Hóa: 2/547 "
        "đơn vị đã báo cáo. Chưa có báo cáo của chính Tỉnh Thanh Hóa (cấp tỉnh) trong kỳ này."
    )
    (told,) = [node.proto.body for node in screen.test.get("html") if 'class="verdicts"' in node.proto.body]
    assert "</b><b> (⚠ Chỉ 2/547 đơn vị cấp xã có số liệu)</b> <a" in told
    few = "Chưa so được với trung vị: trong cả nước mới có số cộng của 1 đơn vị cấp tỉnh (cần ít nhất 5)."
    assert screen.captions.count(plain(few)) == 1
    assert not {"Có thể đứng thứ", "Trung vị"} & {*screen.cells(0)[0]}  # columns that would hold nothing
    assert {row["Cách có số liệu"] for row in screen.cells(0)} == {"2/547 đơn vị có số liệu"}
    simulated = open_page("profile", unit="22", period="2024-12M")
    assert simulated.captions[0].endswith("Muốn xem công việc của chính đơn vị thì chọn cấp tỉnh ở ô “Cấp thực hiện”.")


def test_brief_and_pages_count_the_same_units(warehouse: Warehouse) -> None:
    drilled = drill.drilldown(warehouse, Scope("22", "commune", "2024-12M", simulated=True), "on_time_rate", "received")
    for unit, name, reported, expected in drilled.select("unit_code", "name", "reported", "expected").iter_rows():
        district = context_of(warehouse, QUANG_NINH, UnitStep(unit, name, "district"))
        counted = replace(district, selection=replace(district.selection, level="commune"))
        assert brief_of(counted, []).sources == (f"Cộng từ báo cáo của {reported}/{expected} đơn vị.",)


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
    written = to_docx(brief, context.words)
    document = document_text(written)
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        pictures = [name for name in package.namelist() if name.startswith("word/media/")]
    assert len(pictures) == 2
    assert page.count("data:image/svg+xml") == 2
    assert len(brief.lines) == 4
    for text in (page, document):
        assert context.words("brief.simulated") in text
        for line in brief.lines:
            assert all(cell in text for cell in (line.name, line.value, line.parts, line.rank, line.median))


def test_a_brief_of_a_sum_of_few_units_warns_and_leaves_the_target_open(real: Path) -> None:
    path = (NATION, UnitStep("38", "Tỉnh Thanh Hóa", "province"))
    context = Context(open_warehouse(real), Words("vi"), Selection(path, "2024-6M", "commune", simulated=False))
    brief = brief_of(context, standings(context))
    assert brief.warnings[0] == "⚠ Chỉ 1/547 đơn vị cấp xã có số liệu."
    targets = {line.name: line.target for line in brief.lines if line.target != "–"}
    assert targets == {"Nộp trực tuyến": "50\u00a0% (chưa đủ đơn vị có số liệu để kết luận)"}


def test_a_brief_of_a_hostile_name_shows_it_as_written(warehouse: Warehouse) -> None:
    hostile = "<script>alert(1)</script> {{ 7*7 }} =HYPERLINK(1)"
    context = context_of(warehouse, QUANG_NINH, HA_LONG, UnitStep("06661", hostile, "commune"))
    page = to_html(brief_of(context, []), context.words).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} =HYPERLINK(1)" in page


def standing(percent: float, peers: tuple[float, ...]) -> Standing:
    """A made rate of money, without cases."""
    return Standing(
        *("disbursement_rate", "plan", "Tỷ lệ giải ngân", "Giải ngân", "Trên kế hoạch", percent, 1234.5, 1000.0),
        *("own", None, None, None, 2, len(peers), None, None, False, "triệu đồng", 60.0, 70.0, 80.0, peers),
    )


def test_a_figure_above_the_whole_is_shown_marked_and_off_the_scale() -> None:
    words, one = Words("vi"), replace(standing(123.45, (50.0, 60.0, 70.0, 80.0, 90.0, 123.45, 250.0)), rank=None)
    assert [round(place(one, value), 3) for value in one.peers] == [0.0, 0.25, 0.5, 0.75, 1.0, 1.04, 1.04]
    assert standing_words(one, words) == "123,45\u00a0% (vượt 100 %: cần xem lại)"
    assert rank_words(one, words) == "–"
    figure = plotted(strip_figure([one], words, "Xã A"))
    assert [text.strip() for text in figure.data[-1].text] == ["50,00\u00a0%", "90,00\u00a0%", "▸ 2 đơn vị trên 100 %"]
    assert figure.data[-1].x == (0.0, 1.04, 1.24)  # the highest is written past the triangles, not under them
    ticks = figure.data[1]
    assert ticks.marker.symbol == ("line-ns",) * 5 + ("triangle-right",) * 2
    assert ticks.text[-1] == "250,00\u00a0%"


def test_peers_at_one_place_of_the_screen_are_one_tick() -> None:
    one = standing(80.0, (0.0, 50.0, 50.01, 50.2, 100.0))
    ticks = plotted(strip_figure([one], Words("vi"), "Xã A")).data[1]
    assert ticks.x == (0.0, 0.5, 0.502, 1.0)
    assert ticks.text == ("0,00\u00a0%", "50,01\u00a0% · 2 đơn vị", "50,20\u00a0%", "100,00\u00a0%")
    assert ticks.marker.opacity == (0.5, 0.75, 0.5, 0.5)


def test_money_keeps_its_unit_and_its_decimals() -> None:
    assert parts_words(standing(80.0, (80.0,)), Words("vi")) == "1.234,5/1.000 triệu đồng"
    assert parts_words(standing(80.0, (80.0,)), Words("en")) == "1,234.5/1,000 triệu đồng"


def test_a_page_that_sums_other_tiers_says_so(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("profile", unit="193", period="2024-12M", level="commune")
    headings = [node.value for node in screen.test.markdown if str(node.value).startswith("#####")]
    assert headings[:2] == [
        "##### So với các đơn vị cùng cấp: công việc của cấp xã",
        "##### Số liệu theo lĩnh vực cải cách: báo cáo của chính Thành phố Hạ Long (cấp huyện)",
    ]
    said = [node.value for node in screen.test.caption]
    assert any(text.startswith("Các tỷ lệ này tính công việc của cấp xã, cộng từ báo cáo") for text in said)
    context = context_of(warehouse, QUANG_NINH, HA_LONG)
    summed = replace(context, selection=replace(context.selection, level="commune"))
    assert brief_of(summed, standings(summed)).sources == ("Cộng từ báo cáo của 31/32 đơn vị.",)


def test_a_report_without_a_date_says_so() -> None:
    row = {"unit_name": "Xã A", "file_name": "a.txt", "signed_on": None}
    assert _source(Words("vi"), row) == "Nguồn: báo cáo của Xã A, tệp a.txt (báo cáo không ghi ngày ký)."
    assert _source(Words("vi"), {**row, "signed_on": date(2024, 6, 14)}).endswith("ký ngày 14/06/2024.")


def crowded(brief: Brief) -> Brief:
    """As much on the sheet as there may be: five rates, every warning, long findings, more sources."""
    finding = "Nghiêm trọng. " + "Số hồ sơ giải quyết đúng hạn và quá hạn cộng lại khác số hồ sơ đã giải quyết. " * 3
    warnings = tuple(Words("vi")(f"brief.{name}") for name in ("simulated", "map_now", "estimated"))
    source = "Nguồn: báo cáo của Phường Giếng Đáy, tệp mo-phong_06661_2024-12M.sim, ký ngày 31/12/2024."
    return replace(
        brief,
        warnings=warnings,
        lines=(*brief.lines, *brief.lines)[:MOST_RATES],
        standings=(*brief.standings, *brief.standings)[:MOST_RATES],
        series=(*brief.series, *brief.series)[:MOST_RATES],
        findings=fitting([finding] * 4),
        more_findings=12,
        sources=(source,) * 3,
    )


def pages_of(printed: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", printed))


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium to print with")
def test_the_brief_prints_on_one_page(brief: Brief, tmp_path: Path) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    sheet, counts = tmp_path / "brief.html", []
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for one in (brief, crowded(brief)):
            sheet.write_bytes(to_html(one, Words("vi")))
            page.goto(sheet.as_uri())
            counts.append(pages_of(page.pdf(prefer_css_page_size=True)))
        browser.close()
    assert counts == [1, 1]


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice to print with")
def test_the_word_document_prints_on_one_page(brief: Brief, tmp_path: Path) -> None:
    names = {"plain": brief, "crowded": crowded(brief)}
    for name, one in names.items():
        (tmp_path / f"{name}.docx").write_bytes(to_docx(one, Words("vi")))
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / f"{name}.docx") for name in names]
    command = [str(OFFICE), own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True)
    assert {name: pages_of((tmp_path / f"{name}.pdf").read_bytes()) for name in names} == {"plain": 1, "crowded": 1}


def test_a_unit_without_a_report_is_not_said_to_be_free_of_contradictions(warehouse: Warehouse) -> None:
    silent = reporting.missing(warehouse, "22", "2024-12M", simulated=True).filter(level="commune").row(0, named=True)
    context = context_of(warehouse, QUANG_NINH, UnitStep(silent["unit_code"], silent["name"], "commune"))
    found, nothing = own_findings(context)
    assert (found.height, nothing) == (0, Words("vi")("profile.unchecked"))
    page = unescape(to_html(brief_of(context, standings(context)), context.words).decode())
    assert nothing in page
    assert Words("vi")("overview.findings_none") not in page


def test_findings_of_what_a_unit_was_made_of_are_its_own_on_todays_map(warehouse: Warehouse) -> None:
    old = answers.findings_of(warehouse, "22", "2024-12M", simulated=True)
    heirs = [
        (code, kin["unit_code"])
        for code in old["unit_code"].unique().sort()
        for kin in profiles.unit_kin(warehouse, code).filter(relation="successor", kind="whole").iter_rows(named=True)
        if len(code) == 5  # a commune
    ]
    assert heirs
    for code, heir in heirs:
        then = context_of(warehouse, QUANG_NINH, UnitStep(heir, heir, "commune"))
        found, nothing = own_findings(replace(then, selection=replace(then.selection, boundary="now")))
        assert set(old.filter(unit_code=code)["report_id"]) <= set(found["report_id"])
        assert nothing == Words("vi")("overview.findings_none")
