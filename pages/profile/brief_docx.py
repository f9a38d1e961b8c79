"""The brief as a Word document of one page."""

from pages.kit.paper import Paper, add_picture, add_table, add_text, add_title, blank_paper, saved
from pages.kit.words import Words
from pages.profile.brief import Brief
from pages.profile.charts import drawn, strip_chart, strip_words, trend_chart

_CHART_WIDTH = 17.5  # centimetres
_WIDTHS = (4.2, 2.3, 3.3, 2.3, 2.2, 1.9, 1.8)


def to_docx(brief: Brief, words: Words) -> bytes:
    """The whole document."""
    document = blank_paper(size=10.5, margin=1.5)
    add_title(document, brief.title, size=11)
    add_title(document, brief.unit, size=16)
    add_text(document, brief.subtitle)
    for warning in brief.warnings:
        add_text(document, warning, italic=True)
    if brief.lines:
        keys = ("column.rate_name", "column.percent", "brief.parts", "column.change", "profile.rank", "profile.median",
                "brief.target")  # fmt: skip
        rows = [
            (line.name, line.value, line.parts, line.change, line.rank, line.median, line.target)
            for line in brief.lines
        ]
        add_table(document, [words(key) for key in keys], rows, _WIDTHS)
        _charts(document, brief, words)
    else:
        add_text(document, words("rate.none"))
    add_title(document, words("overview.findings"), size=11, centred=False)
    for finding in brief.findings:
        add_text(document, finding, bullet=True)
    if brief.more_findings:
        add_text(document, words("overview.findings_more", count=brief.more_findings), size=9)
    if not brief.findings:
        add_text(document, brief.nothing_found)
    for source in (*brief.sources, words("brief.made", date=brief.made_on)):
        add_text(document, source, size=9)
    return saved(document)


def _charts(document: Paper, brief: Brief, words: Words) -> None:
    if brief.standings:
        add_title(document, words("brief.among_peers"), size=11, centred=False)
        picture, alt = drawn(strip_chart(brief.standings, words), "png"), strip_words(brief.standings, words)
        add_picture(document, picture, _CHART_WIDTH, alt)
        add_text(document, words("brief.strip_key"), size=9)
    add_title(document, words("brief.over_time"), size=11, centred=False)
    add_picture(document, drawn(trend_chart(brief.series, words), "png"), _CHART_WIDTH, words("brief.over_time"))
