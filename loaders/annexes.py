"""A document's statistical annexes: which tables they are, what each column holds, and their rows.

A table is an annex when one of its first rows names a column for the row's label and one for its
value. A table that goes on after a page break, with or without its header again, joins the one before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.document import Document, Paragraph, Row, Table
from loaders.readers.text import plain
from warehouse.text import words

_TITLE = re.compile(
    r"^(?P<kind>phụ lục|biểu mẫu|biểu số|biểu|mẫu số|mẫu)\s*(?:số\s*)?[:.]?\s*"
    r"(?P<number>\d{1,3}[a-zđ]?|[ivx]{1,5})(?![\w/])",
    re.IGNORECASE,
)
_CODE = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}|[a-zđ])[.)]?$", re.IGNORECASE)
_HEADER_ROWS = 4

Role = str  # "code", "label", "unit", "note" or "value"

_ROLE_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("code", re.compile(r"^(stt|tt|so tt|so thu tu|ma so|muc)$")),
    ("unit", re.compile(r"^(don vi tinh|dvt|don vi)$")),
    ("note", re.compile(r"^ghi chu")),
    ("label", re.compile(r"^(chi tieu|noi dung|tieu chi|ten chi tieu|danh muc)")),
    (
        "value",
        re.compile(
            r"^(so lieu|ket qua|gia tri|so luong|quy (i|ii|iii|iv|[1-4])\b|[369] thang|nam\b|ca nam|"
            r"tong so trong nam|ky bao cao|thuc hien)"
        ),
    ),
)


@dataclass(frozen=True)
class Column:
    """A value column: its position and its printed heading (`Số liệu`, `Quý I`)."""

    position: int
    label: str


@dataclass(frozen=True)
class AnnexRow:
    """One printed row. `values` has one raw text for each of the annex's value columns."""

    row_no: int
    code: str | None
    label: str
    parent_label: str | None
    unit_of_measure: str
    values: tuple[str, ...]
    note: str
    place: str


@dataclass(frozen=True)
class Annex:
    """A statistical annex: its printed number (`Phụ lục 6B`), its value columns and its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[AnnexRow, ...]


@dataclass(frozen=True)
class _Header:
    roles: dict[int, Role]
    columns: tuple[Column, ...]
    height: int
    width: int

    def first(self, role: Role) -> int | None:
        return next((position for position, held in sorted(self.roles.items()) if held == role), None)


@dataclass
class _Draft:
    name: str
    header: _Header
    rows: list[AnnexRow] = field(default_factory=list)


def find_annexes(document: Document) -> tuple[Annex, ...]:
    """The annexes of a document in reading order; empty when it holds no statistical table."""
    drafts: list[_Draft] = []
    title: str | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            title = _title(block.text) or title
            continue
        header = _header(block)
        if header is None and not (drafts and title is None and _fits(block, drafts[-1].header)):
            continue
        if header is not None and _starts_annex(title, header, block, drafts):
            drafts.append(_Draft(title or f"Bảng {len(drafts) + 1}", header))
        draft = drafts[-1]
        body = block.rows[header.height :] if header else block.rows
        _append(draft.rows, body, header or draft.header)
        title = None
    return tuple(Annex(draft.name, draft.header.columns, _with_parents(draft.rows)) for draft in drafts)


def _starts_annex(title: str | None, header: _Header, table: Table, drafts: list[_Draft]) -> bool:
    """A titled table starts an annex; an untitled one only where its numbering starts again at 1."""
    if title is not None or not drafts:
        return True
    position = header.first("code")
    body = table.rows[header.height :]
    if position is None or not body:
        return False
    codes = {row.code for row in drafts[-1].rows}
    return _printed_code(_cell(body[0], position)) == "1" and "1" in codes


def _title(text: str) -> str | None:
    """`Phụ lục 6B` from a paragraph that is an annex heading, the last one when it holds several."""
    found = None
    for part in re.split(r"\*+|\n", text):
        if match := _TITLE.match(plain(part)):
            kind = match["kind"].capitalize().removesuffix(" số")
            found = f"{kind} {match['number'].upper() if match['number'][-1].isupper() else match['number']}"
    return found


def _header(table: Table) -> _Header | None:
    """The roles of the columns, from the first rows that read like a header; null when none does."""
    roles: dict[int, Role] = {}
    labels: dict[int, str] = {}
    height = 0
    for row in table.rows[:_HEADER_ROWS]:
        found = {position: _role(cell) for position, cell in enumerate(row.cells)}
        if not any(found.values()) or _CODE.match(row.cells[0] or "-"):
            break
        height += 1
        for position, role in found.items():
            if role and (position not in roles or roles[position] == "value"):
                roles[position], labels[position] = role, row.cells[position]
    if "label" not in roles.values() or "value" not in roles.values():
        return None
    columns = tuple(Column(p, labels[p]) for p, role in sorted(roles.items()) if role == "value")
    return _Header(roles, columns, height, max(len(row.cells) for row in table.rows[:height]))


def _role(cell: str) -> Role | None:
    key = words(cell)
    return next((role for role, pattern in _ROLE_WORDS if pattern.match(key)), None)


def _fits(table: Table, header: _Header) -> bool:
    """Whether a table without a header can be the rest of the annex before it."""
    return all(len(row.cells) <= header.width for row in table.rows)


def _cell(row: Row, position: int | None) -> str:
    return row.cells[position] if position is not None and position < len(row.cells) else ""


def _printed_code(cell: str) -> str | None:
    return cell.rstrip(".)") if _CODE.match(cell) else None


def _append(rows: list[AnnexRow], body: tuple[Row, ...], header: _Header) -> None:
    """Add the table's rows; a row that is only the rest of the one before is joined to it."""
    for printed in body:
        if not any(printed.cells):
            continue
        row = _read_row(printed, header, len(rows) + 1)
        if rows and _is_rest(row):
            rows[-1] = _joined(rows[-1], row)
        else:
            rows.append(row)


