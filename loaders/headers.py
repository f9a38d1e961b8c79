"""A table's header: which of its first rows it is, and what each column holds."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from loaders.document import Row, Table
from loaders.heading_roles import SAYS_NOTHING, SHARE, Role, role_of, roles_of
from loaders.readers.layout import YEAR
from loaders.readers.marks import is_figure
from warehouse.text import tidy, words

CODE = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}|[a-zđ])[.)]?$", re.IGNORECASE)
NO_HEADING = "—"
_HEADER_ROWS = 4
_ROMAN, _LETTERS = ["i", "ii", "iii", "iv"], ["a", "b", "c", "d"]


@dataclass(frozen=True)
class Column:
    """A value column: its position and its printed heading (`Số liệu`, `Quý I`).

    `of_part` is one of several under a heading that tells what part each counts, in words of its own (`Cấp xã`).
    """

    position: int
    label: str
    of_part: bool = False


class Texts(NamedTuple):
    """What a row prints in the columns that have a role of their own."""

    code: str
    label: str
    unit: str
    note: str


@dataclass(frozen=True)
class Header:
    """The roles of a table's columns, and how many rows and columns its header has.

    `unknown` are the columns behind the label whose headings name no role, by their positions; `share` is the one among
    them that has the percentages, beside a single one for values.
    """

    roles: dict[int, Role]
    columns: tuple[Column, ...]
    height: int
    width: int
    unknown: Mapping[int, str] = field(default_factory=dict)
    share: int | None = None

    @cached_property
    def _positions(self) -> tuple[int, ...]:
        """The first column of each role in `Texts`; one beyond all rows where there is none."""
        first = {role: position for position, role in sorted(self.roles.items(), reverse=True)}
        return tuple(first.get(role, sys.maxsize) for role in Texts._fields)

    def texts(self, row: Row) -> Texts:
        """The row's texts in the first column of each role; empty where it has none."""
        cells, width = row.cells, len(row.cells)
        return Texts._make([cells[position] if position < width else "" for position in self._positions])


def read_header(table: Table) -> Header | None:
    """The roles of the columns, from the first rows that read like a header; null when none does."""
    roles: dict[int, Role] = {}
    parts: dict[int, str] = {}
    height = 0
    for row in table.rows[:_HEADER_ROWS]:
        found = roles_of(row.cells)
        if not any(found.values()) and (below := _parts(row, roles)):
            parts, roles, height = below, {**roles, **dict.fromkeys(below, "value")}, height + 1
            break
        if not any(found.values()) or CODE.match(row.cells[0] or "-") or _labelled(row, roles):
            break
        height += 1
        for position, role in found.items():
            if role and (position not in roles or roles[position] == "value"):
                roles[position] = role
    if "label" not in roles.values() or "value" not in roles.values():
        return None
    rows = table.rows[:height]
    merged = dict(_under_merged(rows, table.rows[height:], roles))
    roles |= dict.fromkeys(merged, "value")
    of_parts = () if all(map(YEAR.match, parts.values())) else parts
    columns = tuple(
        Column(p, _heading(merged.get(p, p), rows, parts.get(p, "")), p in of_parts)
        for p, role in sorted(roles.items())
        if role == "value"
    )
    width = max(len(row.cells) for row in rows)
    unknown = dict(_unknown(rows, roles, width))
    shares = [position for position in unknown if _is_share(position, rows, roles)]
    share = shares[0] if len(columns) == len(shares) == 1 else None
    return Header(roles, columns, height, width, unknown, share)


def _unknown(rows: Sequence[Row], roles: Mapping[int, Role], width: int) -> Iterator[tuple[int, str]]:
    """The columns behind the label without a role, each with its heading, or that which is merged over it."""
    label = min(position for position, role in roles.items() if role == "label")
    for position in range(label + 1, width):
        if position not in roles:
            own = [text for row in rows if (text := _cell(row, position))]
            over = max((left for left in range(position) if _cell(rows[0], left)), default=label)
            yield position, own[-1] if own else NO_HEADING if over in roles else _cell(rows[0], over)


def _is_share(position: int, rows: Sequence[Row], roles: Mapping[int, Role]) -> bool:
    """Whether a column holds percentages of what the value column counts, and no heading says of what else.

    `Tỷ lệ (%)` under `Mục tiêu năm` is a target's; under a heading that is merged over the values too it is theirs.
    """
    own = [number for number, row in enumerate(rows) if _cell(row, position)]
    if not own or not SHARE.match(tidy(_cell(rows[own[-1]], position)).lower()):
        return False
    over = ((row, max((left for left in range(position) if _cell(row, left)), default=-1)) for row in rows[: own[0]])
    foreign = [
        text
        for row, left in over
        if (text := _cell(row, left)) and not role_of(text) and roles.get(left, "value") == "value"
    ]
    texts = [*foreign, *(_cell(rows[number], position) for number in own)]
    return all(SHARE.match(tidy(text).lower()) or SAYS_NOTHING.match(words(text)) for text in texts)


def _parts(row: Row, roles: Mapping[int, Role]) -> dict[int, str]:
    """What a row below the header calls the columns under one heading for values: `Cấp huyện | Cấp xã`, `2024 | 2025`.

    Empty for a row that has a code, a label or a figure, or that names no column without a heading of its own.
    """
    texts = {position: cell for position, cell in enumerate(row.cells) if cell}
    over = {position: max((head for head in roles if head <= position), default=-1) for position in texts}
    if any(roles.get(head) != "value" for head in over.values()) or not texts.keys() - roles.keys() or len(texts) < 2:
        return {}
    printed = list(texts.values())
    is_data = any(CODE.match(text) or is_figure(text) for text in printed) and not _counts_on(printed)
    return {} if is_data else texts


