"""A document's statistical annexes: which tables they are, what they are called, and their rows.

A table is an annex when one of its first rows names a column for the row's label and one for its
value. A table that goes on after a page break, with or without its header again, joins the one before.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise, zip_longest

from loaders.document import Block, Document, Paragraph, Row, Table
from loaders.headers import Column, Header, goes_on_beside, heads_otherwise, read_header, split_at_headers
from loaders.readers.layout import MAX_SPAN
from loaders.readers.text import plain
from loaders.rows import AnnexRow, append_rows, printed_code, with_parents
from warehouse.text import words

_TITLE = re.compile(
    r"^(?P<kind>phụ lục|biểu mẫu|biểu số|biểu|mẫu số|mẫu)\s*(?:số\s*)?[:.]?\s*"
    r"(?P<number>(?:\d{1,3}[a-zđ]?|[ivx]{1,5})(?![\w/])|\d{1,3}(?=(?P<glued>[^\W\d_])))",
    re.IGNORECASE,
)
# Emphasis and line breaks end a heading; where they were lost, the next one stands glued to it.
_LINES = re.compile(r"\*+|\n|(?<=[\w)])(?=(?:Phụ lục|Biểu mẫu|Biểu số|Mẫu số)\s+(?:số\s*)?[\dIVX])")


_FIRST_CODES = frozenset(("1", "1.1", "I", "A"))
_MEASURE = re.compile(r"^\(?(?:đơn vị tính|đvt|đơn vị)\s*:\s*(?P<measure>[^():]{1,40})\)?$", re.IGNORECASE)
_words = lru_cache(maxsize=1 << 12)(words)  # the same headings and titles stand in file after file


@dataclass(frozen=True)
class Annex:
    """A statistical annex: its printed number (`Phụ lục 6B`), its value columns and its rows.

    `measure` is the unit of measure said above the table (`ĐVT: nghìn đồng`), for rows that have none of their own;
    `unread` is how many figures stand in columns of no known role, by their headings; `heading` is the line that heads
    it inside a table that holds others too.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[AnnexRow, ...]
    measure: str = ""
    unread: Mapping[str, int] = field(default_factory=dict, hash=False)
    heading: Paragraph | None = None


@dataclass
class _Draft:
    name: str
    header: Header
    head: tuple[tuple[str, ...], ...] = ()  # as it is printed
    measure: str = ""
    rows: list[AnnexRow] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    heading: Paragraph | None = None


def find_annexes(document: Document) -> tuple[Annex, ...]:
    """The annexes of a document in reading order; empty when it holds no statistical table."""
    drafts: list[_Draft] = []
    title: str | None = None
    measure = ""
    for block in _whole(document.blocks):
        if isinstance(block, Paragraph):
            title = annex_title(block.text) or title
            said = _MEASURE.match(block.text)
            measure = said["measure"].strip() if said else measure
            continue
        for table in split_at_headers(block):
            before = len(drafts)
            if _add(drafts, table, title):
                title = None
            for draft in drafts[before:]:
                draft.measure = measure
        measure = ""
    return tuple(_numbered_on(drafts))


def _whole(blocks: Iterable[Block]) -> list[Block]:
    """The blocks; a table that goes on beside itself is joined to its rest behind a page end, to be cut as one."""
    whole: list[Block] = []
    last: int | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            last = None if annex_title(block.text) else last
        elif last is not None and isinstance(before := whole[last], Table) and goes_on_beside(before, block):
            whole[last] = Table((*before.rows, *block.rows))
            continue
        else:
            last = len(whole)
        whole.append(block)
    return whole


