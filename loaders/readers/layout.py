"""What every reader of tables shares: merged cells as a grid, and printed rows as titles and tables.

A printed grid is not always a table: letterheads and signatures are laid out in one, a title may stand in
its first rows, and one grid may hold several annexes one below the other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from loaders.document import Block, Paragraph, Row, Table
from loaders.readers.marks import are_figures
from warehouse.text import tidy, words

MAX_SPAN = 200

_TITLE = re.compile(r"^(phu luc|bieu mau|bieu so|bieu|mau so|mau)\s*(so\s*)?(\d{1,3}[a-z]?|[ivx]{1,5})(\s|$)")
_CODE = re.compile(r"^(\d{1,3}([.,]\d{1,3})*|[ivx]{1,5})[.)]?$", re.IGNORECASE)
_NUMBER = re.compile(r"^[\d.,%\s]+$")
_CODE_HEAD = re.compile(r"^(stt|tt|so tt|so thu tu|ma so|muc)$")
LABEL_HEAD = r"^(?:(?:cac |ten |nhom )?(?:chi tieu|noi dung|tieu chi|chi so)|danh muc|dien giai)"  # folded
_LABEL_HEAD = re.compile(rf"{LABEL_HEAD}|^tieu de")
_OTHER_HEAD = re.compile(
    r"^(don vi tinh$|dvt$|don vi$|ghi chu|so lieu|ket qua|gia tri|so luong|quy (i|ii|iii|iv|[1-4])\b|0?[369] thang"
    r"|nam\b|ca nam|tong so|(trong )?ky (truoc|nay|bao cao)"
    r"|(phat sinh )?trong (ky|quy)( nay| bao cao)?$|quy (nay|bao cao)$|(uoc )?thuc hien|luy ke|cung ky"
    r"|(sl|(so|da) thuc hien|thong ke)$|kq\b|(0?[369]|12) ?t\b)"
)
_LETTERHEAD = re.compile(
    r"^(cong hoa xa hoi|doc lap tu do|noi nhan|nguoi (lap|tong hop|bao cao|ky)|(tm|kt|tl|tuq) [a-z]"
    r"|(pho )?chu tich$|thu truong( don vi| co quan)?$|(pho )?truong phong$|xac nhan cua|ky ten"
    r"|so( \d+)? (bc|qd|cv)\b|([a-z0-9 ]{2,60} )?ngay( \d+)? thang( \d+)? nam( \d+)?$)"
)
YEAR = re.compile(r"^20\d\d$")
_LETTERHEAD_WIDTH = 3
_LETTERHEAD_ROWS = 12


@dataclass(frozen=True)
class Cell:
    """A printed cell and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


class _Printed(NamedTuple):
    """A row as it was set, and its cells tidied."""

    source: Row
    cells: tuple[str, ...]

    @property
    def texts(self) -> list[str]:
        return [cell for cell in self.cells if cell]

    @property
    def tidied(self) -> Row:
        source = self.source
        return source if self.cells == source.cells else Row(self.cells, source.place, source.covered, source.beside)


def spread(rows: Iterable[Sequence[Cell]]) -> Iterator[tuple[tuple[str, ...], frozenset[int], frozenset[int]]]:
    """Rows of spanning cells as a grid: the text in the top-left cell, the covered ones empty.

    With each row the positions that are covered from above, and those from the left.
    """
    below: dict[int, int] = {}  # column -> how many more rows are covered from above
    for cells in rows:
        line: list[str] = []
        beside: set[int] = set()
        next_below = {column: left - 1 for column, left in below.items() if left > 1}
        for cell in cells:
            while below.get(len(line)):
                line.append("")
            columns = max(1, min(cell.columns, MAX_SPAN))
            if cell.rows > 1:
                next_below.update(dict.fromkeys(range(len(line), len(line) + columns), cell.rows - 1))
            beside.update(range(len(line) + 1, len(line) + columns))
            line += [cell.text, *[""] * (columns - 1)]
        while below.get(len(line)):
            line.append("")
        covered = frozenset(column for column in below if column < len(line))
        below = next_below
        yield tuple(line), covered, frozenset(beside)


