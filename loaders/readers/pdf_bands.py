"""Tables without ruled lines whose cells may be centred: rows are told by the white between them.

A row is a band of text with more white above and below than stands between the lines of a cell; a column is what
stands below one heading with white on both sides over the whole height. All of a table must fit, or it is not read:
every piece in one row and one column, one code a row at most, and the cells of all rows set alike, be it to the top,
to the middle or to the bottom.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from loaders.readers.layout import is_annex_title, is_code_head, is_letterhead
from loaders.readers.pdf_heads import (
    CODE,
    GAP,
    Heading,
    NotSureError,
    Range,
    heading_of,
    heads,
    overlap,
    pieces_of,
    ranges_of,
)
from loaders.readers.pdf_rows import Band, level_bands, white_bands, white_between
from loaders.readers.pdf_text import Line, Word, followed, text_lines

_FIGURE = re.compile(r"^[\d.,]+\s*%?$")
_PAGE_NUMBER = re.compile(r"^[-–—\s]*(trang\s*)?\d{1,4}(\s*/\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE)
_ALIKE = 2.5  # points within which cells stand alike
_FARTHEST = 1.7  # times the widest white between two rows
_BESIDE = 15.0  # points a code may stand beside its heading
_LEAST_CELLS = 2
_LEAST_LEVELS = 3
_EDGES: tuple[Callable[[float, float], float], ...] = (
    lambda top, _: top,
    lambda top, bottom: (top + bottom) / 2,
    lambda _, bottom: bottom,
)


@dataclass(frozen=True)
class Banded:
    """A table of bands: its first line, the line after its last, its columns' left and right edges, and its rows."""

    start: int
    end: int
    ranges: tuple[Range, ...]
    rows: tuple[tuple[str, ...], ...]


def banded_tables(lines: Sequence[Line], known: Sequence[Range], levels: Sequence[float] = ()) -> list[Banded]:
    """The tables of a page; the first may go on in the `known` columns of the page before.

    Where the white does not tell the rows apart, lines or shades over the whole width do, which end at `levels`.
    Raises `NotSureError` where rows or columns cannot be told apart for sure, or rows stand outside the tables.
    """
    try:
        return _banded_tables(lines, known, ())
    except NotSureError:
        if len(levels) < _LEAST_LEVELS:
            raise
    return _banded_tables(lines, known, levels)


def _banded_tables(lines: Sequence[Line], known: Sequence[Range], levels: Sequence[float]) -> list[Banded]:
    tables = list(_tables(lines, known, levels))
    inside = {number for table in tables for number in range(table.start, table.end)}
    first = min(inside, default=len(lines))
    if any(_looks_like_a_row(lines[number]) for number in range(first, len(lines)) if number not in inside):
        raise NotSureError
    return tables


def _looks_like_a_row(line: Line) -> bool:
    pieces = pieces_of(line)
    if any(is_code_head(piece.text) for piece in pieces):
        return True
    return len(pieces) > 1 and (CODE.match(pieces[0].text) or _FIGURE.match(pieces[-1].text)) is not None


def _tables(lines: Sequence[Line], known: Sequence[Range], levels: Sequence[float]) -> Iterator[Banded]:
    starts = list(heads(lines))
    for start, following in pairwise([0, *starts, len(lines)]):
        titles = (number for number in range(start, following) if is_annex_title(lines[number].text))
        end = next(titles, following)
        if start == following:
            continue
        if start in starts:
            heading = heading_of(lines[start:end], levels)
            table = _table(lines, start + heading.height, end, heading, levels)
            yield _headed(start, heading, table, end == len(lines))
        elif known and start < end and (table := _table(lines, start, end, Heading(tuple(known), (), 0), levels)):
            yield table


def _headed(start: int, heading: Heading, table: Banded | None, at_page_end: bool) -> Banded:
    """The table with its header, which may stand alone at the foot of a page."""
    if table is None and not at_page_end:
        raise NotSureError
    ranges = table.ranges if table else heading.leaves
    end, rows = (table.end, table.rows) if table else (start + heading.height, ())
    return Banded(start, end, ranges, (*heading.rows(), *rows))


def _table(lines: Sequence[Line], start: int, end: int, heading: Heading, levels: Sequence[float]) -> Banded | None:
    """The rows below a heading; null where there is none with a code."""
    pieces = [piece for line in lines[start:end] for piece in pieces_of(line)]
    code = _code_range(pieces, heading.leaves[0])
    beside = [piece for piece in pieces if overlap(code, (piece.left, piece.right)) and not CODE.match(piece.text)]
    white = white_between([piece for line in lines for piece in pieces_of(line)])
    split = partial(level_bands, levels) if levels else white_bands
    found = split([piece for piece in pieces if piece not in beside], white)
    bands = _trimmed(found, code)
    if not bands:
        if heading.pieces or not found or _is_no_row(found[0]):
            return None
        bands = found[:1]  # the rest of a row that the page end cut
    top, bottom = bands[0].top, bands[-1].bottom
    inside = [piece for band in bands for piece in band.pieces]
    ranges = _columns(inside, (code, *heading.leaves[1:]))
    rows = [_cells(band, ranges) for band in bands]
    cut_above, cut_below = not heading.pieces and _is_rest(rows[0]), end >= len(lines) - 1
    _check(rows[cut_above:])
    if not levels:
        _check_alike(rows[cut_above : len(rows) - cut_below])
    texts = [[_text(cell) for cell in row] for row in rows]
    for group in split(beside, white):
        if top <= (group.top + group.bottom) / 2 <= bottom:
            row = _uncoded(group, bands, texts)
            texts[row][0] = followed(texts[row][0], group.text)
    numbers = [number for number in range(start, end) if top <= lines[number].words[0].middle <= bottom]
    return Banded(numbers[0], numbers[-1] + 1, ranges, tuple(map(tuple, texts)))