def _read_row(printed: Row, header: _Header, row_no: int) -> AnnexRow:
    return AnnexRow(
        row_no=row_no,
        code=_printed_code(_cell(printed, header.first("code"))),
        label=_cell(printed, header.first("label")),
        parent_label=None,
        unit_of_measure=_cell(printed, header.first("unit")),
        values=tuple(_cell(printed, column.position) for column in header.columns),
        note=_cell(printed, header.first("note")),
        place=printed.place,
    )


def _is_rest(row: AnnexRow) -> bool:
    """A row cut by a page end, or a list of answers printed over several rows.

    It has no code and no value, and either no label or one that goes on in lower case.
    """
    if row.code is not None or any(row.values):
        return False
    return not row.label or row.label[0].islower()


def _joined(row: AnnexRow, rest: AnnexRow) -> AnnexRow:
    return AnnexRow(
        row_no=row.row_no,
        code=row.code,
        label=f"{row.label} {rest.label}".strip(),
        parent_label=row.parent_label,
        unit_of_measure=f"{row.unit_of_measure} {rest.unit_of_measure}".strip(),
        values=row.values,
        note=f"{row.note} {rest.note}".strip(),
        place=row.place,
    )


def _with_parents(rows: list[AnnexRow]) -> tuple[AnnexRow, ...]:
    """Each row with the label it stands under.

    The depth of the code decides, not its digits: printed codes are wrong often enough that `1.1.1`
    stands under `1.2`. An uncoded row stands under the coded one before it.
    """
    return tuple(_placed(rows))


def _placed(rows: list[AnnexRow]) -> Iterator[AnnexRow]:
    above: list[tuple[int, str]] = []
    for row in rows:
        depth = row.code.count(".") + 1 if row.code else None
        if depth is not None:
            while above and above[-1][0] >= depth:
                above.pop()
        parent = above[-1][1] if above else None
        yield AnnexRow(**{**row.__dict__, "parent_label": parent})
        if depth is not None:
            above.append((depth, row.label))
