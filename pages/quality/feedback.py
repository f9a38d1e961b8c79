"""The sheet that goes back to the reporting unit: what to look at again, as a Word document or Markdown.

It helps rather than judges: every line says where, what was printed, and what it was compared with.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.shared import Cm, Pt

from pages.kit.words import Words
from warehouse import answers
from warehouse.store import Warehouse

_FONT, _SIZE = "Times New Roman", 12
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
    """The sheet of one report; raises `LookupError` for a report that is not in the warehouse."""
    cards = answers.report_card(warehouse, report_id)
    if cards.is_empty():
        raise LookupError(f"{report_id}: không có báo cáo này trong kho dữ liệu; xem mã báo cáo với “cchc load --json”")
    found = answers.findings(warehouse, (report_id,)).iter_rows(named=True)
    lines = tuple(
        Line(words.place(row["place"]), words.named(row, "message"), words(f"severity.{row['severity']}"))
        for row in found
    )
    rows = answers.report_rows(warehouse, report_id).iter_rows(named=True)
    unknown = [row for row in rows if not row["known_row"]]
    unmapped = [f"{row['annex']}, {words.place(row['place'])}: {row['label']}" for row in unknown]
    return Sheet(words("feedback.heading"), _facts(cards.row(0, named=True), words), lines, tuple(unmapped))


def _facts(card: dict[str, Any], words: Words) -> tuple[tuple[str, str], ...]:
    numbers = words.numbers
    return (
        (words("column.unit"), f"{card['unit_name']} ({card['unit_code']})"),
        (words("filters.period"), words.period(card["period"])),
        (words("column.file"), card["file_name"]),
        (words("quality.form"), card[f"form_{words.language}"] or words("quality.no_form")),
        (words("quality.rows"), numbers.number(card["rows"])),
        (words("status.reported"), numbers.number(card["reported"])),
        (words("status.blank"), numbers.number(card["blank"])),
    )


def to_markdown(sheet: Sheet, words: Words) -> bytes:
    """The sheet as Markdown in UTF-8."""
    parts = [f"# {sheet.title}", "\n".join(f"- **{label}**: {value}" for label, value in sheet.facts)]
    if sheet.lines:
        heading = "| " + " | ".join(_heading(words)) + " |"
        body = [
            f"| {number} | {_cell(line.place)} | {_cell(line.message)} | {line.severity} |"
            for number, line in enumerate(sheet.lines, start=1)
        ]
        parts += [words("feedback.request"), "\n".join((heading, "|---|---|---|---|", *body))]
    else:
        parts.append(words("feedback.clean"))
    if sheet.unmapped:
        parts += [words("feedback.unmapped", count=len(sheet.unmapped)), *_unmapped(sheet)]
    return ("\n\n".join((*parts, words("feedback.footer"))) + "\n").encode()


def to_docx(sheet: Sheet, words: Words) -> bytes:
    """The sheet as a Word document on A4, in the type that administrative papers use."""
    document = _blank_paper()
    document.add_paragraph().add_run(sheet.title).bold = True
    for label, value in sheet.facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)
    opening = document.add_paragraph(words("feedback.request" if sheet.lines else "feedback.clean"))
    opening.paragraph_format.space_before = Pt(8)
    if sheet.lines:
        _docx_table(document, sheet, words)
    if sheet.unmapped:
        document.add_paragraph(words("feedback.unmapped", count=len(sheet.unmapped)))
        for line in _unmapped(sheet):
            document.add_paragraph(line)
    document.add_paragraph(words("feedback.footer"))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _blank_paper() -> docx.document.Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    return document


def _docx_table(document: docx.document.Document, sheet: Sheet, words: Words) -> None:
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, _heading(words), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for number, line in enumerate(sheet.lines, start=1):
        for cell, text in zip(
            table.add_row().cells, (str(number), line.place, line.message, line.severity), strict=True
        ):
            cell.text = text
    for row in table.rows:
        for cell, width in zip(row.cells, (1.2, 4.0, 9.3, 2.5), strict=True):
            cell.width = Cm(width)


def _heading(words: Words) -> tuple[str, str, str, str]:
    return words("column.code"), words("column.place"), words("feedback.content"), words("quality.severity")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _unmapped(sheet: Sheet) -> list[str]:
    shown = [f"- {line}" for line in sheet.unmapped[:_UNMAPPED_SHOWN]]
    return [*shown, "…"] if len(sheet.unmapped) > _UNMAPPED_SHOWN else shown


WRITERS: Mapping[str, Callable[[Sheet, Words], bytes]] = {".docx": to_docx, ".md": to_markdown}
