"""PDF files with text: ruled tables page by page, and the lines outside them.

A table that goes on over a page gives one table a page. Scans hold no text and are refused: guessing at figures
is worse than asking for the file they were printed from.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from loaders.document import Document, Omission, Paragraph, Row
from loaders.problems import UnreadableFile
from loaders.readers.pdf_bands import Banded, banded_tables
from loaders.readers.pdf_guard import RULE_IT, RULED, check_reliable
from loaders.readers.pdf_heads import NotSureError, Range
from loaders.readers.pdf_pages import Grid, joined_pages
from loaders.readers.pdf_parser import Page, parsed_pages
from loaders.readers.pdf_shades import RuledTable
from loaders.readers.pdf_text import Box, Line, Word, cell_text, paragraphs_of, text_lines, words_of

_UNMAPPED_SHARE = 0.1
_SAME_EDGE = 3.0  # points


def read_pdf(path: Path) -> Document:
    """Read a PDF file; raises `UnreadableFile` for scans, locked and damaged files."""
    pages = parsed_pages(path)
    _check_text(path, pages)
    found: list[list[Paragraph | Grid]] = []
    known: tuple[Range, ...] = ()
    for page in pages:
        lines = text_lines(page.words)
        tables = [] if page.tables else _unruled(path.name, page, lines, known)
        blocks = _ruled_blocks(page) if page.tables else _unruled_blocks(page.number, lines, tables)
        found.append(list(blocks))
        goes_on = bool(tables) and tables[-1].end >= len(lines) - 1  # but for a page number
        known = tables[-1].ranges if goes_on else ()
    unseen = (
        Omission("hidden_cells", f"page:{page.number}", f"trang {page.number}", page.unseen)
        for page in pages
        if page.unseen
    )
    document = Document(name=path.name, blocks=tuple(joined_pages(found)), omissions=tuple(unseen))
    unruled = (blocks for page, blocks in zip(pages, found, strict=True) if not page.tables)
    if any(isinstance(block, Grid) for blocks in unruled for block in blocks):
        check_reliable(path.name, document.tables)
    return document


def _unruled(name: str, page: Page, lines: Sequence[Line], known: Sequence[Range]) -> list[Banded]:
    try:
        return banded_tables(lines, known, page.levels)
    except NotSureError as error:
        raise UnreadableFile(
            place=f"{name}, page:{page.number}",
            found="bảng không kẻ khung mà các dòng, các cột không tách được chắc chắn",
            expected=RULED,
            action=RULE_IT,
        ) from error


def _check_text(path: Path, pages: Sequence[Page]) -> None:
    """Raise `UnreadableFile` where a page is a picture, no page has text, or the letters have no names."""
    words = [word for page in pages for word in page.words]
    scanned = [page.number for page in pages if not page.words and (page.is_picture or not words)]
    if scanned:
        raise UnreadableFile(
            place=f"{path.name}, trang {', '.join(map(str, scanned))}",
            found="trang không có chữ, có lẽ là ảnh quét (scan)",
            expected="tệp PDF có chữ chọn và chép được",
            action="gửi tệp Word hoặc Excel gốc, hoặc nhận dạng chữ (OCR) rồi nạp lại",
        )
    if sum("(cid:" in word.text for word in words) > _UNMAPPED_SHARE * len(words):
        raise UnreadableFile(
            place=path.name,
            found="phông chữ không cho biết chữ nào là chữ nào",
            expected="tệp PDF chép ra được chữ đọc được",
            action="gửi tệp Word hoặc Excel gốc, hoặc xuất lại PDF từ Word",
        )


def _ruled_blocks(page: Page) -> Iterator[Paragraph | Grid]:
    """The tables of a page and the lines between them, from top to bottom."""
    grids = [_grid(each, page.words, f"page:{page.number}, table:{at}") for at, each in enumerate(page.tables, start=1)]
    placed = {word for _, inside in grids for word in inside}
    lines = text_lines([word for word in page.words if word not in placed])
    first = 0
    for table, (grid, inside) in zip(page.tables, grids, strict=True):
        last = next((place for place in range(first, len(lines)) if lines[place].top > table.top), len(lines))
        yield from _paragraphs(page.number, lines, first, last)
        if inside:
            yield grid
        first = last
    yield from _paragraphs(page.number, lines, first, len(lines))


def _paragraphs(page: int, lines: Sequence[Line], first: int, last: int) -> Iterator[Paragraph]:
    for number, text in paragraphs_of(lines, first, last):
        yield Paragraph(text, f"page:{page}, line:{number}")


def _unruled_blocks(page: int, lines: Sequence[Line], tables: Sequence[Banded]) -> Iterator[Paragraph | Grid]:
    first = 0
    for number, table in enumerate(tables, start=1):
        yield from _paragraphs(page, lines, first, table.start)
        rows = (Row(row, f"page:{page}, table:{number}, row:{at}") for at, row in enumerate(table.rows, start=1))
        yield Grid(tuple(left for left, _ in table.ranges), tuple(rows))
        first = table.end
    yield from _paragraphs(page, lines, first, len(lines))


def _grid(table: RuledTable, words: Sequence[Word], place: str) -> tuple[Grid, list[Word]]:
    """A ruled table, and the words in it. A cell that covers others stands where it begins; those are empty."""
    lefts = sorted({box.left for row in table.rows for box in row})
    columns = [left for before, left in pairwise([-_SAME_EDGE, *lefts]) if left - before > _SAME_EDGE / 2]
    inside = words_of([box for row in table.rows for box in row], words)
    inner = min((word.left - box.left for box, found in inside.items() for word in found), default=0.0)
    rows: list[Row] = []
    above: dict[int, Box] = {}  # the lowest box in each column so far
    for number, boxes in enumerate(table.rows, start=1):
        line = [""] * len(columns)
        covered, beside = _covered(columns, boxes, above), set[int]()
        for box in boxes:
            column = max((at for at, left in enumerate(columns) if left <= box.left + _SAME_EDGE / 2), default=0)
            line[column] = cell_text(inside[box], box.right - inner)
            reach = [at for at in range(column, len(columns)) if columns[at] < box.right - _SAME_EDGE / 2]
            above.update(dict.fromkeys(reach, box))
            beside.update(reach[1:])
        rows.append(Row(tuple(line), f"{place}, row:{number}", covered, frozenset(beside)))
    return Grid(tuple(columns), tuple(rows)), [word for found in inside.values() for word in found]


def _covered(columns: Sequence[float], boxes: Sequence[Box], above: Mapping[int, Box]) -> frozenset[int]:
    """The columns without a box of their own in a row into which one of a row above reaches down."""
    if not boxes:
        return frozenset()
    top = min(box.top for box in boxes)
    own = {
        at for at, left in enumerate(columns) for box in boxes if box.left - _SAME_EDGE < left < box.right - _SAME_EDGE
    }
    return frozenset(at for at, box in above.items() if at not in own and box.bottom > top + _SAME_EDGE)
