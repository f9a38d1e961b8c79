"""The script that does what Streamlit offers no setting for, such as its own words in Vietnamese: `chrome.js`.

It is a file that browsers keep, one a language, instead of a part of every session's first page.
"""

import csv
import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pages.kit.words import Words
from warehouse.numbers import FORMATS, Language

_HERE = Path(__file__).parent
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}  # a changed script has another name


@cache
def script_of(language: Language) -> tuple[str, str]:
    """The name of a language's script, which tells its content, and the script with what it needs."""
    words = Words(language)
    settings = {"language": language, "words": streamlit_words(), "working": words("app.working")}
    told = json.dumps(settings, ensure_ascii=False)
    script = f"{(_HERE / 'chrome.js').read_text(encoding='utf-8')}\nchrome({told});\n"
    return f"chrome-{sha256(script.encode()).hexdigest()[:16]}.js", script


@cache
def streamlit_words() -> list[dict[str, str]]:
    """The words that Streamlit itself puts on screen, and what we say for them; `{named}` parts are carried over."""
    with (_HERE / "chrome.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


async def _send(request: Request) -> Response:
    scripts = dict(map(script_of, FORMATS))
    script = scripts.get(f"chrome-{request.path_params['content']}.js")
    if script is None:
        return PlainTextResponse("", 404, {"Cache-Control": "no-store"})
    return Response(script, media_type="text/javascript", headers=_KEPT)


CHROME = Route("/chrome-{content}.js", _send)
