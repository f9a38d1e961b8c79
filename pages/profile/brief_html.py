"""The brief as one HTML file without anything from elsewhere, laid out to print on one A4 page."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pages.kit.words import Words
from pages.profile.brief import Brief
from pages.profile.charts import drawn, strip_chart, strip_words, trend_chart


def to_html(brief: Brief, words: Words) -> bytes:
    """The whole file, in UTF-8; every text of a report is escaped."""
    pictures = {}
    if brief.standings:
        pictures["strip"] = strip_chart(brief.standings, words)
    if brief.series:
        pictures["trend"] = trend_chart(brief.series, words)
    text = _template().render(
        brief=brief,
        words=words,
        strip_alt=strip_words(brief.standings, words),
        pictures={name: b64encode(drawn(figure, "svg")).decode() for name, figure in pictures.items()},
    )
    return text.encode()


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(autoescape=True, loader=loader, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("brief.html")