def _code_range(pieces: Sequence[Word], head: Range) -> Range:
    near = (head[0] - _BESIDE, head[1] + _BESIDE)
    codes = [piece for piece in pieces if CODE.match(piece.text) and near[0] <= piece.left and piece.right <= near[1]]
    return min([head[0], *(one.left for one in codes)]), max([head[1], *(one.right for one in codes)])


def _trimmed(bands: list[Band], code: Range) -> list[Band]:
    """The bands from the first row to the last: page numbers and signatures stand apart, above and below."""
    coded = [number for number, band in enumerate(bands) if _codes(band, code)]
    if not coded:
        return []
    inner = [band.above for band in bands[coded[0] + 1 : coded[-1] + 1]]
    widest = _FARTHEST * max(inner, default=min((band.above for band in bands[1:]), default=0.0))
    first, last = coded[0], coded[-1] + 1
    while first and bands[first].above <= widest:
        first -= 1
    while last < len(bands) and bands[last].above <= widest and not is_letterhead([bands[last].text]):
        last += 1
    return bands[first:last]


def _codes(band: Band, code: Range) -> list[Word]:
    return [one for one in band.pieces if CODE.match(one.text) and code[0] <= one.left and one.right <= code[1]]


def _columns(pieces: Sequence[Word], leaves: Sequence[Range]) -> tuple[Range, ...]:
    """Where the text of each column stands, below its heading or, where only one is free, beside it."""
    columns = [[leaf] for leaf in leaves]
    beside: list[Range] = []
    for one in ranges_of(pieces):
        under = [number for number, leaf in enumerate(leaves) if overlap(one, leaf)]
        if len(under) > 1:
            raise NotSureError
        (columns[under[0]] if under else beside).append(one)
    for one in beside:
        behind = next((number for number, leaf in enumerate(leaves) if leaf[0] > one[0]), len(leaves))
        free = [at for at in (behind - 1, behind) if 0 <= at < len(leaves) and len(columns[at]) == 1]
        if len(free) != 1:
            raise NotSureError
        columns[free[0]].append(one)
    ranges = tuple((min(left for left, _ in column), max(right for _, right in column)) for column in columns)
    if any(before[1] + GAP / 2 > behind[0] for before, behind in pairwise(ranges)):
        raise NotSureError
    return ranges


def _cells(band: Band, ranges: Sequence[Range]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in ranges]
    for piece in band.pieces:
        middle = (piece.left + piece.right) / 2
        cells[next(number for number, (left, right) in enumerate(ranges) if left <= middle <= right)].append(piece)
    return cells


def _check(rows: Sequence[Sequence[Sequence[Word]]]) -> None:
    """Raise `NotSureError` unless each row has a code at most, and one figure a cell."""
    for row in rows:
        filled = sum(map(bool, row))
        if any(map(_stands_together, row)) or (not row[0] and filled < _LEAST_CELLS) or len(row[0]) > 1:
            raise NotSureError


def _check_alike(rows: Sequence[Sequence[Sequence[Word]]]) -> None:
    """Raise `NotSureError` unless the cells of all rows stand alike.

    Those of the last row need not where the page end may have cut it: they stand in the middle of what is not there.
    """
    if not any(all(_stand_alike(row, edge) for row in rows) for edge in _EDGES):
        raise NotSureError


def _stands_together(cell: Sequence[Word]) -> bool:
    """Whether a cell has two figures, or two pieces side by side and apart."""
    beside = (pair for line in text_lines(cell) for pair in pairwise(line.words))
    apart = any(behind.left - before.right >= GAP for before, behind in beside)
    return apart or sum(_FIGURE.match(piece.text) is not None for piece in cell) > 1


def _is_no_row(band: Band) -> bool:
    return is_letterhead([band.pieces[0].text]) or _PAGE_NUMBER.match(band.text) is not None


def _is_rest(row: Sequence[Sequence[Word]]) -> bool:
    """Whether the first row of a page can be the rest of one that the page end cut."""
    code, label, *others = row
    return not code and (not label or not any(others) or label[0].text[0].islower())


def _stand_alike(row: Sequence[Sequence[Word]], edge: Callable[[float, float], float]) -> bool:
    extents = [(min(one.top for one in cell), max(one.bottom for one in cell)) for cell in row if cell]
    places = [edge(*extent) for extent in extents]
    return max(places) - min(places) <= _ALIKE


def _uncoded(beside: Band, bands: Sequence[Band], texts: Sequence[Sequence[str]]) -> int:
    """The first of the uncoded rows that a text in the column of codes (`Trong đó`) stands beside."""
    touched = [at for at, band in enumerate(bands) if band.top < beside.bottom and beside.top < band.bottom]
    if not touched or any(CODE.match(texts[at][0]) for at in touched):
        raise NotSureError
    row = touched[0]
    while row and not CODE.match(texts[row - 1][0]):
        row -= 1
    return row


def _text(cell: Sequence[Word]) -> str:
    text = ""
    for line in text_lines(cell):
        text = followed(text, line.text)
    return text
