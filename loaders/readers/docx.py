"""Word documents: paragraphs and tables in reading order, as Word shows them.

Deleted, struck and hidden text is left out, inserted text kept; automatic numbers, text boxes and content controls are
read like any other text. Read with lxml: an object for every cell makes python-docx 8 to 200 times slower.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from loaders.document import Block, Document, Omission, Row
from loaders.readers.archive import Archive, open_archive
from loaders.readers.docx_lean import PLAIN_CELLS, lean
from loaders.readers.docx_numbering import Numbering, W
from loaders.readers.docx_runs import Runs
from loaders.readers.layout import MAX_SPAN, is_header, split_rows
from loaders.readers.limits import check_rows
from loaders.readers.marks import has_figure, on_the_line
from loaders.readers.markup import Element, all_text, first_child, local_name
from loaders.readers.package import main_part, read_part, related_part, relationships
from loaders.readers.tabbed import lines_of, with_tabbed_tables

_P, _TBL, _TR, _TC, _R = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r"))
_PARAGRAPH_PROPERTIES = f"{W}pPr"
_ROW_PROPERTIES, _CELL_PROPERTIES = f"{W}trPr", f"{W}tcPr"
_GRID_SPAN, _MERGES = f"{W}gridSpan", (f"{W}vMerge", f"{W}hMerge")
_TEXT_BOX = f"{W}txbxContent"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_VAL = f"{W}val"

# Elements that only hold others, as far as the text goes.
_WRAPPERS = frozenset(
    (
        *("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo"),
        *("AlternateContent", "Choice", "oMathPara", "oMath", "ruby", "rubyBase", "body", "txbxContent"),
    )
)
_NESTED_WIDTH = 2


@dataclass
class _Reader:
    """The document's numbering, the looks of its runs, how many paragraphs and tables were met, and what was left out.

    `struck` is the struck text of the row that is being read.
    """

    numbering: Numbering
    runs: Runs
    paragraphs: int = 0
    tables: int = 0
    struck: list[str] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)

    def blocks(self, parent: Element) -> Iterator[Block]:
        """The blocks inside a body, a content control, a layout cell or a text box."""
        for child in parent:
            if child.tag == _P:
                yield from self._paragraph(child)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif local_name(child) in _WRAPPERS:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        for box in _text_boxes(paragraph):
            yield from self.blocks(box)
        self.paragraphs += 1
        place = f"paragraph:{self.paragraphs}"
        self.runs.unseen.clear()
        text = self._text(paragraph)
        if unseen := sum(map(has_figure, self.runs.unseen)):
            self.omissions.append(Omission("hidden_cells", place, f"đoạn {self.paragraphs}", unseen))
        yield from lines_of(text, place)

    def _text(self, paragraph: Element) -> str:
        """The number and text of a paragraph, line breaks kept."""
        parts: list[str] = []
        properties = self._collect(paragraph, parts)
        text = on_the_line("".join(parts))
        if properties is None or (not text and _deleted_mark(properties)):
            return text
        number = self.numbering.number(properties)
        return f"{number} {text}" if number else text

    def _collect(self, element: Element, parts: list[str]) -> Element | None:
        """Add the text of the runs of a paragraph and give its properties; text boxes are blocks of their own.

        What is struck out or marked as deleted goes into `struck`.
        """
        properties = None
        for child in element:
            tag = child.tag
            if tag == _R:
                self.runs.collect(child, parts, self.struck)
            elif tag == _PARAGRAPH_PROPERTIES:
                properties = child
            else:
                name = local_name(child)
                if name in _WRAPPERS and name != "txbxContent":
                    self._collect(child, parts)
                elif name in {"r", "t"}:  # of a formula
                    parts.append(all_text(child))
                elif name == "del":
                    self.struck.append(all_text(child))
                elif str(tag).startswith(_MATH) and (built := all_text(child).strip()):
                    parts.append(
                        f"({built})"
                    )  # a power or a fraction: its digits are not those of the number before it
        return properties

    def _table(self, table: Element) -> Iterator[Block]:
        every = list(_children(table, _TR))
        present = [row for row in every if not _marked_row(row, "del")]
        rows = [row for row in present if not _marked_row(row, "hidden")]
        if next(table.iterdescendants(_TBL), None) is not None and self._is_layout(rows):
            for row in rows:
                for cell in _children(row, _TC):
                    yield from self.blocks(cell)
            return
        self.tables += 1
        if hidden := sum(_marked_row(row, "hidden") and has_figure(all_text(row)) for row in present):
            name = f"bảng {self.tables}"
            self.omissions.append(Omission("hidden_rows", f"table:{self.tables}", name, hidden))
        for row in every:
            if _marked_row(row, "del") and has_figure(all_text(row)):
                texts = " ".join(filter(None, map(all_text, _children(row, _TC)))) or all_text(row)
                self.omissions.append(Omission("struck_out", f"table:{self.tables}", texts))
        places = [f"table:{self.tables}, row:{number}" for number in range(1, len(rows) + 1)]
        printed, unseen = [], dict[str, int]()
        for row, place in zip(rows, places, strict=True):
            printed.append(self._row_at(row, place))
            if figures := sum(map(has_figure, self.runs.unseen)):
                unseen[place] = figures
        if unseen:
            where, times = next(iter(unseen)) if len(unseen) == 1 else f"table:{self.tables}", sum(unseen.values())
            self.omissions.append(Omission("hidden_cells", where, f"bảng {self.tables}", times))
        yield from split_rows(printed)

    def _row_at(self, row: Element, place: str) -> Row:
        """A row as printed; figures in it that are struck out are noted."""
        self.struck.clear()
        self.runs.unseen.clear()
        cells, covered, beside = self._cells(row)
        if struck := " ".join(filter(has_figure, self.struck)):
            self.omissions.append(Omission("struck_out", place, struck))
        return Row(cells, place, covered, beside)

    def _is_layout(self, rows: list[Element]) -> bool:
        """Whether a table only lays out others: one of its cells holds a grid, and no row of its own is a header."""
        holds_grid = any(_holds_grid(cell) for row in rows for cell in _children(row, _TC))
        return holds_grid and not any(is_header([all_text(cell) for cell in _children(row, _TC)]) for row in rows)

    def _cells(self, row: Element) -> tuple[tuple[str, ...], frozenset[int], frozenset[int]]:
        """The texts of a row, a cell that covers others followed by empty ones; those covered from above and beside."""
        first = next(iter(row), None)
        if first is not None and first.tag == PLAIN_CELLS:
            return tuple((first.text or "").split("\n")), frozenset(), frozenset()
        before, after = _skipped(row)
        cells, under, beside = [""] * before, set[int](), set[int]()
        for cell in _children(row, _TC):
            if not len(cell):  # made lean
                cells.append(cell.text or "")
                continue
            columns, covered, from_above = _span(cell)
            under.update(range(len(cells), len(cells) + columns) if from_above else ())
            first_beside = len(cells) if covered else len(cells) + 1
            beside.update(() if from_above else range(first_beside, len(cells) + columns))
            cells.append("" if covered else self._cell_text(cell))
            cells += [""] * (columns - 1)
        return (*cells, *[""] * after), frozenset(under), frozenset(beside)

    def _cell_text(self, cell: Element) -> str:
        """Every paragraph of a cell, those of small tables and text boxes inside it too."""
        return "\n".join(filter(None, map(self._text, cell.iter(_P))))


def read_docx(path: Path) -> Document:
    """Read a .docx file; raises `UnreadableFile` for one that is damaged or holds no document."""
    return docx_document(open_archive(path))


def docx_document(archive: Archive) -> Document:
    """The document of an opened .docx file."""
    part = main_part(archive, "word/document.xml")
    root = read_part(archive, part, partial(_lean, f"{archive.path.name}, {part}"))
    _drop_fallbacks(root)
    links = relationships(archive, part)
    for link in links.values():
        if link.kind == "settings":  # its template may lie on the network
            relationships(archive, link.target)
    numbering, styles = (partial(related_part, archive, links, kind) for kind in ("numbering", "styles"))
    reader = _Reader(Numbering(numbering, styles), Runs(styles))
    blocks = with_tabbed_tables(archive.path.name, (block for body in root for block in reader.blocks(body)))
    return Document(archive.path.name, tuple(blocks), tuple(reader.omissions))


def _lean(place: str, data: bytes) -> bytes:
    """The part made lean; raises `UnreadableFile` for more rows than a report can have."""
    check_rows(data.count(b"</w:tr>"), place)
    return lean(data)


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph itself, not in one inside it."""
    return (box for box in paragraph.iter(_TEXT_BOX) if next(box.iterancestors(_P), None) is paragraph)


