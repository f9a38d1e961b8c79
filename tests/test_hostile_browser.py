"""Every page in a real browser over a warehouse of hostile texts: nothing acts, and texts are shown as written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.kit.page_list import PAGES
from tests.hostile import ANCHOR, FORMULA, IMAGE, LINK, SCRIPT, hostile_directory, report_of_the_commune
from tests.serving import CHROMIUM, serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}"),
]

WAIT_MILLISECONDS = 20_000
# What acted, and what of our texts is drawn as something else than text: links, pictures, formulas, struck words.
DRAWN = r"""
() => {
    const address = link => (link.getAttribute("href") || "") + (link.getAttribute("xlink:href") || "");
    const links = [...document.querySelectorAll("a")].filter(one => /x\.invalid|javascript:/.test(address(one)));
    const others = [...document.querySelectorAll("img[src='x'], .katex, [data-testid='stMain'] del")];
    const found = [...links, ...others].map(one => one.outerHTML.slice(0, 200));
    return window.acted ? ["acted", ...found] : found;
}
"""
REPORTS = "unit=399&period=2024-6M"
# Addresses of each page, every view of it, and texts that must be readable on it.
PLACES = {
    "overview": ((REPORTS, (LINK,)), ("unit=38&period=2024-6M&lang=en", ("{{7*7}}", "$x^2$"))),
    "ranking": (
        (REPORTS, (SCRIPT + IMAGE, FORMULA)),
        (f"{REPORTS}&view=funnel&focus=15919", (SCRIPT + IMAGE,)),
        (f"{REPORTS}&view=table", (FORMULA,)),
    ),
    "drilldown": (
        (REPORTS, (SCRIPT + IMAGE, FORMULA)),
        (f"{REPORTS}&view=icicle", (SCRIPT, FORMULA)),
        (f"{REPORTS}&view=map", (FORMULA,)),
        ("unit=VN&period=2024-6M&view=tiles", ()),
    ),
    "profile": (
        ("unit=15919&period=2024-6M", (SCRIPT + IMAGE,)),
        ("unit=477&period=2024-6M", (IMAGE + LINK,)),
        ("unit=15919&period=2024-6M&map=now", (SCRIPT + IMAGE,)),
    ),
    "trends": ((REPORTS, (ANCHOR,)), (f"{REPORTS}&with=15919,15928", (SCRIPT + IMAGE, FORMULA))),
    "compare": (
        (f"{REPORTS}&set=15919,15928", (SCRIPT + IMAGE, FORMULA)),
        (f"{REPORTS}&set=15919,15928&view=heatmap", (SCRIPT + IMAGE,)),
        (f"{REPORTS}&set=15919,15928&view=panels", (FORMULA,)),
    ),
    "quality": ((REPORTS, (FORMULA,)), (f"{REPORTS}&report={{report}}", (LINK,))),
    "explore": ((REPORTS, (SCRIPT,)), (f"{REPORTS}&view=figures&layout=wide", (FORMULA,))),
    "dictionary": ((REPORTS, (LINK,)), ("", ())),
}
EVERY_PLACE = [(page, address, texts) for page, places in PLACES.items() for address, texts in places]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_directory(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def server(directory: Path) -> Iterator[str]:
    with serving(directory) as address:
        yield address


@pytest.fixture(scope="module")
def visitor() -> Iterator["playwright.BrowserContext"]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        context = browser.new_context(locale="vi-VN", viewport={"width": 1300, "height": 1000})
        context.set_default_timeout(WAIT_MILLISECONDS)
        yield context
        browser.close()


def test_every_page_has_its_places() -> None:
    assert set(PLACES) == {entry.name for entry in PAGES}


SHOWN = "texts => texts.every(text => document.body.textContent.replaceAll('\\u2060', '').includes(text))"


@pytest.mark.parametrize(("name", "address", "texts"), EVERY_PLACE)
def test_nothing_acts_and_texts_are_as_written(
    visitor: "playwright.BrowserContext",
    server: str,
    directory: Path,
    name: str,
    address: str,
    texts: tuple[str, ...],
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page = visitor.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{server}/{name}?{address.format(report=report_of_the_commune(directory))}")
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.locator(".st-key-menu a").nth(len(PAGES) - 1).wait_for()
    for figure in page.locator(".js-plotly-plot").all():
        figure.wait_for()
    assert page.evaluate(DRAWN) == []
    for point in page.locator("g.points path.point").all()[:3]:
        point.hover(force=True)
        assert page.evaluate(DRAWN) == []
    page.wait_for_function(SHOWN, arg=list(texts))  # a figure writes its texts a moment after it is there
    assert page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').count() == 0
    assert said == []
    foreign = [url for url in asked if not url.startswith((server, server.replace("http", "ws"), "blob:", "data:"))]
    assert foreign == []
    page.close()
