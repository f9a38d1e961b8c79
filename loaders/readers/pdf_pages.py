"""What page ends do to a document: rows and headers cut in two, headers printed again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.document import Block, Paragraph, Row
from loaders.readers.layout import is_header, split_rows
from loaders.readers.pdf_edges import without_edges
from loaders.readers.pdf_text import followed

_NUMBER = re.compile(r"^[\d.,%/\s]+$")
_HEADER_ROWS = 4
_LABEL = 1
_SAME_EDGE = 4.0  # points


@dataclass(frozen=True)
class Grid:
    """The table of one page: where its columns begin, in points, and its rows."""

    columns: tuple[float, ...]
    rows: tuple[Row, ...]

    @property
    def has_header(self) -> bool:
        """Whether it starts with a header, its own or printed again."""
        return is_header(self.rows[0].cells)

    @property
    def only_header(self) -> bool:
        """Whether the page ends before the first row of data."""
        return self.has_header and not any(row.cells[0] for row in self.rows[1:])


def joined_pages(pages: Sequence[Sequence[Paragraph | Grid]]) -> Iterator[Block]:
    """The blocks of all pages, in order: without page numbers and running heads, cut rows put back where they began.

    A table stays one table a page, but a header that stands alone at the foot of a page joins its rows.
    """
    done: list[Paragraph | Grid] = []
    header: tuple[Row, ...] = ()
    for blocks in without_edges(pages):
        if done and blocks and isinstance(last := done[-1], Grid) and isinstance(first := blocks[0], Grid):
            done[-1:], blocks[:1] = _stitched(last, first, header), []
        done += blocks
        headers = (block.rows[:_HEADER_ROWS] for block in done[::-1] if isinstance(block, Grid) and block.has_header)
        header = next(headers, ())
    for block in done:
        if isinstance(block, Grid):
            yield from split_rows(block.rows)
        else:
            yield block


def _stitched(last: Grid, first: Grid, header: Sequence[Row]) -> list[Paragraph | Grid]:
    """The last table of a page and the first of the next, what the page end cut put together.

    A row counts as the rest of the one above where it has no code and no second figure, goes on only in cells
    that hold text above, and its label does not start a new one.
    """
    if last.only_header and first.has_header:
        return [first]
    first, last = _aligned(first, last), _aligned(last, first)
    again = _repeated(first, header)
    rest = first.rows[again : again + 1]
    if rest and (_is_rest(rest[0], last.rows[-1]) or _is_lower_half(rest[0], last.rows[-1])):
        last = replace(last, rows=(*last.rows[:-1], _joined(last.rows[-1], rest[0])))
        first = replace(first, rows=(*first.rows[:again], *first.rows[again + 1 :]))
    if last.only_header:
        return [Grid(first.columns, last.rows + first.rows)]
    return [last, first] if first.rows else [last]


def _aligned(grid: Grid, other: Grid) -> Grid:
    """The rows in the other's columns, where it has more and the edges are the same: merged cells hide edges."""
    places = [min(range(len(other.columns)), key=lambda at: abs(other.columns[at] - left)) for left in grid.columns]
    same = all(abs(other.columns[at] - left) < _SAME_EDGE for at, left in zip(places, grid.columns, strict=True))
    if len(other.columns) <= len(grid.columns) or not same:
        return grid
    wide = [dict(zip(places, row.cells, strict=True)) for row in grid.rows]
    cells = [tuple(row.get(at, "") for at in range(len(other.columns))) for row in wide]
    rows = (
        Row(line, row.place, *(frozenset(places[at] for at in covered) for covered in (row.covered, row.beside)))
        for line, row in zip(cells, grid.rows, strict=True)
    )
    return Grid(other.columns, tuple(rows))


def _repeated(grid: Grid, header: Sequence[Row]) -> int:
    """How many of the first rows are the header printed again."""
    if not header or grid.rows[0].cells != header[0].cells:
        return 0
    pairs = enumerate(zip(grid.rows, header, strict=False))
    return next((place for place, (row, head) in pairs if row.cells != head.cells), min(len(grid.rows), len(header)))


def _is_rest(row: Row, above: Row) -> bool:
    cells = row.cells
    if len(cells) != len(above.cells) or len(cells) <= _LABEL or cells[0]:
        return False
    filled = [place for place, cell in enumerate(cells) if cell]
    if any(not above.cells[place] or _is_number(cells[place], above.cells[place]) for place in filled):
        return False
    label = cells[_LABEL]
    goes_on = [place for place in filled if not cells[place][0].isupper()]
    return (label != "" and _LABEL in goes_on) or goes_on == filled or set(filled) <= {_LABEL, len(cells) - 1}


def _is_lower_half(row: Row, above: Row) -> bool:
    """Whether the row above is only the first lines of this one's label, whose other cells stand at half its height."""
    label, upper = row.cells[_LABEL : _LABEL + 1], [at for at, cell in enumerate(above.cells) if cell]
    return len(row.cells) == len(above.cells) and upper == [_LABEL] and any(label) and label[0][0].islower()


def _is_number(*cells: str) -> bool:
    return all(map(_NUMBER.match, cells))


def _joined(above: Row, rest: Row) -> Row:
    pairs = zip(above.cells, rest.cells, strict=True)
    return Row(tuple(followed(*pair) for pair in pairs), above.place, above.covered, above.beside)