def _drop_fallbacks(root: Element) -> None:
    """Word writes text boxes again for older programs: without these each is there once."""
    for fallback in list(root.iter(_FALLBACK)):
        parent = fallback.getparent()
        if parent is not None:
            parent.remove(fallback)


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those inside content controls and insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif local_name(child) in _WRAPPERS:
            yield from _children(child, tag)


def _holds_grid(cell: Element) -> bool:
    return any(_is_grid(table) for table in _children(cell, _TBL))


def _is_grid(table: Element) -> bool:
    widths = [sum(1 for _ in _children(row, _TC)) for row in _children(table, _TR)]
    return len(widths) > 1 and max(widths) > _NESTED_WIDTH


def _deleted_mark(properties: Element) -> bool:
    return properties.find(f"{W}rPr/{W}del") is not None


def _marked_row(row: Element, mark: str) -> bool:
    properties = first_child(row, _ROW_PROPERTIES)
    switch = None if properties is None else first_child(properties, f"{W}{mark}")
    return switch is not None and switch.get(_VAL, "1") not in ("0", "false", "off")


def _span(cell: Element) -> tuple[int, bool, bool]:
    """How many columns a cell takes, whether a merged cell above or before it covers it, and whether one above does."""
    properties = first_child(cell, _CELL_PROPERTIES)
    columns, covered, from_above = 1, False, False
    for each in properties if properties is not None else ():
        if each.tag == _GRID_SPAN:
            columns = max(1, _number(each, 1))
        elif each.tag in _MERGES:
            covered = covered or each.get(_VAL, "continue") == "continue"
            from_above = from_above or (covered and each.tag == _MERGES[0])
    return columns, covered, from_above


def _skipped(row: Element) -> tuple[int, int]:
    """How many columns of the grid a row leaves out before its first and after its last cell."""
    properties = first_child(row, _ROW_PROPERTIES)
    if properties is None:
        return 0, 0
    return _number(properties.find(f"{W}gridBefore"), 0), _number(properties.find(f"{W}gridAfter"), 0)


def _number(element: Element | None, otherwise: int) -> int:
    text = "" if element is None else element.get(_VAL, "")
    return min(int(text), MAX_SPAN) if text.isascii() and text.isdigit() else otherwise
