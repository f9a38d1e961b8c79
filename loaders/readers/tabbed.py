"""Tables of a Word document that are laid out with tabs: a line a row, a cell behind every tab.

Only where nothing has to be guessed: the first line reads like a header, no line has more cells than it, and one with
fewer leaves out nothing before its figure. The file is refused where a row does not fit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.document import Block, Paragraph, Row
from loaders.problems import UnreadableFile
from loaders.readers.layout import head_of, is_annex_title, is_header, is_letterhead, lines, split_rows
from loaders.readers.marks import is_figure
from warehouse.text import tidy, words

_LEAST_CELLS = 3
_LABELLED = 2  # cells: a code and a label
_MOST_BETWEEN = 2  # lines without tabs between two rows: headings of sections


@dataclass(frozen=True)
class Tabbed(Paragraph):
    """A line with tabs, and what stands between them; as a paragraph it reads like any other."""

    cells: tuple[str, ...] = ()


def lines_of(text: str, place: str) -> Iterator[Paragraph]:
    """The lines of a paragraph; each of one with tabs is a line of its own."""
    if "\t" not in text.strip():
        yield from (Paragraph(line, place) for line in lines(text))
        return
    for line in text.split("\n"):
        if whole := tidy(line):
            yield Tabbed(whole, place, tuple(map(tidy, line.rstrip().split("\t"))))


def with_tabbed_tables(name: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the tables that tabs make; raises `UnreadableFile` for one whose cells are not sure."""
    rows: list[Paragraph] = []
    between: list[Paragraph] = []
    for block in blocks:
        cells = block.cells if isinstance(block, Tabbed) and not _signs(block.cells) else ()
        is_row = len(cells) >= _LEAST_CELLS and (is_header(cells) or (rows and head_of(cells[0]) == "figure"))
        is_rest = isinstance(block, Paragraph) and rows and not between and (cells or is_figure(block.text))
        if isinstance(block, Paragraph) and (is_row or is_rest):
            rows += [*between, block]
            between = []
        elif rows and isinstance(block, Paragraph) and len(between) < _MOST_BETWEEN and not is_annex_title(block.text):
            between.append(block)
        else:
            yield from (*_table(name, rows), *between, block)
            rows, between = [], []
    yield from (*_table(name, rows), *between)


def _signs(cells: Sequence[str]) -> bool:
    """Whether tabs only set a text apart, as those before a signature do."""
    filled = [cell for cell in cells if cell]
    return is_letterhead(filled) or (len(filled) == 1 and len(cells) > _LABELLED)


def _table(name: str, rows: Sequence[Paragraph]) -> Iterator[Block]:
    printed = [Row(row.cells if isinstance(row, Tabbed) else (row.text,), row.place) for row in rows]
    header: tuple[str, ...] = ()
    for row in printed:
        header = row.cells if is_header(row.cells) else header
        if not _fits(row.cells, header):
            raise UnreadableFile(
                place=f"{name}, {row.place}",
                found=f"bảng dàn bằng phím Tab mà dòng “{' '.join(row.cells)[:60]}” không khớp các cột ở đầu bảng",
                expected="mỗi dòng đủ các cột như dòng đầu, giữa hai cột một phím Tab",
                action="chuyển thành bảng có ô (Insert, Table, Convert Text to Table), xem lại các cột rồi nạp lại",
            )
    width = len(max((row.cells for row in printed), key=len, default=()))
    yield from split_rows(Row((*row.cells, *[""] * (width - len(row.cells))), row.place) for row in printed)


def _fits(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether it is sure which column each cell stands in: only what is behind the last one may be left out."""
    missing = len(header) - len(cells)
    if len(cells) == 1 and is_figure(cells[0]):  # what was cut off the row before it
        return False
    if missing <= 0 or len(cells) <= _LABELLED:
        return missing >= 0
    only_notes = all(words(head).startswith("ghi chu") for head in header[len(cells) :])
    return only_notes or not any(map(is_figure, cells[_LABELLED:]))
