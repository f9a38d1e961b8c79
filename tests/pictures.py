"""Pictures of every page, for people to look at: `uv run python -m tests.pictures` writes them into `pictures/`.

A page added to the page list is pictured without a change here. What it shows first may say little; a better
address, or several, is a line in `VIEWS`. Every view is taken on a wide screen, on a phone, in the dark, in English
and as it prints.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from pages.kit.page_list import PAGES
from tests.serving import CHROMIUM, ROOT, serving

REPORTS = ROOT.parent / "shared" / "reports"
SIMULATED_PROVINCE = "unit=22&period=2024-12M"
# Other addresses than the simulated province: by page, the name of a view (empty for the first) and its query.
VIEWS: dict[str, dict[str, str]] = {
    "overview": {"": SIMULATED_PROVINCE, "real": "unit=477"},
    "ranking": {
        "": SIMULATED_PROVINCE,
        "figure": f"{SIMULATED_PROVINCE}&view=figure&rate=online_rate",
        "funnel": f"{SIMULATED_PROVINCE}&view=funnel",
        "commune": "unit=06709&period=2024-12M&view=figure",
        "nation": "unit=VN&world=simulated&period=2024-12M&order=plain",
    },
    "drilldown": {
        "": SIMULATED_PROVINCE,
        "map": f"{SIMULATED_PROVINCE}&view=map",
        "icicle": f"{SIMULATED_PROVINCE}&view=icicle",
        "country": "unit=VN&world=simulated&period=2024-12M&view=map",
        "tiles": "unit=VN&world=simulated&period=2025-12M&view=tiles",
        "estimated": "unit=193&period=2024-12M&map=estimated&view=map",
        "former": "unit=22&period=2025-12M&former=1",
        "real": "unit=783&period=2020-Q1&all=1",
        "commune": "unit=15919",
    },
    "trends": {
        "": "unit=06730&period=2024-12M&with=06733,06736&spans=6M",
        "quarters": "unit=06730&period=2024-12M&with=06733,06736&counting=discrete",
        "panels": f"{SIMULATED_PROVINCE}&with=193,194&spans=6M&more=rate:online_rate@all_received",
        "nation": "unit=VN",
    },
    "compare": {
        "": SIMULATED_PROVINCE,
        "panels": f"{SIMULATED_PROVINCE}&view=panels",
        "heatmap": f"{SIMULATED_PROVINCE}&view=heatmap&periods=all",
    },
    "profile": {
        "": SIMULATED_PROVINCE,
        "commune": "unit=06661&period=2024-12M",
        "real": "unit=783&period=2020-Q1",
    },
    "explore": {"": SIMULATED_PROVINCE, "unit": "unit=477", "rates": f"{SIMULATED_PROVINCE}&view=rates&layout=periods"},
    "quality": {"": SIMULATED_PROVINCE, "real": "unit=477"},
}


@dataclass(frozen=True)
class Setting:
    """A way to look at a page: its name, the width in pixels, the colour scheme, more for the address, paper too."""

    name: str
    width: int = 1440
    scheme: str = "light"
    query: str = ""
    prints: bool = False


SETTINGS = (
    Setting("wide", prints=True),
    Setting("phone", width=390),
    Setting("dark", scheme="dark"),
    Setting("phone-dark", width=390, scheme="dark"),
    Setting("english", query="&lang=en"),
)


def main() -> int:
    """Take the pictures; returns 0 when all were taken."""
    asked = _asked()
    asked.into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        directory = asked.warehouse or _warehouse(Path(folder))
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        with serving(directory, asked.port) as server:
            for path in _pictures(browser, server, asked.into, asked.pages):
                print(path)  # noqa: T201
        browser.close()
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="only these pages")
    parser.add_argument("--into", type=Path, default=ROOT / "pictures", help="the folder (default pictures/)")
    parser.add_argument("--warehouse", type=Path, help="a warehouse to show (default the demo and the real reports)")
    parser.add_argument("--port", type=int, help="the server's port (default any free one)")
    asked = parser.parse_args()
    if unknown := set(asked.pages) - {entry.name for entry in PAGES}:
        parser.error(f"no such page: {', '.join(sorted(unknown))}")
    return asked


def _warehouse(directory: Path) -> Path:
    """The demo, and the real reports where they are at hand."""
    reports = sorted(str(path) for path in REPORTS.glob("*.txt"))
    for command in (["demo"], ["load", *reports])[: 2 if reports else 1]:
        subprocess.run([sys.executable, "cli.py", *command, "--warehouse", str(directory)], cwd=ROOT, check=True)
    return directory


def _pictures(browser: Browser, server: str, into: Path, pages: list[str]) -> Iterator[Path]:
    wanted = [entry.name for entry in PAGES if not pages or entry.name in pages]
    views = [(name, *view) for name in wanted for view in VIEWS.get(name, {"": SIMULATED_PROVINCE}).items()]
    for setting in SETTINGS:
        context = browser.new_context(
            locale="vi-VN", viewport={"width": setting.width, "height": 900}, color_scheme=setting.scheme
        )
        for name, view, query in views:
            page = context.new_page()
            page.goto(f"{server}/{name}?{query}{setting.query}")
            settle(page)
            stem = f"{name}-{view}" if view else name
            path = into / f"{stem}-{setting.name}.png"
            _take(page, path)
            yield path
            if setting.prints:
                paper = into / f"{stem}-paper.pdf"
                page.pdf(path=paper, format="A4")
                yield paper
            page.close()
        context.close()


def settle(page: Page) -> None:
    """Wait until the page's run is over and what is fetched for it has arrived."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.locator(".st-key-menu a").nth(len(PAGES) - 1).wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.locator('[data-testid="stSkeleton"]:visible').first.wait_for(state="detached")


def _take(page: Page, path: Path) -> None:
    """The whole page: it scrolls within a frame of its own, so the window is made as high as what is in it."""
    size = page.viewport_size or {"width": 0, "height": 0}
    high = page.evaluate("document.querySelector('.stMain').scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(int(high), size["height"])})
    page.wait_for_timeout(400)  # figures and tables draw themselves anew
    page.screenshot(path=path)
    page.set_viewport_size(size)


if __name__ == "__main__":
    sys.exit(main())