def _counts_on(printed: Sequence[str]) -> bool:
    """Whether texts are years or go on one by one, as headings do: `2024 | 2025`, `10 | 11 | 12`, `I | II`, `A | B`."""
    keys = [words(text) for text in printed]
    rows = (_ROMAN, _LETTERS, [str(number) for number in range(1, 13)])
    return all(map(YEAR.match, keys)) or any(_within_row(keys, row) for row in rows)


def _within_row(keys: list[str], row: list[str]) -> bool:
    start = row.index(keys[0]) if keys[0] in row else len(row)
    return row[start : start + len(keys)] == keys


def _under_merged(rows: Sequence[Row], body: Sequence[Row], roles: Mapping[int, Role]) -> Iterator[tuple[int, int]]:
    """The columns of figures without a heading under one for values that is merged over them, each with its own.

    A column of percentages alone is none: they are those of the figures beside.
    """
    for position in sorted(set().union(*(row.beside for row in rows)) - roles.keys()):
        over = next((row for row in rows if position in row.beside), rows[0])
        head = next(left for left in range(position, -2, -1) if left not in over.beside)
        printed = [text for row in body if (text := _cell(row, position))]
        is_share = bool(printed) and all(text.endswith("%") for text in printed)
        if roles.get(head) == "value" and not is_share and not any(_cell(row, position) for row in rows):
            yield position, head


def _heading(position: int, rows: Sequence[Row], part: str) -> str:
    """All that the header says of a value column: `Quý I – Kế hoạch` for `Kế hoạch` under `Quý I`.

    `Số liệu` and the like tell columns apart only where nothing else does.
    """
    own = [number for number, row in enumerate(rows) if role_of(_cell(row, position)) == "value"]
    last = own[-1] if own and not part else len(rows) - 1
    printed = [_over(row, position) for row in rows[:last]] + [_cell(rows[last], position)]
    named = [text for text in printed if role_of(text) == "value"]
    telling = [text for text in named if not SAYS_NOTHING.match(words(text))] + ([part] if part else [])
    telling += [text for row in rows[last + 1 :] if (text := _cell(row, position)) and role_of(text) is None]
    return " – ".join(dict.fromkeys(telling)) or (named or list(filter(None, printed)))[-1]


def _over(row: Row, position: int) -> str:
    """The heading above a column, be it its own or one merged over it, whose text stands in its leftmost cell."""
    return next((text for text in reversed(row.cells[: position + 1]) if text), "")


def _cell(row: Row, position: int) -> str:
    return row.cells[position] if position < len(row.cells) else ""


def _labelled(row: Row, roles: dict[int, Role]) -> bool:
    """Whether a label of its own stands in the label's column; a header has nothing there, or words in brackets."""
    cells = [cell for position, cell in enumerate(row.cells) if roles.get(position) == "label"]
    return any(cell and not cell.startswith("(") and role_of(cell) != "label" for cell in cells)


def split_at_headers(table: Table) -> list[Table]:
    """The table cut before every row that is a header again, as it is at the top of a new page, and between halves."""
    starts = [number for number, row in enumerate(table.rows) if number and _is_header(row)]
    edges = [0, *starts, len(table.rows)]
    parts = (Table(table.rows[start:end]) for start, end in pairwise(edges) if start < end)
    return [half for part in parts for half in _halves(part)]


def _halves(table: Table) -> list[Table]:
    """A table that goes on beside itself, `STT | Nội dung | Số liệu | STT | Nội dung | Số liệu`, cut in two."""
    cut = _cut(table.rows[0]) if table.rows else None
    if cut is None:
        return [table]
    halves = (slice(cut), slice(cut, None))
    return [
        Table(tuple(row for row in (_within(row, half) for row in table.rows) if any(row.cells))) for half in halves
    ]


def _cut(head: Row) -> int | None:
    """Where the right half of a table starts whose header stands there twice; null for any other."""
    heads = [role_of(cell) for cell in head.cells]
    if heads.count("code") != 2:
        return None
    left = heads.index("code")
    cut = heads.index("code", left + 1)
    return cut if all({"label", "value"} <= set(half) for half in (heads[left:cut], heads[cut:])) else None


def goes_on_beside(table: Table, rest: Table) -> bool:
    """Whether `rest`, without a header of its own, is as wide as a table whose last header stands there twice."""
    head = next((row for row in reversed(table.rows) if _is_header(row)), None)
    cut = _cut(head) if head else None
    if head is None or cut is None or read_header(rest) is not None:
        return False
    return cut < max((len(row.cells) for row in rest.rows), default=0) <= len(head.cells)


def heads_otherwise(row: Row, header: Header) -> bool:
    """Whether a row heads a column of codes, and labels or values with another heading than theirs: `STT | Họ tên`."""
    if "code" not in map(role_of, row.cells):
        return False
    wanted = ((position, role) for position, role in header.roles.items() if role in {"label", "value"})
    return any((text := _cell(row, position)) and role_of(text) != role for position, role in wanted)


def _within(row: Row, part: slice) -> Row:
    """The cells of a row in a part of its columns; what is not the first part has a place of its own, `row:3/2`."""
    first, _, _ = part.indices(len(row.cells))
    cells = row.cells[part]
    covered, beside = (
        frozenset(at - first for at in places if 0 <= at - first < len(cells)) for places in (row.covered, row.beside)
    )
    return Row(cells, f"{row.place}/2" if part.start else row.place, covered, beside)


def _is_header(row: Row) -> bool:
    if "code" not in map(role_of, row.cells):  # as in nearly all rows
        return False
    return {"label", "value"} <= set(roles_of(row.cells).values())
