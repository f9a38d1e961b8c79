"""The rows under a table's header: rows cut by a page end joined again, each under the row it belongs to."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from loaders.document import Row
from loaders.headers import CODE, Header, Texts
from loaders.readers.marks import is_figure
from warehouse.text import words

_SIGNATURE = re.compile(r"^(?:noi nhan\b|nguoi lap\b|(?:tm|kt|tuq) (?:uy ban|ubnd|chu tich|giam doc)\b)")
_COLUMN_NUMBER = re.compile(r"^\(?(?:[a-z]|\d{1,2})\)?(?:\s*=.*)?$", re.IGNORECASE)
_SECTION = re.compile(r"^(?:[IVX]+|[A-ZĐ])$")
_BROKEN_CODE = re.compile(r"^(?=.*\.)[\d.]+(?:\s[\d.]+)+$")  # `1.1. 1`, from a column too narrow for `1.1.1`
_REMARK = re.compile(r"^(?:[¹²³⁴-⁹*]|\(\*+\)|\[\d+\]|ghi chú\b|lưu ý\b)", re.IGNORECASE)
_SECTION_HEADING = re.compile(r"^(?P<code>[IVX]{1,5}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*)[.)/:]?\s+(?P<label>\S.*)$")
# A label that cannot end so goes on below, whatever the letter there: `Số hồ sơ do | UBND cấp xã tiếp nhận`.
_CUT = re.compile(
    r"\b(?:của|và|hoặc|bởi|(?<!hiện )(?<!tồn )tại|các|những|với|(?<!lý )(?<!lí )(?<!tự )(?<!nguyên )do)$", re.IGNORECASE
)
_OPENED, _CLOSED = re.compile(r"\([^()]*$"), re.compile(r"^(?!\W*(?:\w|\d{2})\))[^()]*\)")  # not before `a)`
_UNIT_KIND = re.compile(r"^(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã) ")
_LONGEST_HEADING = 200
_ITEM_DEPTH = 99  # `a)` stands under whatever number is before it


class AnnexRow(NamedTuple):
    """One printed row. `values` has one raw text for each of the annex's value columns.

    `under` are the numbers of those values whose cells lie under one merged down from a row above; `merged` has the
    number of each value whose cell is merged over others, with the place of each row that it reaches.
    A tuple, for there are a hundred in every file and a frozen dataclass takes four times as long to make.
    """

    row_no: int
    code: str | None
    label: str
    parent_label: str | None
    unit_of_measure: str
    values: tuple[str, ...]
    note: str
    place: str
    under: tuple[int, ...] = ()
    merged: tuple[tuple[int, str], ...] = ()


@lru_cache(maxsize=1 << 12)
def printed_code(cell: str) -> str | None:
    """The code less its trailing dot; null for a cell that holds something else (`Trong đó`)."""
    code = re.sub(r"\s", "", cell) if _BROKEN_CODE.match(cell) else cell
    return code.rstrip(".)") if CODE.match(code) else None


def append_rows(rows: list[AnnexRow], body: tuple[Row, ...], header: Header) -> Counter[str]:
    """Add a table's rows up to the signature; one that is only the rest of the row before is joined to it.

    Returns how many figures stand in columns of no known role, by their headings.
    """
    coded_labels = _codes_stand_in_labels(body, header)
    first = len(rows)
    unread = Counter[str]()
    for printed in body:
        if _is_signature(printed):
            break
        texts = header.texts(printed)
        if coded_labels:
            code, label = _section(texts.label)
            texts = texts._replace(code=code, label=label)
        if not any(printed.cells) or _numbers_columns(printed, texts.label) or _is_remark(printed):
            continue
        row = _read_row(printed, texts, header, len(rows) + 1)
        if header.unknown:
            row, unknown = _with_share(row, printed, header)
            unread.update(_figures_under(unknown, printed))
        if rows and not texts.code and _is_rest(row, rows[-1]):
            rows[-1] = _joined(rows[-1], row)
        else:
            _tell_merged(rows, first, row)
            rows.append(row)
    return unread


def _with_share(row: AnnexRow, printed: Row, header: Header) -> tuple[AnnexRow, Mapping[int, str]]:
    """A row `Tỷ lệ …` with its figure, where that stands under `Tỷ lệ (%)`; and the columns that are still unknown."""
    share = header.share
    if share is None or any(row.values) or share >= len(printed.cells) or not words(row.label).startswith("ty le "):
        return row, header.unknown
    others = {position: heading for position, heading in header.unknown.items() if position != share}
    return row._replace(values=(printed.cells[share],)), others


def _figures_under(unknown: Mapping[int, str], printed: Row) -> Iterator[str]:
    cells = printed.cells
    return (heading for position, heading in unknown.items() if position < len(cells) and is_figure(cells[position]))


def _codes_stand_in_labels(body: tuple[Row, ...], header: Header) -> bool:
    """Whether a table prints its codes before its labels: `1.1. Số hồ sơ tiếp nhận`.

    That is where it has no column for codes, or one that only counts the rows or says the same.
    """
    found = [(texts.code, _section(texts.label)[0]) for row in body if (texts := header.texts(row)).label]
    coded = [(code, own) for code, own in found if own]
    if 2 * len(coded) <= len(found):
        return False
    return all(not code or code.rstrip(".").isdigit() or printed_code(code) == own for code, own in coded)


def _is_signature(printed: Row) -> bool:
    """`Nơi nhận`, `TM. ỦY BAN NHÂN DÂN`: the end of the document, laid out between tabs like one more row."""
    return any(map(_signs, printed.cells))


@lru_cache(maxsize=1 << 14)  # the same labels and figures stand in file after file
def _signs(cell: str) -> bool:
    return _SIGNATURE.match(words(cell)) is not None


def _numbers_columns(printed: Row, label: str) -> bool:
    """`(1) (2) (3)` or `A B 1 2` under the header."""
    return _is_column_number(label) and all(map(_is_column_number, filter(None, printed.cells)))


@lru_cache(maxsize=1 << 14)
def _is_column_number(cell: str) -> bool:
    return _COLUMN_NUMBER.match(cell) is not None


def _is_remark(printed: Row) -> bool:
    """A footnote or a sentence of its own under or between the rows: `¹ Chỉ thống kê …`, `Ghi chú: …`."""
    cells = printed.cells
    if not cells[0] or cells.count("") != len(cells) - 1:
        return False
    return _REMARK.match(cells[0]) is not None or len(cells[0]) > _LONGEST_HEADING


def _tell_merged(rows: list[AnnexRow], first: int, row: AnnexRow) -> None:
    """Note at the rows from `first` on whose value cells reach down over `row`, that they do.

    A line in brackets below a label is no row that a figure could be of.
    """
    for number in row.under if row.code or not row.label.startswith("(") else ():
        top = len(rows) - 1
        while top >= first and number in rows[top].under:
            top -= 1
        if top >= first:
            rows[top] = rows[top]._replace(merged=(*rows[top].merged, (number, row.place)))


def _section(cell: str) -> tuple[str, str]:
    """The code and the label of a heading merged over the whole row: `II. CẢI CÁCH THỂ CHẾ`."""
    match = _SECTION_HEADING.match(cell)
    return (match["code"], match["label"]) if match else ("", cell)


def _read_row(printed: Row, texts: Texts, header: Header, row_no: int) -> AnnexRow:
    cells = printed.cells
    label, code = texts.label, printed_code(texts.code)
    if texts.code and code is None and not any(cell for cell in cells if cell != texts.code):
        section, label = _section(texts.code)
        code = printed_code(section)
    return AnnexRow(
        row_no=row_no,
        code=code,
        label=label,
        parent_label=None,
        unit_of_measure=texts.unit,
        values=tuple([cells[column.position] if column.position < len(cells) else "" for column in header.columns]),
        note=texts.note,
        place=printed.place,
        under=_values_under(printed, header) if printed.covered else (),
        merged=tuple((number, printed.place) for number in _values_across(printed, header)) if printed.beside else (),
    )


def _values_under(printed: Row, header: Header) -> tuple[int, ...]:
    """The numbers of the values whose cells are merged with those above; none where the labels are merged alike."""
    labels = {position for position, role in header.roles.items() if role == "label"}
    if labels & printed.covered:
        return ()
    return tuple(number for number, column in enumerate(header.columns) if column.position in printed.covered)


def _values_across(printed: Row, header: Header) -> Iterator[int]:
    """The numbers of the values whose cells reach over the next value column."""
    positions = [column.position for column in header.columns]
    for number, (own, following) in enumerate(pairwise(positions)):
        if own not in printed.beside and printed.beside.issuperset(range(own + 1, following + 1)):
            yield number


def _is_rest(row: AnnexRow, before: AnnexRow) -> bool:
    """A row cut by a page end, or a list of answers printed over several rows.

    Without a label it is the rest of the row before, unless both have a value; and so where that one's label cannot end
    as it does. With a label, it is else a rest only where it has no value, goes on in lower case, and brings no unit of
    measure of its own: one more choice (`Có = 1`) is none.
    """
    if not row.label:
        return not (any(row.values) and any(before.values))
    unit = row.unit_of_measure
    own_unit = bool(unit and before.unit_of_measure) and "=" not in unit and not unit[0].islower()
    if _is_cut(before.label, row.label) and not own_unit:
        return not (any(row.values) and any(before.values))
    return row.label[0].islower() and not any(row.values) and not own_unit and not _is_unit(row.label)


def _is_unit(label: str) -> bool:
    """`xã Nam Giang`: a heading of the rows below."""
    kind = _UNIT_KIND.match(label)
    return kind is not None and all(word[0].isupper() for word in label[kind.end() :].split())


def _is_cut(label: str, rest: str) -> bool:
    return _CUT.search(label) is not None or (_OPENED.search(label) is not None and _CLOSED.match(rest) is not None)


def _joined(row: AnnexRow, rest: AnnexRow) -> AnnexRow:
    return row._replace(
        label=f"{row.label} {rest.label}".strip(),
        unit_of_measure=f"{row.unit_of_measure} {rest.unit_of_measure}".strip(),
        values=row.values if any(row.values) else rest.values,
        note=f"{row.note} {rest.note}".strip(),
    )


def with_parents(rows: list[AnnexRow]) -> tuple[AnnexRow, ...]:
    """Each row with the label it stands under.

    The depth of the code decides, not its digits: printed codes are wrong often enough that `1.1.1`
    stands under `1.2`. An uncoded row stands under the coded one before it.
    """
    return tuple(_placed(rows))


def _placed(rows: list[AnnexRow]) -> Iterator[AnnexRow]:
    above: list[tuple[int, str]] = []
    for row in rows:
        depth = depth_of(row.code) if row.code else None
        if depth is not None:
            while above and above[-1][0] >= depth:
                above.pop()
        yield row._replace(parent_label=above[-1][1]) if above else row
        if depth is not None:
            above.append((depth, row.label))


@lru_cache(maxsize=1 << 12)
def depth_of(code: str) -> int:
    """How deep a code stands: sections (`I`, `A`) stand above numbers, numbers above items (`a`)."""
    if is_section(code):
        return 0
    return code.count(".") + 1 if code[0].isdigit() else _ITEM_DEPTH


def is_section(code: str) -> bool:
    """Whether a code is that of a section, which stands above numbers: `I`, `A`."""
    return _SECTION.match(code) is not None
