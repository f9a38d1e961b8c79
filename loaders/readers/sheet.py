"""A worksheet as paragraphs and tables, the same for every spreadsheet format.

The sheet's name comes first where it names an annex; then titles, tables and signatures as they stand below
each other. Columns without any text are left out of a table: they only make room.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from loaders.document import Block, Document, Omission, Paragraph, Row, Table
from loaders.problems import UnreadableFile
from loaders.readers.layout import is_annex_title, is_code_head, is_header, split_rows
from loaders.readers.marks import has_figure, is_row_of_figures
from loaders.readers.number_sections import STORED
from warehouse.text import tidy

_SHORT_TITLE = re.compile(r"^(?P<kind>pl|bm)(?P<number>[\s.-]*\d{1,3}[a-zđ]?|[\s.-]+[ivx]{1,5})\b", re.IGNORECASE)
_LONG_KINDS = {"pl": "Phụ lục", "bm": "Biểu mẫu"}
_DECIMAL_CODE = re.compile(r"^\d{1,3}(,\d{1,3})+$")
_DATE_CODE = re.compile(r"^\d{1,2}/\d{1,2}$")
_IN_SECTION = re.compile(r"^(?P<section>\d{1,3})\.(?P<number>\d{1,3})\b")
_HEADER_ROWS = 4
_MAX_COLUMNS = 64
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Merge:
    """A merged range: its first and last row and column, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and the text of its filled cells: row -> column -> text, both counted from 1.

    `cells` are those of visible rows and columns, under `merges` too, each of which shows one text; `hidden_rows` are
    those of hidden rows, `hidden_columns` the columns that hold figures and do not show. `struck` is what is struck out
    in each row, `hidden_cells` are the rows of figures that their number format does not show, one for each.
    """

    name: str
    cells: Mapping[int, Mapping[int, str]]
    hidden: bool = False
    hidden_rows: Sequence[Mapping[int, str]] = ()
    hidden_columns: frozenset[int] = frozenset()
    struck: Mapping[int, str] = field(default_factory=dict)
    hidden_cells: Sequence[int] = ()
    merges: Sequence[Merge] = ()


def sheets_document(name: str, sheets: Iterable[Sheet]) -> Document:
    """The visible sheets as one document; raises `UnreadableFile` when none of them holds text."""
    every = list(sheets)
    blocks = tuple(block for sheet in every if not sheet.hidden for block in sheet_blocks(sheet))
    if not blocks:
        raise UnreadableFile(
            place=name,
            found="sổ tính không có trang tính nào có dữ liệu (trang ẩn không tính)",
            expected="ít nhất một trang tính có bảng số liệu",
            action="bỏ ẩn trang có số liệu, lưu lại rồi nạp lại",
        )
    return Document(name, blocks, tuple(omission for sheet in every for omission in _omissions(sheet)))


def _omissions(sheet: Sheet) -> Iterator[Omission]:
    """What a sheet holds and does not show; a hidden sheet counts where it has a table as an annex has."""
    place = f"sheet:{sheet.name}"
    if sheet.hidden:
        grid = [list(cells.values()) for cells in (*sheet.cells.values(), *sheet.hidden_rows)]
        if rows := sum(map(is_row_of_figures, grid)) if any(map(is_header, grid)) else 0:
            yield Omission("hidden_sheet", place, sheet.name, rows)
        return
    if rows := sum(is_row_of_figures(list(cells.values())) for cells in sheet.hidden_rows):
        yield Omission("hidden_rows", place, sheet.name, rows)
    if sheet.hidden_columns:
        yield Omission("hidden_columns", place, sheet.name, len(sheet.hidden_columns))
    if sheet.hidden_cells:
        unseen = ", ".join(f"row:{number}" for number in dict.fromkeys(sheet.hidden_cells))
        yield Omission("hidden_cells", f"{place}, {unseen}", sheet.name, len(sheet.hidden_cells))
    for number, text in sheet.struck.items():
        if has_figure(text):
            yield Omission("struck_out", f"{place}, row:{number}", tidy(text))


def sheet_blocks(sheet: Sheet) -> Iterator[Block]:
    """The paragraphs and tables of a sheet in reading order; nothing for an empty one."""
    shown = _without_covered(sheet.cells, sheet.merges)
    rows = [(number, shown[number]) for number in sorted(shown) if any(shown[number].values())]
    if not rows:
        return
    if title := annex_name(sheet.name):
        yield Paragraph(title, f"sheet:{sheet.name}")
    columns, empty = _columns(shown), repeat("")
    below, beside = _covered_below(shown, sheet.merges), _covered_beside(shown, sheet.merges)
    grid = [
        Row(
            tuple(map(cells.get, columns, empty)),
            f"sheet:{sheet.name}, row:{number}",
            _positions(below.get(number, _NONE), columns),
            _positions(beside.get(number, _NONE), columns),
        )
        for number, cells in rows
    ]
    titles = _title_rows(grid)
    for row in grid[:titles]:
        yield from split_rows([Row((cell,), row.place) for cell in row.cells if cell])
    for block in split_rows(grid[titles:]):
        yield block if isinstance(block, Paragraph) else _tidied(block)


def annex_name(sheet_name: str) -> str | None:
    """`Phụ lục 2` from a sheet called so, or `PL2`; null for a name that names no annex."""
    name = tidy(sheet_name.replace("_", " "))
    if is_annex_title(name):
        return name
    match = _SHORT_TITLE.match(name)
    return f"{_LONG_KINDS[match['kind'].lower()]} {match['number'].strip(' .-')}" if match else None


def _without_covered(
    cells: Mapping[int, Mapping[int, str]], merges: Iterable[Merge]
) -> Mapping[int, Mapping[int, str]]:
    """The cells that show: under a merged range only its top-left one does."""
    rows = sorted(cells)
    shown = dict(cells)
    for merge in merges:
        for row in rows[bisect_left(rows, merge.top) : bisect_right(rows, merge.bottom)]:
            first = merge.left + (row == merge.top)
            if any(first <= column <= merge.right for column in cells[row]):
                kept = shown[row].items()
                shown[row] = {column: text for column, text in kept if not first <= column <= merge.right}
    return shown


def _covered_below(cells: Iterable[int], merges: Iterable[Merge]) -> Mapping[int, frozenset[int]]:
    """The columns of rows that lie under a range merged down from a row above, by the numbers of the rows."""
    rows = sorted(cells)
    covered: dict[int, frozenset[int]] = {}
    for merge in merges:
        columns = frozenset(range(merge.left, min(merge.right, merge.left + _MAX_COLUMNS) + 1))
        for row in rows[bisect_right(rows, merge.top) : bisect_right(rows, merge.bottom)]:
            covered[row] = covered.get(row, _NONE) | columns
    return covered


def _covered_beside(cells: Iterable[int], merges: Iterable[Merge]) -> Mapping[int, frozenset[int]]:
    """The columns of rows that lie under a range merged to the right from a column before, by the rows' numbers."""
    filled = set(cells)
    beside: dict[int, frozenset[int]] = {}
    for merge in merges:
        if merge.top in filled and merge.left < merge.right:
            columns = frozenset(range(merge.left + 1, min(merge.right, merge.left + _MAX_COLUMNS) + 1))
            beside[merge.top] = beside.get(merge.top, _NONE) | columns
    return beside


