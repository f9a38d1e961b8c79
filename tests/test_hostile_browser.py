"""Every page in a real browser over a warehouse of hostile texts: nothing acts, and texts are shown as written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.kit.page_list import PAGES
from tests.hostile import EVERY, UNITS, hostile_directory
from tests.serving import CHROMIUM, serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}"),
]

# What acts, or is drawn as something else than text: links, pictures, formulas, coloured and struck words.
ACTS = """
() => {
    const text = element => element.outerHTML.slice(0, 200);
    const links = [...document.querySelectorAll("a[href], a")].filter(
        link => /x\\\\.invalid|javascript:/.test((link.getAttribute("href") || "") + (link.getAttribute("xlink:href") || ""))
    );
    const drawn = [...document.querySelectorAll("img[src='x'], .katex, del, [data-testid='stMain'] script[src]")];
    return [...(window.acted ? ["acted"] : []), ...links.map(text), ...drawn.map(text)];
}
"""
PLACES = {
    "overview": ("unit=399&period=2024-6M", "unit=38&period=2024-6M&lang=en"),
    "ranking": ("unit=399&period=2024-6M", "unit=399&period=2024-6M&view=funnel&focus=15919", "unit=399&view=table"),
    "drilldown": ("unit=399&period=2024-6M", "unit=38&period=2024-6M&view=icicle", "unit=399&period=2024-6M&view=map"),
    "profile": ("unit=15919&period=2024-6M", "unit=477&period=2024-6M", "unit=15919&period=2024-6M&map=now"),
    "trends": ("unit=399&period=2024-6M&level=commune", "unit=399&with=15919,15928"),
    "compare": ("unit=399&period=2024-6M&with=15919,15928", "unit=399&with=15919,15928&view=heatmap"),
    "quality": ("unit=399&period=2024-6M", "unit=399&period=2024-6M&report={report}"),
    "explore": ("unit=399&period=2024-6M", "unit=399&period=2024-6M&what=facts&layout=wide"),
    "dictionary": ("unit=399&period=2024-6M", ""),
}
