"""Excel 97-2003 workbooks (.xls): the visible sheets as they show. The only module that imports xlrd.

xlrd tells the format of each cell, which faster readers do not: without it `100%` reads as 1.
"""

import io
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as Worksheet

from loaders.document import Document
from loaders.problems import UnreadableFile, with_password
from loaders.readers.marks import is_figure, lowered, on_the_line, raised
from loaders.readers.number_sections import dressed_text
from loaders.readers.numbers import BUILT_IN_FORMATS, written
from loaders.readers.sheet import Merge, Sheet, sheets_document

_VISIBLE = 0
_NO_FILL, _SOLID = 0, 1
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)
_HEIGHTS = {1: raised, 2: lowered}


def read_xls(path: Path) -> Document:
    """Read an .xls file; raises `UnreadableFile` for one that is damaged, locked or shows nothing."""
    book = _book(path)
    try:
        sheets = tuple(_sheets(book))
    except Exception as error:  # whatever a damaged record makes of xlrd's tables
        raise _damaged(path, error) from error
    return sheets_document(path.name, sheets)


def _book(path: Path) -> Book:
    try:
        return xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO())
    except XLRDError as error:
        if "encrypted" not in str(error).lower():
            raise _damaged(path, error) from error
        raise with_password(path.name) from error
    except Exception as error:  # xlrd checks little of what a damaged file says of itself
        raise _damaged(path, error) from error


def _sheets(book: Book) -> Iterator[Sheet]:
    for sheet in book.sheets():
        yield _sheet(sheet, book)


def _sheet(sheet: Worksheet, book: Book) -> Sheet:
    hidden = {column + 1 for column, info in sheet.colinfo_map.items() if info.hidden or not info.width}
    cells: dict[int, dict[int, str]] = {}
    hidden_rows: list[Mapping[int, str]] = []
    hidden_figures: set[int] = set()
    struck: dict[int, str] = {}
    hidden_cells: list[int] = []
    for number in range(sheet.nrows):
        row, left_out, unseen = _row(sheet, number, book)
        shown = {column: text for column, text in row.items() if text and column not in hidden}
        info = sheet.rowinfo_map.get(number)
        if info is not None and (info.hidden or (info.height == 0 and not info.has_default_height)):
            hidden_rows.append(shown)
            continue
        cells[number + 1] = shown
        hidden_cells += [number + 1] * len(unseen - hidden)
        hidden_figures |= {column for column in hidden & row.keys() if is_figure(row[column])}
        if left_out:
            struck[number + 1] = left_out
    merges = [Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    is_hidden = sheet.visibility != _VISIBLE
    return Sheet(sheet.name, cells, is_hidden, hidden_rows, frozenset(hidden_figures), struck, hidden_cells, merges)


def _row(sheet: Worksheet, number: int, book: Book) -> tuple[dict[int, str], str, set[int]]:
    """The texts of a row by their columns, what is struck out in it, and the columns whose figures do not show."""
    row: dict[int, str] = {}
    struck: list[str] = []
    unseen: set[int] = set()
    for column, cell in enumerate(sheet.row(number)):
        if not cell.ctype:
            continue
        text = _shown(cell, book)
        if not text and (cell.ctype == xlrd.XL_CELL_NUMBER or is_figure(str(cell.value))):
            unseen.add(column + 1)
        elif is_figure(text) and _is_unseen(cell, sheet, book):
            text = ""
            unseen.add(column + 1)
        own = None if cell.xf_index is None else book.xf_list[cell.xf_index].font_index
        runs = sheet.rich_text_runlist_map.get((number, column), ())
        row[column + 1], left_out = _looked_at(text, [(0, own), *runs], book)
        struck += [left_out] if left_out else []
    return row, " ".join(struck), unseen


def _is_unseen(cell: Cell, sheet: Worksheet, book: Book) -> bool:
    """Whether a figure does not show: a zero where these are switched off, or ink in the colour of the ground."""
    if cell.ctype == xlrd.XL_CELL_NUMBER and cell.value == 0 and not getattr(sheet, "show_zero_values", True):
        return True
    if cell.xf_index is None:
        return False
    style = book.xf_list[cell.xf_index]
    ink = book.colour_map.get(book.font_list[style.font_index].colour_index) or _BLACK
    fill = style.background
    if fill is None or fill.fill_pattern == _NO_FILL:
        return ink == _WHITE
    return fill.fill_pattern == _SOLID and ink == (book.colour_map.get(fill.pattern_colour_index) or _WHITE)


def _looked_at(text: str, runs: list[tuple[int, int | None]], book: Book) -> tuple[str, str]:
    """A text without what is struck out of it, raised digits written as such, and what is struck out.

    Each run is where it begins and its font; the first has the font of the cell, which raises nothing by itself.
    """
    parts: list[str] = []
    struck: list[str] = []
    for (start, font_index), (end, _) in pairwise([*runs, (len(text), None)]):
        font = None if font_index is None else book.font_list[font_index]
        if font is not None and font.struck_out:
            struck.append(text[start:end])
        else:
            parts.append(_HEIGHTS.get(0 if font is None else font.escapement, str)(text[start:end]))
    return on_the_line("".join(parts)), "".join(struck)


def _shown(cell: Cell, book: Book) -> str:
    """What a cell shows; an error value stays as its text, so that nobody takes it for nothing."""
    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        return written(float(cell.value), _format_code(cell, book), book.datemode == 1)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(int(cell.value), "#VALUE!"))
    return dressed_text(str(cell.value), _format_code(cell, book))


def _format_code(cell: Cell, book: Book) -> str:
    if cell.xf_index is None:
        return "General"
    key = book.xf_list[cell.xf_index].format_key
    known = book.format_map.get(key)
    return str(known.format_str) if known and known.format_str else BUILT_IN_FORMATS.get(key, "General")


def _damaged(path: Path, error: Exception) -> UnreadableFile:
    return UnreadableFile(
        place=path.name,
        found=f"sổ tính hỏng hoặc bị cắt cụt ({type(error).__name__})",
        expected="tệp .xls nguyên vẹn",
        action="mở bằng Excel, lưu lại dưới dạng .xlsx rồi nạp lại",
    )
