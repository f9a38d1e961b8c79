"""Excel workbooks (.xlsx, .xlsm): the visible sheets as they show, formulas as their last results.

Read from the sheets' XML, without the object for every cell that openpyxl makes: cells in the plain way of Excel by
pattern (`xlsx_scan`), all others as elements.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path

from loaders.document import Document
from loaders.problems import UnreadableFile
from loaders.readers.archive import Archive, open_archive
from loaders.readers.limits import check_cells
from loaders.readers.marks import is_figure
from loaders.readers.markup import Element, first_child
from loaders.readers.number_sections import dressed_text
from loaders.readers.numbers import written
from loaders.readers.package import RELATIONSHIP_ID, Relationship, main_part, read_part, relationships
from loaders.readers.sheet import Merge, Sheet, sheets_document
from loaders.readers.xlsx_book import NS, TRUE, Workbook, number_of, read_book, rich_text
from loaders.readers.xlsx_formulas import with_formulas
from loaders.readers.xlsx_scan import Scan, StoredCell, StoredRow, scan_rows
from loaders.readers.xlsx_unseen import Unseen, unseen_looks

_ROW, _CELL, _VALUE, _FORMULA, _INLINE = (f"{NS}{name}" for name in ("row", "c", "v", "f", "is"))
_NOTHING = re.compile(r"0+(?:\.0*)?")  # a width without room
_NUMBER_KINDS = ("", "n")
_INEXACT = 1e15  # from here on a float is not the number that was typed: it stays as it is stored
_MAX_COLUMN, _MAX_ROW = 16_384, 1_048_576


@dataclass
class _Left:
    """What a sheet does not show, as it is met: columns with figures, the struck text of each row, cells with figures.

    `cells` are the rows of these, one for each.
    """

    columns: set[int] = field(default_factory=set)
    cells: list[int] = field(default_factory=list)
    struck: dict[int, str] = field(default_factory=dict)


def read_xlsx(path: Path) -> Document:
    """Read a .xlsx or .xlsm file; raises `UnreadableFile` for one that is damaged or shows nothing."""
    return xlsx_document(open_archive(path))


def xlsx_document(archive: Archive) -> Document:
    """The visible sheets of an opened .xlsx file."""
    part = main_part(archive, "xl/workbook.xml")
    if part.endswith(".bin"):
        raise UnreadableFile(
            place=archive.path.name,
            found="sổ tính nhị phân .xlsb",
            expected="sổ tính .xlsx",
            action="mở bằng Excel, lưu lại dưới dạng .xlsx rồi nạp lại",
        )
    root = read_part(archive, part)
    links = relationships(archive, part)
    book = read_book(archive, root, links)
    return sheets_document(archive.path.name, _sheets(archive, root, links, book))


def _sheets(archive: Archive, root: Element, links: Mapping[str, Relationship], book: Workbook) -> Iterator[Sheet]:
    looks = unseen_looks(book.styles)
    for sheet in root.findall(f"{NS}sheets/{NS}sheet"):
        link = links.get(sheet.get(RELATIONSHIP_ID, ""))
        if link is None or link.kind != "worksheet":
            continue
        hidden = sheet.get("state", "visible") != "visible"
        scan, place = scan_rows(), f"{archive.path.name}, {link.target}"
        try:
            root = read_part(archive, link.target, partial(_scanned, scan, place))
        except UnreadableFile:
            if hidden:  # it is only looked into for what it may hide
                continue
            raise
        rows = scan.found if scan.found is not None else _parsed_rows(root)
        name, filled = sheet.get("name", ""), with_formulas(rows)
        yield replace(_sheet(name, root, filled, book, looks.in_sheet(root)), hidden=hidden)


def _scanned(scan: Scan[list[StoredRow]], place: str, data: bytes) -> bytes:
    """The part without its rows; raises `UnreadableFile` for more of them than a report can have."""
    check_cells(data.count(b"<v>"), place)
    return scan(data)


def _sheet(name: str, root: Element, rows: Iterable[StoredRow], book: Workbook, unseen: Unseen | None) -> Sheet:
    hidden = _hidden_columns(root)
    cells: dict[int, dict[int, str]] = {}
    hidden_rows: list[dict[int, str]] = []
    number, left = 0, _Left()
    for row in rows:
        number = number_of(row.number, number + 1, _MAX_ROW)
        if row.hidden:
            hidden_rows.append(_row(row.cells, hidden, book, _Left(), number, None))
        elif filled := _row(row.cells, hidden, book, left, number, unseen):
            cells[number] = filled
    found = (_merge(merge.get("ref", "")) for merge in root.iterfind(f"{NS}mergeCells/{NS}mergeCell"))
    merges = list(filter(None, found))
    return Sheet(name, cells, False, hidden_rows, frozenset(left.columns), left.struck, left.cells, merges)


def _parsed_rows(root: Element) -> Iterator[StoredRow]:
    for row in root.iterfind(f"{NS}sheetData/{_ROW}"):
        cells = [_parsed_cell(cell) for cell in row.iterchildren(_CELL)]
        unseen = row.get("hidden") in TRUE or _NOTHING.fullmatch(row.get("ht", "")) is not None
        yield StoredRow(row.get("r", ""), unseen, cells)


def _parsed_cell(cell: Element) -> StoredCell:
    kind, value, said, formula = cell.get("t", "n"), "", "", ""
    if kind == "inlineStr":
        inline = first_child(cell, _INLINE)
        value = "" if inline is None else rich_text(inline)[0]
    else:
        value, formula = (_inside(cell, tag) for tag in (_VALUE, _FORMULA))
        if (stored := first_child(cell, _FORMULA)) is not None:
            said = "".join(f' {name}="{text}"' for name in ("t", "ref", "si") if (text := stored.get(name)))
    return cell.get("r", ""), cell.get("s", ""), kind, said, formula, value, ""


def _inside(cell: Element, tag: str) -> str:
    child = first_child(cell, tag)
    return (child.text if child is not None else None) or ""


def _row(
    cells: Iterable[StoredCell], hidden: set[int], book: Workbook, left: _Left, number: int, unseen: Unseen | None
) -> dict[int, str]:
    filled: dict[int, str] = {}
    column = 0
    for reference, style, kind, _, formula, value, _ in cells:
        column = _column(reference) or column + 1
        if not (value or formula):
            continue
        unworked = book.to_be_worked_out and formula and value == "0"
        text = (
            book.texts[value] if kind == "s" and value else _text(style, kind, formula, "" if unworked else value, book)
        )
        struck = book.struck.get(value, "") if kind == "s" else ""
        if style in book.dressing_styles and kind not in _NUMBER_KINDS:
            text, stored = dressed_text(text, book.formats[style]), text
            left.cells += [number] * (is_figure(stored) and not text)
        elif not text and kind in _NUMBER_KINDS and value and column not in hidden:
            left.cells.append(number)
        stored = value if kind in _NUMBER_KINDS else ""
        if unseen and column not in hidden and is_figure(text) and unseen.hides(number, column, style, stored):
            left.cells.append(number)
            text = ""
        if style in book.struck_styles:
            text, struck = "", text
        if struck:
            left.struck[number] = f"{left.struck.get(number, '')} {struck}"
        if column in hidden:
            left.columns.update({column} if is_figure(text) else ())
        elif text:
            filled[column] = text
    return filled


def _text(style: str, kind: str, formula: str, value: str, book: Workbook) -> str:
    """What a cell shows; an error value stays as its text, so that nobody takes it for nothing.

    A formula that was never worked out is left as it was typed: `= 100 %` and `= b/a*100` are found in these reports.
    """
    if not value:
        return f"={formula}"
    if kind == "b":
        return "TRUE" if value in TRUE else "FALSE"
    return _shown(value, style, book) if kind in _NUMBER_KINDS else value


def _shown(stored: str, style: str, book: Workbook) -> str:
    try:
        value = float(stored)
    except ValueError:
        return stored
    if abs(value) >= _INEXACT:
        return stored
    return written(value, book.formats[style], book.epoch_1904)


def _hidden_columns(root: Element) -> set[int]:
    return {
        column
        for span in root.iterfind(f"{NS}cols/{NS}col")
        if span.get("hidden") in TRUE or _NOTHING.fullmatch(span.get("width", ""))
        for column in range(number_of(span.get("min"), 1), number_of(span.get("max"), 0, _MAX_COLUMN) + 1)
    }


def _merge(reference: str) -> Merge | None:
    first, _, last = reference.partition(":")
    corners = [(number_of(corner.lstrip(_LETTERS), 0), _column(corner)) for corner in (first, last)]
    return Merge(*corners[0], *corners[1]) if all(all(corner) for corner in corners) else None


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@lru_cache(maxsize=65536)
def _column(reference: str) -> int:
    """The column of a cell reference, 1 for A; 0 when it names none."""
    column = 0
    for letter in reference:
        if letter not in _LETTERS:
            break
        column = column * 26 + _LETTERS.index(letter) + 1
    return min(column, _MAX_COLUMN)
