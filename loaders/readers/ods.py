"""OpenDocument spreadsheets (.ods): the visible sheets as they show.

LibreOffice keeps both the stored value and the text it showed, which follows the writer's own language. The
stored value is written our way, with the decimals that were shown, so that `99.4%` and `99,4%` give one figure.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from loaders.document import Document
from loaders.readers.archive import Archive, open_archive
from loaders.readers.limits import check_cells
from loaders.readers.marks import is_figure, lowered, on_the_line, raised
from loaders.readers.markup import Element, parse_xml
from loaders.readers.number_sections import as_shown
from loaders.readers.numbers import NumberFormat, written_date, written_number
from loaders.readers.sheet import Merge, Sheet, sheets_document

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ONE_STYLE, _DEFAULT = f"{_STYLE}style", f"{_STYLE}default-style"
_AUTOMATIC_INK = f"{_STYLE}use-window-font-color"
_DEEPEST = 10
_ROWS_INSIDE = frozenset(f"{_TABLE}{name}" for name in ("table-row-group", "table-header-rows", "table-rows"))
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_SHOWN_DECIMALS = re.compile(r"\d[.,](\d+)\s*%?$")
_ERRORS = ("#", "Err:")
_RISE = re.compile(r"^[1-9]\d*(?:\.\d+)?%$")
_PADDED = re.compile(r"^0\d+$")
_MAX_REPEATED_ROWS = 1_000
_MAX_REPEATED_COLUMNS = 200


def read_ods(path: Path) -> Document:
    """Read an .ods file; raises `UnreadableFile` for one that is damaged or shows nothing."""
    return ods_document(open_archive(path))


def ods_document(archive: Archive) -> Document:
    """The visible sheets of an opened .ods file."""
    path = archive.path
    content = archive.read("content.xml")
    check_cells(content.count(b"</table:table-cell>"), f"{path.name}, content.xml")
    root = parse_xml(content, f"{path.name}, content.xml")
    looks = _looks(root, _styles(root, archive), _shows_zeros(archive))
    tables = root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    return sheets_document(path.name, (_sheet(table, looks) for table in tables))


@dataclass(frozen=True)
class _Looks:
    """The names of the styles that hide a sheet, write in the ground's colour, strike text out, raise it, or lower it.

    `zeros` says whether zeros show.
    """

    zeros: bool = True
    hidden: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    lowered: set[str] = field(default_factory=set)


def _shows_zeros(archive: Archive) -> bool:
    """Whether zeros are not switched off in the view of the workbook."""
    if "settings.xml" not in archive:
        return True
    root = parse_xml(archive.read("settings.xml"), f"{archive.path.name}, settings.xml")
    items = root.iter(f"{_CONFIG}config-item")
    return not any(item.get(f"{_CONFIG}name") == "ShowZeroValues" and item.text == "false" for item in items)


def _styles(root: Element, archive: Archive) -> Mapping[str, Element]:
    """The styles by name: those of `styles.xml` too, on which the ones of the content may be based."""
    roots = [root]
    if "styles.xml" in archive:
        roots.insert(0, parse_xml(archive.read("styles.xml"), f"{archive.path.name}, styles.xml"))
    every = [style for each in roots for style in each.iter(_ONE_STYLE, _DEFAULT)]
    of_cells = (style for style in every if style.get(f"{_STYLE}family", "table-cell") == "table-cell")
    return {style.get(f"{_STYLE}name", _DEFAULT): style for style in of_cells}


def _is_in_ground(style: Element, styles: Mapping[str, Element]) -> bool:
    """Whether a style surely writes in the colour of its ground, its own or of those that it is based on, else white.

    One whose ink is not its own, or may be changed by a condition, is taken to show.
    """
    ink = next(iter(_colours(style, "color")), None)
    if ink is None or any(each.tag == f"{_STYLE}map" or each.get(_AUTOMATIC_INK) == "true" for each in style):
        return False
    chain = [style]
    while len(chain) < _DEEPEST and (parent := styles.get(chain[-1].get(f"{_STYLE}parent-style-name", ""))) is not None:
        chain.append(parent)
    chain += [styles[_DEFAULT]] if _DEFAULT in styles else []
    grounds = next(filter(None, (_colours(each, "background-color") for each in chain)), {"#ffffff"})
    return grounds == {ink}


def _colours(style: Element, name: str) -> set[str]:
    """The colours that a style itself says for its ground or its ink."""
    return {properties.get(f"{_FO}{name}", "transparent").lower() for properties in style} - {"transparent"}


def _looks(root: Element, styles: Mapping[str, Element], zeros: bool) -> _Looks:
    looks = _Looks(zeros)
    for style in root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style"):
        name = style.get(f"{_STYLE}name", "")
        if _is_in_ground(style, styles):
            looks.unseen.add(name)
        for properties in style:
            if properties.get(f"{_TABLE}display") == "false":
                looks.hidden.add(name)
            if properties.get(f"{_STYLE}text-line-through-style", "none") != "none":
                looks.struck.add(name)
            height = properties.get(f"{_STYLE}text-position", "").partition(" ")[0]
            if height == "super" or _RISE.match(height):
                looks.raised.add(name)
            elif height == "sub" or _RISE.match(height.removeprefix("-")):
                looks.lowered.add(name)
    return looks


@dataclass(frozen=True)
class _Row:
    """The texts of a row that show, the hidden columns that hold figures, what is struck out, and merged cells.

    Each of the last is its first and last column and how many rows it covers. `unseen` counts figures that do not show.
    """

    filled: dict[int, str]
    hidden: set[int]
    struck: str
    merged: tuple[tuple[int, int, int], ...] = ()
    unseen: int = 0


def _sheet(table: Element, looks: _Looks) -> Sheet:
    hidden = set(_hidden_columns(table))
    cells: dict[int, dict[int, str]] = {}
    hidden_rows: list[dict[int, str]] = []
    hidden_figures: set[int] = set()
    struck: dict[int, str] = {}
    merges: list[Merge] = []
    hidden_cells: list[int] = []
    number = 0
    for element in _rows(table):
        repeated = _count(element, "number-rows-repeated")
        row, times = _row(element, hidden, looks), min(repeated, _MAX_REPEATED_ROWS)
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            hidden_rows += [row.filled] * times
        else:
            if row.filled:
                cells.update((number + step, row.filled) for step in range(1, times + 1))
            hidden_figures |= row.hidden
            if row.struck:
                struck[number + 1] = row.struck
            hidden_cells += [number + 1] * row.unseen
            merges += [Merge(number + 1, left, number + rows, right) for left, right, rows in row.merged]
        number += repeated
    is_hidden = table.get(f"{_TABLE}style-name") in looks.hidden
    name = table.get(f"{_TABLE}name", "")
    return Sheet(name, cells, is_hidden, hidden_rows, frozenset(hidden_figures), struck, hidden_cells, merges)


def _rows(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROWS_INSIDE:
            yield from _rows(child)


def _hidden_columns(table: Element) -> Iterator[int]:
    number = 0
    for column in table.iter(f"{_TABLE}table-column"):
        repeated = _count(column, "number-columns-repeated")
        if column.get(f"{_TABLE}visibility", "visible") != "visible":
            yield from range(number + 1, number + min(repeated, 1 << 14) + 1)
        number += repeated


def _row(row: Element, hidden: set[int], looks: _Looks) -> _Row:
    """The filled cells of a row; what stands under a merged cell is not shown."""
    found = _Row({}, set(), "")
    struck: list[str] = []
    merged: list[tuple[int, int, int]] = []
    number = unseen = 0
    for cell in row.iterchildren(*_CELLS):
        repeated = _count(cell, "number-columns-repeated")
        rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if rows > 1 or columns > 1:
            merged.append((number + 1, number + columns, rows))
        text = _shown(cell, looks, struck) if len(cell) and cell.tag == _CELLS[0] else ""
        is_unseen = is_figure(text) and _is_unseen(cell, looks)
        if is_unseen:
            text = ""
        if (
            cell.tag == _CELLS[0]
            and not text
            and (is_unseen or cell.get(f"{_OFFICE}value"))
            and number + 1 not in hidden
        ):
            unseen += min(repeated, _MAX_REPEATED_COLUMNS)
        if text:
            if cell.get(f"{_TABLE}style-name") in looks.struck:
                struck.append(text)
                text = ""
            for place in range(number + 1, number + min(repeated, _MAX_REPEATED_COLUMNS) + 1):
                if place not in hidden and text:
                    found.filled[place] = text
                elif is_figure(text):
                    found.hidden.add(place)
        number += repeated
    return replace(found, struck=" ".join(struck), merged=tuple(merged), unseen=unseen)


def _is_unseen(cell: Element, looks: _Looks) -> bool:
    """Whether a figure is written in the colour of the ground, or is a zero where these are switched off."""
    if cell.get(f"{_TABLE}style-name") in looks.unseen and next(cell.iter(f"{_TEXT}span"), None) is None:
        return True  # a span may have an ink of its own
    stored = cell.get(f"{_OFFICE}value", "")
    return not looks.zeros and stored != "" and not stored.strip("-0.")


def _shown(cell: Element, looks: _Looks, struck: list[str]) -> str:
    paragraphs = cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h")
    text = "\n".join(on_the_line("".join(_pieces(paragraph, looks, struck))) for paragraph in paragraphs)
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in {"float", "percentage", "currency"}:
        return _number(cell.get(f"{_OFFICE}value", ""), text, kind == "percentage")
    return _date(cell.get(f"{_OFFICE}date-value", ""), text) if kind == "date" else text


def _number(stored: str, text: str, percent: bool) -> str:
    """The stored number with the decimals that were shown; the text where it pads with zeros or is an error.

    Empty where nothing is shown; where another number is, both.
    """
    try:
        value = float(stored)
    except ValueError:
        return text
    if not text.strip() or _PADDED.match(text) or text.startswith(_ERRORS):
        return text.strip()
    decimals = _SHOWN_DECIMALS.search(text)
    shown = len(decimals[1]) if decimals else 0
    plain = written_number(value, NumberFormat("percent" if percent else "number", shown))
    return plain if "/" in text else as_shown(value, text, plain, percent)


def _date(stored: str, text: str) -> str:
    """By day and month only where no more was shown: LibreOffice too takes the row code 2.1 for a date."""
    try:
        moment = datetime.fromisoformat(stored)
    except ValueError:
        return text
    return written_date(moment, "day_month" if len(re.findall(r"\w+", text)) == 2 else "date")


def _pieces(element: Element, looks: _Looks, struck: list[str]) -> Iterator[str]:
    """The text of a paragraph with its spans and links; notes and comments are left out, and what is struck out."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag in {f"{_TEXT}s", f"{_TEXT}tab"}:
            yield " "
        elif child.tag in {f"{_TEXT}span", f"{_TEXT}a"}:
            style, inside = child.get(f"{_TEXT}style-name"), "".join(_pieces(child, looks, struck))
            if style in looks.struck:
                struck.append(inside)
            else:
                yield raised(inside) if style in looks.raised else lowered(inside) if style in looks.lowered else inside
        yield child.tail or ""


def _count(element: Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