def _positions(columns: frozenset[int], shown: Sequence[int]) -> frozenset[int]:
    """Where some of a sheet's columns stand among those that are shown."""
    return frozenset(at for at, column in enumerate(shown) if column in columns) if columns else columns


def _columns(cells: Mapping[int, Mapping[int, str]]) -> Sequence[int]:
    """The columns from the first to the last with text; of a sheet with a far stray cell only the filled ones."""
    filled = sorted({column for row in cells.values() for column, text in row.items() if text})
    whole = range(filled[0], filled[-1] + 1)
    return whole if len(whole) <= _MAX_COLUMNS else filled


def _title_rows(rows: list[Row]) -> int:
    """How many rows at the top hold one text each, above the first row with more."""
    lone = (number for number, row in enumerate(rows) if sum(map(bool, row.cells)) > 1)
    return next(lone, len(rows))


def _tidied(table: Table) -> Table:
    """Without the columns that hold no text, and with the row codes that Excel took for decimals or dates."""
    rows = list(table.rows)
    if any(is_header(row.cells) for row in rows[:_HEADER_ROWS]):
        kept = [number for number, column in enumerate(zip(*(row.cells for row in rows), strict=True)) if any(column)]
        if len(kept) < len(rows[0].cells):
            rows = [
                Row(
                    tuple([row.cells[at] for at in kept]),
                    row.place,
                    _positions(row.covered, kept),
                    _positions(row.beside, kept),
                )
                for row in rows
            ]
    code = _code_column(rows)
    if code is None:
        return Table(tuple(rows))
    return Table(tuple(_with_codes(rows, code)))


def _code_column(rows: list[Row]) -> int | None:
    """The column headed STT or TT; the first one in a table that goes on without its header."""
    heads = rows[:_HEADER_ROWS]
    found = (column for row in heads for column, cell in enumerate(row.cells) if is_code_head(cell))
    return next(found, None if any(is_header(row.cells) for row in heads) else 0)


def _with_codes(rows: Sequence[Row], column: int) -> Iterator[Row]:
    """The rows with their codes as shown, not as dates; 1.10 stored as the number 1.1 is known by the 1.9 before it."""
    last: dict[str, int] = {}  # section -> the last number in it
    for row in rows:
        printed = row.cells[column]
        code, _, _ = printed.partition(STORED)
        if "," in code and _DECIMAL_CODE.match(code):
            section, _, number = code.replace(",", ".").partition(".")
            following = str(last.get(section, 0) + 1)
            if following.endswith("0") and following.rstrip("0") == number:
                number = following
            code = f"{section}.{number}"
        elif "/" in code and _DATE_CODE.match(code):
            code = code.replace("/", ".")
        if match := _IN_SECTION.match(code):
            last[match["section"]] = int(match["number"])
        cells = (*row.cells[:column], code, *row.cells[column + 1 :])
        yield row if code == printed else Row(cells, row.place, row.covered, row.beside)
