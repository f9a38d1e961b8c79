"""Excel workbooks (.xlsx, .xlsm): the visible sheets as they show, formulas as their last results.

Read from the sheets' XML, without the object for every cell that openpyxl makes: cells in the plain way of Excel by
pattern (`xlsx_scan`), all others as elements.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import count
from pathlib import Path

from loaders.document import Document
from loaders.problems import UnreadableFile
from loaders.readers.archive import Archive, open_archive
from loaders.readers.limits import check_cells
from loaders.readers.marks import is_figure, on_the_line, raised
from loaders.readers.markup import Element, first_child, local_name
from loaders.readers.numbers import BUILT_IN_FORMATS, written
from loaders.readers.package import (
    RELATIONSHIP_ID,
    Relationship,
    main_part,
    read_part,
    related_part,
    relationships,
)
from loaders.readers.sheet import Merge, Sheet, sheets_document, without_covered
from loaders.readers.xlsx_scan import Scan, StoredCell, StoredRow, scan_rows, scan_texts

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_T, _ROW, _CELL, _VALUE, _FORMULA, _INLINE = (f"{_NS}{name}" for name in ("t", "row", "c", "v", "f", "is"))
_TRUE = ("1", "true")
_NUMBER_KINDS = ("", "n")
_INEXACT = 1e15  # from here on a float is not the number that was typed: it stays as it is stored
_MAX_COLUMN, _MAX_ROW = 16_384, 1_048_576


class _Numbered(dict[str, str]):
    """Texts by their numbers as a cell names them: `4`, and `04` for the same; `otherwise` for any other."""

    def __init__(self, texts: Iterable[str], otherwise: str) -> None:
        super().__init__(zip(map(str, count()), texts, strict=False))
        self.otherwise = otherwise

    def __missing__(self, number: str) -> str:
        return self.get(str(_number(number, -1)), self.otherwise)


@dataclass(frozen=True)
class _Workbook:
    """What the sheets refer to: shared texts, the format code of each cell style, and how dates are counted.

    `struck` has the struck part of the shared texts that have one, `struck_styles` the styles that strike a whole cell.
    """

    texts: _Numbered
    formats: _Numbered
    epoch_1904: bool
    struck: Mapping[str, str]
    struck_styles: frozenset[str]


@dataclass
class _Left:
    """What a sheet does not show, as it is met: columns with figures, and the struck text of each row."""

    columns: set[int] = field(default_factory=set)
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
    properties = root.find(f"{_NS}workbookPr")
    texts, struck = _shared_texts(archive, links)
    styles = related_part(archive, links, "styles")
    codes = _format_codes(styles)
    book = _Workbook(
        texts=_Numbered(texts, ""),
        formats=_Numbered(codes, codes[0] if codes else "General"),
        epoch_1904=properties is not None and properties.get("date1904", "0") in _TRUE,
        struck=struck,
        struck_styles=_struck_styles(styles),
    )
    return sheets_document(archive.path.name, _sheets(archive, root, links, book))


def _sheets(archive: Archive, root: Element, links: Mapping[str, Relationship], book: _Workbook) -> Iterator[Sheet]:
    for sheet in root.findall(f"{_NS}sheets/{_NS}sheet"):
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
        yield replace(_sheet(sheet.get("name", ""), root, rows, book), hidden=hidden)


def _scanned(scan: Scan[list[StoredRow]], place: str, data: bytes) -> bytes:
    """The part without its rows; raises `UnreadableFile` for more of them than a report can have."""
    check_cells(data.count(b"<v>"), place)
    return scan(data)


def _sheet(name: str, root: Element, rows: Iterable[StoredRow], book: _Workbook) -> Sheet:
    hidden = _hidden_columns(root)
    cells: dict[int, dict[int, str]] = {}
    hidden_rows: list[dict[int, str]] = []
    number, left = 0, _Left()
    for row in rows:
        number = _number(row.number, number + 1, _MAX_ROW)
        if row.hidden:
            hidden_rows.append(_row(row.cells, hidden, book, _Left(), number))
        elif filled := _row(row.cells, hidden, book, left, number):
            cells[number] = filled
    merges = (_merge(merge.get("ref", "")) for merge in root.iterfind(f"{_NS}mergeCells/{_NS}mergeCell"))
    shown = without_covered(cells, filter(None, merges))
    return Sheet(name, shown, False, hidden_rows, frozenset(left.columns), left.struck)


def _parsed_rows(root: Element) -> Iterator[StoredRow]:
    for row in root.iterfind(f"{_NS}sheetData/{_ROW}"):
        cells = [_parsed_cell(cell) for cell in row.iterchildren(_CELL)]
        yield StoredRow(row.get("r", ""), row.get("hidden") in _TRUE, cells)


def _parsed_cell(cell: Element) -> StoredCell:
    kind, value, formula = cell.get("t", "n"), "", ""
    if kind == "inlineStr":
        inline = first_child(cell, _INLINE)
        value = "" if inline is None else _rich_text(inline)[0]
    else:
        value, formula = (_inside(cell, tag) for tag in (_VALUE, _FORMULA))
    return cell.get("r", ""), cell.get("s", ""), kind, formula, value, ""


def _inside(cell: Element, tag: str) -> str:
    child = first_child(cell, tag)
    return (child.text if child is not None else None) or ""


def _row(cells: Iterable[StoredCell], hidden: set[int], book: _Workbook, left: _Left, number: int) -> dict[int, str]:
    filled: dict[int, str] = {}
    column = 0
    for reference, style, kind, formula, value, _ in cells:
        column = _column(reference) or column + 1
        if not (value or formula):
            continue
        text = book.texts[value] if kind == "s" and value else _text(style, kind, formula, value, book)
        struck = book.struck.get(value, "") if kind == "s" else ""
        if style in book.struck_styles:
            text, struck = "", text
        if struck:
            left.struck[number] = f"{left.struck.get(number, '')} {struck}"
        if column in hidden:
            left.columns.update({column} if is_figure(text) else ())
        elif text:
            filled[column] = text
    return filled


def _text(style: str, kind: str, formula: str, value: str, book: _Workbook) -> str:
    """What a cell shows; an error value stays as its text, so that nobody takes it for nothing.

    A formula that was never worked out is left as it was typed: `= 100 %` and `= b/a*100` are found in these reports.
    """
    if not value:
        return f"={formula}"
    if kind == "b":
        return "TRUE" if value in _TRUE else "FALSE"
    return _shown(value, style, book) if kind in _NUMBER_KINDS else value


def _shown(stored: str, style: str, book: _Workbook) -> str:
    try:
        value = float(stored)
    except ValueError:
        return stored
    if abs(value) >= _INEXACT:
        return stored
    return written(value, book.formats[style], book.epoch_1904)


def _shared_texts(archive: Archive, links: Mapping[str, Relationship]) -> tuple[Sequence[str], Mapping[str, str]]:
    """The shared texts in their order, and what is struck out of some, by their numbers."""
    scan = scan_texts()
    root = related_part(archive, links, "sharedStrings", scan)
    if scan.found is not None or root is None:
        return scan.found or (), {}
    read = [_rich_text(item) for item in root.iterchildren(f"{_NS}si")]
    return [text for text, _ in read], {str(number): struck for number, (_, struck) in enumerate(read) if struck}


def _rich_text(item: Element) -> tuple[str, str]:
    """The text of all runs and what is struck out of it; the reading aids of East Asian scripts are left out."""
    first = first_child(item, _T)
    if first is not None and len(item) == 1:
        return first.text or "", ""
    parts: list[str] = []
    struck: list[str] = []
    for text in item.iter(_T):
        run = text.getparent()
        if run is None or local_name(run) == "rPh":
            continue
        looks = first_child(run, f"{_NS}rPr")
        if looks is not None and _is_struck(looks):
            struck.append(text.text or "")
            continue
        mark = None if looks is None else first_child(looks, f"{_NS}vertAlign")
        is_raised = mark is not None and mark.get("val") == "superscript"
        parts.append(raised(text.text or "") if is_raised else text.text or "")
    return on_the_line("".join(parts)), "".join(struck)


def _is_struck(looks: Element) -> bool:
    strike = first_child(looks, f"{_NS}strike")
    return strike is not None and strike.get("val", "1") in _TRUE


def _struck_styles(root: Element | None) -> frozenset[str]:
    """The numbers of the cell styles whose font strikes out."""
    if root is None:
        return frozenset()
    fonts = {number for number, font in enumerate(root.iterfind(f"{_NS}fonts/{_NS}font")) if _is_struck(font)}
    if not fonts:
        return frozenset()
    styles = enumerate(root.iterfind(f"{_NS}cellXfs/{_NS}xf"))
    return frozenset(str(number) for number, style in styles if _number(style.get("fontId"), 0) in fonts)


def _format_codes(root: Element | None) -> Sequence[str]:
    """The format code of each cell style, by its position."""
    if root is None:
        return ()
    codes = dict(BUILT_IN_FORMATS)
    for item in root.iterfind(f"{_NS}numFmts/{_NS}numFmt"):
        codes[_number(item.get("numFmtId"), -1)] = item.get("formatCode", "")
    styles = root.iterfind(f"{_NS}cellXfs/{_NS}xf")
    return [codes.get(_number(style.get("numFmtId"), 0), "General") for style in styles]


def _hidden_columns(root: Element) -> set[int]:
    return {
        column
        for span in root.iterfind(f"{_NS}cols/{_NS}col")
        if span.get("hidden") in _TRUE
        for column in range(_number(span.get("min"), 1), _number(span.get("max"), 0, _MAX_COLUMN) + 1)
    }


def _merge(reference: str) -> Merge | None:
    first, _, last = reference.partition(":")
    corners = [(_number(corner.lstrip(_LETTERS), 0), _column(corner)) for corner in (first, last)]
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


@lru_cache(maxsize=1 << 14)
def _number(text: str | None, otherwise: int, most: int | None = None) -> int:
    if not text or not text.isascii() or not text.isdigit() or (most is not None and int(text) > most):
        return otherwise
    return int(text)
