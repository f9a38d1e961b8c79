"""Word documents on A4, in the type that administrative papers use."""

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

Paper = Document
FONT = "Times New Roman"


def blank_paper(size: float = 12, margin: float = 2.0) -> Paper:
    """An empty A4 document; type size in points, margins in centimetres with the binding side half a one wider."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(margin + 0.5), Cm(margin - 0.5)
    section.top_margin = section.bottom_margin = Cm(margin)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    style.paragraph_format.space_after = Pt(4)
    return document


def add_title(document: Paper, text: str, size: float = 14, centred: bool = True) -> None:
    """A line in bold."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def add_text(document: Paper, text: str, size: float | None = None, italic: bool = False, bullet: bool = False) -> None:
    """A paragraph; `size` in points where it is not that of the document."""
    paragraph = document.add_paragraph(style="List Bullet" if bullet else None)
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.italic = italic
    if size:
        run.font.size = Pt(size)


def add_facts(document: Paper, facts: Sequence[tuple[str, str]]) -> None:
    """Lines of a label in bold and its value."""
    for label, value in facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)


def add_table(document: Paper, heading: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """A ruled table; widths in centimetres."""
    table = document.add_table(rows=1, cols=len(heading), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for cell, text in zip(table.rows[0].cells, heading, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in table.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def add_picture(document: Paper, picture: bytes, width: float, alt: str) -> None:
    """A picture, `width` in centimetres, with a description for screen readers."""
    shape = document.add_picture(io.BytesIO(picture), width=Cm(width))
    shape._inline.docPr.set("descr", alt)


def saved(document: Paper) -> bytes:
    """The document as a file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