def split_rows(rows: Iterable[Row]) -> Iterator[Block]:
    """The printed rows of one grid as paragraphs (titles, letterhead, signature) and tables, in order.

    A line break in a cell ends a line of a paragraph, and is a space in a table (but see `in_a_line`). A table starts
    at a row that reads like a header, its own or repeated after a page break, and ends at the title of the next annex
    or at the signature. A grid without a header is a letterhead or the rest of a table.
    """
    printed = [_Printed(row, tuple(map(in_a_line, row.cells))) for row in rows]
    filled = [row for row in printed if any(row.cells)]
    starts = [number for number, row in enumerate(filled) if is_header(row.cells)]
    if not starts:
        yield from _paragraphs(filled) if _is_layout(filled) else _body(filled)
        return
    for number, start in enumerate([0, *starts]):
        end = [*starts, len(filled)][number]
        part = filled[start:end]
        if number == 0 and _last_data(part) < 0:
            yield from _paragraphs(part)
        else:
            yield from _body(part)


@lru_cache(maxsize=1 << 16)
def in_a_line(cell: str) -> str:
    """A cell's text tidied; figures on lines of their own stay apart, for `140 140` would be one number."""
    if "\n" not in cell:
        return tidy(cell)
    printed = [line for line in map(tidy, cell.split("\n")) if line]
    return ("\n" if are_figures(printed) else " ").join(printed)


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names a column for labels and at least one other; of figures only years stand in a header."""
    heads: set[str] = set()
    for cell in cells:
        if cell:
            head = head_of(cell)
            if head == "figure" and not (YEAR.match(cell) and is_code_head(cells[0])):  # most rows begin with a code
                return False
            heads.add(head)
    return "label" in heads and "other" in heads


@lru_cache(maxsize=1 << 16)
def head_of(cell: str) -> str:
    """What a cell would name as a heading: a column for labels, another one, or nothing; a figure heads no column."""
    if _NUMBER.match(cell) or _CODE.match(cell):
        return "figure"
    key = words(cell)
    if _LABEL_HEAD.match(key):
        return "label"
    return "other" if _CODE_HEAD.match(key) or _OTHER_HEAD.match(key) else ""


def is_code_head(text: str) -> bool:
    """Whether a heading is that of the column of row codes: `STT`, `TT`, `Mã số`."""
    return _CODE_HEAD.match(words(text)) is not None


def is_annex_title(text: str) -> bool:
    """Whether a text starts by naming an annex: `Phụ lục 6B`, `Biểu mẫu 1`."""
    return _TITLE.match(words(text)) is not None


def lines(text: str) -> list[str]:
    """The lines of a paragraph as it was set, tidied; a line that goes on in lower case is joined again."""
    found: list[str] = []
    for line in filter(None, map(tidy, text.split("\n"))):
        if found and line[0].islower():
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


def _body(rows: Sequence[_Printed]) -> Iterator[Block]:
    """A table and what follows it: the titles of the next annex, or a signature."""
    last = _last_data(rows)
    end = next((number for number, row in enumerate(rows) if number > last and _ends_table(row)), len(rows))
    if rows[:end]:
        yield Table(tuple([row.tidied for row in rows[:end]]))
    yield from _paragraphs(rows[end:])


def _ends_table(row: _Printed) -> bool:
    texts = row.texts
    if len(texts) == 1 and is_annex_title(texts[0]):
        return True
    return len(texts) <= _LETTERHEAD_WIDTH and not any(map(_NUMBER.match, texts)) and is_letterhead(texts)


def _last_data(rows: Sequence[_Printed]) -> int:
    """The position of the last row with a code or with more cells than a letterhead; -1 when there is none."""
    return next((number for number in reversed(range(len(rows))) if _is_data(rows[number])), -1)


def _is_data(row: _Printed) -> bool:
    filled = len(row.texts)
    return filled > _LETTERHEAD_WIDTH or (filled > 1 and _CODE.match(row.cells[0]) is not None)


def _is_layout(rows: Sequence[_Printed]) -> bool:
    """One column is a frame around text; few cells with the words of a letterhead or signature are one."""
    width = max((len(row.cells) for row in rows), default=0)
    if width <= 1:
        return True
    if len(rows) > _LETTERHEAD_ROWS or _last_data(rows) >= 0:
        return False
    return any(is_letterhead(row.texts) for row in rows)


def is_letterhead(texts: Sequence[str]) -> bool:
    """Whether one of the texts is of those a letterhead or signature has."""
    return any(_LETTERHEAD.match(words(text)) for text in texts)


def _paragraphs(rows: Sequence[_Printed]) -> Iterator[Paragraph]:
    for row in rows:
        for cell in row.source.cells:
            for line in lines(cell):
                yield Paragraph(line, row.source.place)