def _numbered_on(drafts: Iterable[_Draft]) -> Iterator[Annex]:
    """The annexes; the rows of one that bears the name of one before (`tiếp theo`) are numbered after those of it.

    A row is known by the name of its annex and its number there.
    """
    before = Counter[str]()
    for draft in drafts:
        rows = with_parents(draft.rows)
        if last := before[draft.name]:
            rows = tuple(row._replace(row_no=last + row.row_no) for row in rows)
        before[draft.name] += len(rows)
        yield Annex(draft.name, draft.header.columns, rows, draft.measure, draft.unread, draft.heading)


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
    if header is None and not (drafts and title is None and _goes_on(table, drafts[-1].header)):
        return False
    head = tuple(row.cells for row in table.rows[: header.height]) if header else ()
    if header is not None and _starts_annex(title, header, table, drafts):
        drafts.append(_Draft(title or f"Bảng {len(drafts) + 1}", header, head))
    body = table.rows[header.height :] if header else table.rows
    own, whole = drafts[-1].header, drafts[-1].head
    if header and (len(head) >= len(whole) or head != whole[: len(head)]):  # else its first lines, printed again
        own = _in_columns_of(drafts[-1], header)
    for heading, part in _titled_parts(body, own):
        if heading and drafts[-1].rows:
            drafts.append(_Draft("", own, whole))
        draft = drafts[-1]
        if heading:
            draft.name, draft.heading = annex_title(heading.text) or draft.name, heading
        draft.unread += append_rows(draft.rows, part, own)
    return True


def _titled_parts(body: Sequence[Row], header: Header) -> Iterator[tuple[Paragraph | None, tuple[Row, ...]]]:
    """The rows of a table cut at those that only print the title of an annex, each part with the line over it."""
    titles = [_title_in(row, following, header) for row, following in zip_longest(body, body[1:])]
    starts = [number for number, title in enumerate(titles) if title]
    yield None, tuple(body[: starts[0] if starts else len(body)])
    for start, end in pairwise([*starts, len(body)]):
        yield titles[start], tuple(body[start + 1 : end])


def _title_in(row: Row, following: Row | None, header: Header) -> Paragraph | None:
    """`Phụ lục 3 Cải cách thể chế` in a row without unit, value or remark, over the first number or nothing."""
    filled = [position for position, cell in enumerate(row.cells) if cell]
    if not filled or annex_title(row.cells[filled[0]]) is None:
        return None
    if any(header.roles.get(position) not in {"code", "label"} for position in filled):
        return None
    title = Paragraph(" ".join(row.cells[position] for position in filled), row.place)
    return title if following is None or printed_code(header.texts(following).code) in _FIRST_CODES else None


def _in_columns_of(draft: _Draft, header: Header) -> Header:
    """The header printed again, its value columns in the order of the annex; what is new in it comes last.

    A column is known by its heading; one that this page lacks stands nowhere and gives empty cells.
    """
    if [_heading(column) for column in header.columns] == [_heading(column) for column in draft.header.columns]:
        return header  # as mostly; two columns may share a heading
    known = {_heading(column): column for column in header.columns}
    new = [column for column in header.columns if _heading(column) not in map(_heading, draft.header.columns)]
    if len(new) == len(header.columns) == len(draft.header.columns):
        return header  # every heading is spelt otherwise: the same columns in the same order
    if new:
        draft.header = replace(draft.header, columns=(*draft.header.columns, *new))
        draft.rows[:] = [row._replace(values=(*row.values, *[""] * len(new))) for row in draft.rows]
    nowhere = header.width + MAX_SPAN
    columns = (known.get(_heading(column), Column(nowhere, column.label)) for column in draft.header.columns)
    return replace(header, columns=tuple(columns))


def _heading(column: Column) -> str:
    return _words(column.label)


def _starts_annex(title: str | None, header: Header, table: Table, drafts: list[_Draft]) -> bool:
    """A titled table starts an annex; an untitled one only where its numbering starts again at 1."""
    if title is not None or not drafts:
        return True
    body = table.rows[header.height :]
    codes = {row.code for row in drafts[-1].rows}
    return bool(body) and printed_code(header.texts(body[0]).code) == "1" and "1" in codes


@lru_cache(maxsize=1 << 12)
def annex_title(text: str) -> str | None:
    """`Phụ lục 6B` from a paragraph that is an annex heading, the last one when it holds several."""
    found = None
    for part in _LINES.split(text):
        if (match := _TITLE.match(plain(part))) and (not match["glued"] or match["glued"].isupper()):
            kind = match["kind"].capitalize().removesuffix(" số")
            found = f"{kind} {match['number'].upper() if match['number'][-1].isupper() else match['number']}"
    return found


def _goes_on(table: Table, header: Header) -> bool:
    """Whether a table without a header can be the rest of the annex before it; not where it has headings of its own."""
    if any(heads_otherwise(row, header) for row in table.rows[:1]):
        return False
    return all(len(row.cells) <= header.width for row in table.rows)
