"""The sheet that goes back to the reporting unit: what to look at again, as a Word document or Markdown.

It helps rather than judges: every line says where, what was printed, and what it was compared with.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pages.kit.paper import add_facts, add_table, add_title, blank_paper, saved
from pages.kit.words import Words
from pages.quality.form_slips import without_form_slips
from pages.quality.places import places_in_words, row_in_words
from warehouse import answers
from warehouse.store import Warehouse

_MARKS = re.compile(r"[\\<\[`|*&]")
_UNMAPPED_SHOWN = 10


@dataclass(frozen=True)
class Line:
    """One thing to look at again."""

    place: str
    message: str
    severity: str


@dataclass(frozen=True)
class Sheet:
    """The sheet's parts as text of one language; `facts` are pairs of a label and its value."""

    title: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    unmapped: tuple[str, ...]


def feedback_sheet(warehouse: Warehouse, words: Words, report_id: str) -> Sheet:
    """The sheet of one report; raises `LookupError` for a report that is not in the warehouse.

    One sentence stands once, with all its places; what the form itself misprints is not held against the unit.
    """
    cards = answers.report_card(warehouse, report_id)
    if cards.is_empty():
        raise LookupError(f"{report_id}: không có báo cáo này trong kho dữ liệu; xem mã báo cáo với “cchc load --json”")
    rows = answers.report_rows(warehouse, report_id)
    every = answers.report_findings(warehouse, report_id)
    found = without_form_slips(every, rows, answers.form_codes(warehouse, report_id))
    places: dict[tuple[str, str], list[str]] = {}
    for place, row in zip(places_in_words(found, rows, words), found.iter_rows(named=True), strict=True):
        places.setdefault((words.named(row, "message"), words(f"severity.{row['severity']}")), []).append(place)
    lines = tuple(
        Line("; ".join(dict.fromkeys(stands)), message, severity) for (message, severity), stands in places.items()
    )
    unmapped = [row_in_words(words, row) for row in rows.iter_rows(named=True) if not row["known_row"]]
    card = cards.row(0, named=True)
    path = answers.unit_path(warehouse, card["unit_code"], period=card["period"])["name"].to_list()
    facts = _facts(card, ", ".join(reversed(path)), words)
    return Sheet(words("feedback.heading"), facts, lines, tuple(unmapped))


def _facts(card: dict[str, Any], unit: str, words: Words) -> tuple[tuple[str, str], ...]:
    numbers = words.numbers
    return (
        (words("column.unit"), f"{unit} ({card['unit_code'].partition('@')[0]})"),
        (words("filters.period"), words.period(card["period"])),
        (words("column.file"), card["file_name"]),
        (words("quality.form"), card[f"form_{words.language}"] or words("quality.no_form")),
        (words("quality.rows"), numbers.number(card["rows"])),
        (words("status.reported"), numbers.number(card["reported"])),
        (words("feedback.blank"), numbers.number(card["blank"])),
    )


def to_markdown(sheet: Sheet, words: Words) -> bytes:
    """The sheet as Markdown in UTF-8."""
    parts = [f"# {sheet.title}", "\n".join(f"- **{label}**: {_cell(value)}" for label, value in sheet.facts)]
    if sheet.lines:
        heading = "| " + " | ".join(_heading(words)) + " |"
        body = [
            f"| {number} | {_cell(line.place)} | {_cell(line.message)} | {line.severity} | |"
            for number, line in enumerate(sheet.lines, start=1)
        ]
        parts += [words("feedback.request"), "\n".join((heading, "|---|---|---|---|---|", *body))]
    else:
        parts.append(words("feedback.clean"))
    if sheet.unmapped:
        parts += [words("feedback.unmapped", count=len(sheet.unmapped)), *map(_cell, _unmapped(sheet))]
    return ("\n\n".join((*parts, words("feedback.footer"))) + "\n").encode()


def to_docx(sheet: Sheet, words: Words) -> bytes:
    """The sheet as a Word document."""
    document = blank_paper()
    add_title(document, sheet.title, size=12, centred=False)
    add_facts(document, sheet.facts)
    document.add_paragraph(words("feedback.request" if sheet.lines else "feedback.clean"))
    if sheet.lines:
        rows = [
            (str(number), line.place, line.message, line.severity, "")
            for number, line in enumerate(sheet.lines, start=1)
        ]
        add_table(document, _heading(words), rows, (1.2, 4.4, 6.3, 1.9, 3.2))
    if sheet.unmapped:
        document.add_paragraph(words("feedback.unmapped", count=len(sheet.unmapped)))
        for line in _unmapped(sheet):
            document.add_paragraph(line)
    document.add_paragraph(words("feedback.footer"))
    return saved(document)


def _heading(words: Words) -> tuple[str, ...]:
    keys = ("column.code", "column.place", "feedback.content", "quality.severity", "feedback.answer")
    return tuple(map(words, keys))


def _cell(text: str) -> str:
    """Text that no reader of Markdown takes for a tag, a link, a mark or the end of a cell."""
    return _MARKS.sub(r"\\\g<0>", " ".join(text.splitlines()))


def _unmapped(sheet: Sheet) -> list[str]:
    shown = [f"- {line}" for line in sheet.unmapped[:_UNMAPPED_SHOWN]]
    return [*shown, "…"] if len(sheet.unmapped) > _UNMAPPED_SHOWN else shown


WRITERS: Mapping[str, Callable[[Sheet, Words], bytes]] = {".docx": to_docx, ".md": to_markdown}
