"""A document's statistical annexes: which tables they are, what they are called, and their rows.

A table is an annex when one of its first rows names a column for the row's label and one for its
value. A table that goes on after a page break, with or without its header again, joins the one before.
"""

import re
from dataclasses import dataclass, field

from loaders.document import Document, Paragraph, Table
from loaders.headers import Column, Header, read_header, split_at_headers
from loaders.readers.text import plain
from loaders.rows import AnnexRow, append_rows, printed_code, with_parents

_TITLE = re.compile(
    r"^(?P<kind>phụ lục|biểu mẫu|biểu số|biểu|mẫu số|mẫu)\s*(?:số\s*)?[:.]?\s*"
    r"(?P<number>\d{1,3}[a-zđ]?|[ivx]{1,5})(?![\w/])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Annex:
    """A statistical annex: its printed number (`Phụ lục 6B`), its value columns and its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[AnnexRow, ...]


@dataclass
class _Draft:
    name: str
    header: Header
    rows: list[AnnexRow] = field(default_factory=list)


def find_annexes(document: Document) -> tuple[Annex, ...]:
    """The annexes of a document in reading order; empty when it holds no statistical table."""
    drafts: list[_Draft] = []
    title: str | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            title = _title(block.text) or title
            continue
        for table in split_at_headers(block):
            if _add(drafts, table, title):
                title = None
    return tuple(Annex(draft.name, draft.header.columns, with_parents(draft.rows)) for draft in drafts)


def spoken_texts(document: Document) -> list[str]:
    """The lines outside the annexes; a letterhead laid out as a table, or between tabs, cell by cell."""
    texts: list[str] = []
    before_annexes = True
    for block in document.blocks:
        if isinstance(block, Paragraph):
            texts += re.split(r"[\n\t]", block.text)
        elif before_annexes := before_annexes and read_header(block) is None:
            texts += [cell for row in block.rows for cell in row.cells]
    return [text.strip() for text in texts if text.strip()]


def _add(drafts: list[_Draft], table: Table, title: str | None) -> bool:
    """Add the table to the annexes found so far; false when it is none and goes on with none."""
    header = read_header(table)
    if header is None and not (drafts and title is None and _fits(table, drafts[-1].header)):
        return False
    if header is not None and _starts_annex(title, header, table, drafts):
        drafts.append(_Draft(title or f"Bảng {len(drafts) + 1}", header))
    body = table.rows[header.height :] if header else table.rows
    append_rows(drafts[-1].rows, body, header or drafts[-1].header)
    return True


def _starts_annex(title: str | None, header: Header, table: Table, drafts: list[_Draft]) -> bool:
    """A titled table starts an annex; an untitled one only where its numbering starts again at 1."""
    if title is not None or not drafts:
        return True
    body = table.rows[header.height :]
    codes = {row.code for row in drafts[-1].rows}
    return bool(body) and printed_code(header.cell(body[0], "code")) == "1" and "1" in codes


def _title(text: str) -> str | None:
    """`Phụ lục 6B` from a paragraph that is an annex heading, the last one when it holds several."""
    found = None
    for part in re.split(r"\*+|\n", text):
        if match := _TITLE.match(plain(part)):
            kind = match["kind"].capitalize().removesuffix(" số")
            found = f"{kind} {match['number'].upper() if match['number'][-1].isupper() else match['number']}"
    return found


def _fits(table: Table, header: Header) -> bool:
    """Whether a table without a header can be the rest of the annex before it."""
    return all(len(row.cells) <= header.width for row in table.rows)
