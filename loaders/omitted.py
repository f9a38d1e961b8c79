"""What a file holds and nobody takes: figures struck out, rows, columns and sheets that are hidden, tables not read.

What shows is what was reported; what does not is told, for whoever hid it may have meant it to count.
"""

import re
from collections.abc import Iterator, Sequence

from loaders.annexes import Annex, annex_title
from loaders.document import Document, Paragraph, Row, Table
from loaders.readers.layout import is_code_head
from loaders.readers.marks import is_figure
from warehouse.model import Remark

UNREAD_TABLE = "table_unread"
_LEAST_ROWS = 3
_YEAR = re.compile(r"^(?:19|20)\d\d$")


def omission_remarks(document: Document, annexes: Sequence[Annex]) -> Iterator[Remark]:
    """A remark for every omission of the readers; one of a row stands at the annex's row."""
    names = {row.place: annex.name for annex in annexes for row in annex.rows} if document.omissions else {}
    for omission in document.omissions:
        place = f"{names[omission.place]}, {omission.place}" if omission.place in names else omission.place
        told: dict[str, str | float] = {"printed": omission.printed}
        if omission.kind != "struck_out":
            told["times"] = omission.times
        yield Remark(omission.kind, place, told)


def unread_tables(document: Document, annexes: Sequence[Annex]) -> Iterator[Remark]:
    """A remark for every table of figures that was not read, under the title of an annex or with heads behind one."""
    read = {row.place.partition("/")[0] for annex in annexes for row in annex.rows}
    title: str | None = None
    behind = False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            title = annex_title(block.text) or title
            continue
        given = [row for row in block.rows if _gives_a_figure(row)]
        is_read = not read.isdisjoint(row.place for row in block.rows)
        behind = behind or is_read
        printed = title or (_heads(block) if behind else "")
        if printed and len(given) >= _LEAST_ROWS and not is_read:
            yield Remark(UNREAD_TABLE, given[0].place, {"printed": printed, "times": len(given)})
        title = None


def _heads(table: Table) -> str:
    """The heads of a table that has a column for codes; empty for any other."""
    heads = (row.cells for row in table.rows[:1] if any(map(is_code_head, row.cells)))
    return ", ".join(filter(None, next(heads, ())))


def _gives_a_figure(row: Row) -> bool:
    """Whether a row has words and behind them a figure."""
    words = next((number for number, cell in enumerate(row.cells) if len(cell.split()) > 1), len(row.cells))
    return any(is_figure(cell) and not _YEAR.match(cell) for cell in row.cells[words + 1 :])
