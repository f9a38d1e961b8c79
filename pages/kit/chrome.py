"""The script that does what Streamlit offers no setting for, such as its own words in Vietnamese: `chrome.js`."""

import csv
import json
from functools import cache
from pathlib import Path

from pages.kit.words import Words
from warehouse.numbers import Language

_HERE = Path(__file__).parent


@cache
def script_of(language: Language) -> str:
    """The script with what it needs: the language, and Streamlit's own words in both, as JSON that ends no script."""
    words = Words(language)
    settings = {"language": language, "words": streamlit_words(), "working": words("app.working")}
    told = json.dumps(settings, ensure_ascii=False).replace("</", "<\\/")
    return f"{(_HERE / 'chrome.js').read_text(encoding='utf-8')}\nchrome({told})"


@cache
def streamlit_words() -> list[dict[str, str]]:
    """The words that Streamlit itself puts on screen, and what we say for them; `{named}` parts are carried over."""
    with (_HERE / "chrome.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
