"""One table for several annexes of a form, or units, or periods: where each starts, under a heading of its own."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from loaders.annex_headings import (
    HeadedPeriod,
    is_nothing_but_a_unit,
    names_a_unit,
    period_of_heading,
    said_of_figures,
    with_kinds,
)
from loaders.annexes import Annex
from loaders.column_words import is_plain
from loaders.columns import column_period
from loaders.document import Paragraph
from loaders.periods import names_other_span, years_in
from loaders.rows import AnnexRow, depth_of, is_section
from loaders.windows import windows_in
from warehouse.periods import Period, parse_period
from warehouse.text import fold, tidy, words

Sections = Sequence[Sequence[AnnexRow]]
_BULLETS = ("-", "–", "+", "•", "*")
_NUMBER = re.compile(r"\d+")
_FIRST_CODES = ("1", "1.1", "I", "A")
_PLANS = {"ke hoach", "kh", "du kien"}
_OTHER_TIMES = re.compile(
    r"\b(?:ke hoach|kh|du kien|cung ky|(?:ky|nam|quy|thang) truoc|(?<=thang )(?:cuoi|con lai)|so voi)\b"
)
_TIER = re.compile(
    r"^(?:(?:so lieu|ket qua|tong hop|thong ke|tai|cua|o|cac|khoi|ubnd|don vi) )*"
    r"(?:cap (?:xa|huyen|tinh|thanh pho)|toan (?:xa|huyen|tinh|quoc|thanh pho|thi xa|quan)|ca nuoc)(?: nam 20\d\d)?$"
)


def cuts_of(rows: Sequence[AnnexRow]) -> Iterator[Sections]:
    """The ways in which rows may be cut at such headings; a row right under one has no parent then.

    At `II. Cải cách thể chế`, or the same without a number, over a row `1`; or at `2. Cải cách thể chế` over `2.1`.
    """
    for heads in (_over_one, _over_its_first):
        starts = [
            number
            for number, (row, following) in enumerate(pairwise(rows))
            if heads(row, following) and not (row.unit_of_measure or any(row.values))
        ]
        if starts:
            yield _cut(rows, starts, heads)


def _over_one(row: AnnexRow, following: AnnexRow) -> bool:
    return following.code == "1" and (row.code is None or is_section(row.code))


def _over_its_first(row: AnnexRow, following: AnnexRow) -> bool:
    return row.code is not None and row.code.isdigit() and following.code == f"{row.code}.1"


def _cut(rows: Sequence[AnnexRow], starts: Sequence[int], heads: Callable[[AnnexRow, AnnexRow], bool]) -> Sections:
    dots = int(heads is _over_its_first)
    edges = [0, *(start for start in starts if start), len(rows)]
    return [_freed(rows[start:end], dots) for start, end in pairwise(edges)]


def _freed(part: Sequence[AnnexRow], dots: int) -> Sequence[AnnexRow]:
    heading = part[0].label
    return [
        row._replace(parent_label=None)
        if row.code and row.code.count(".") == dots and row.parent_label == heading
        else row
        for row in part
    ]


def named_parts(annex: Annex, period: Period) -> Iterator[Annex]:
    """The annex cut where a heading among its rows names a unit or a time, and where what that heads ends.

    `Xã Quảng Thái` over `1`, `2` in the table of a district: `annex_owners` holds each part against the report.
    """
    edges: dict[int, Paragraph | None] = {0: annex.heading}
    ends: Callable[[AnnexRow], bool] | None = None
    before: str | None = None
    coded = any(row.code for row in annex.rows)
    for number, (row, following) in enumerate(pairwise(annex.rows)):
        before = row.code or before
        if (
            _heads(row, following, coded)
            and not (row.code is None and _counts_on(before, following.code))
            and _names(row, period)
        ):
            edges[number], ends = Paragraph(row.label, row.place), _end_of(row, following)
        elif ends and ends(row):
            edges[number], ends = None, None
    for start, stop in pairwise([*edges, len(annex.rows)]):
        unread = {} if start else annex.unread
        yield replace(annex, rows=annex.rows[start:stop], unread=unread, heading=edges[start])


def period_of_section(label: str, period: Period) -> HeadedPeriod | None:
    """The period that a heading among rows names; a bare year is sure where it is all that it says, and another."""
    if code := _as_of_column(label, period):
        return HeadedPeriod(parse_period(code), True)
    named = period_of_heading(label)
    if named is None or named.sure or named.period.year == period.year or not is_plain(label):
        return named
    return replace(named, sure=True)


def is_of_another_time(label: str, period: Period) -> bool:
    """Whether a heading among rows says no more than that they are of a time that nobody can tell: `Kỳ trước`."""
    if period_of_heading(label) is None and names_other_span(label) and is_plain(_NUMBER.sub(" ", label)):
        return True  # `Tháng 6 năm 2024`
    return _as_of_column(label, period) == ""


def is_of_tier(label: str, period: Period) -> bool:
    """Whether a heading among rows says no more than of which tier or unit they are: `Cấp xã`, `Tỉnh Nghệ An`."""
    return _TIER.match(words(label)) is not None or is_nothing_but_a_unit(label, period.window_end)


def _as_of_column(label: str, period: Period) -> str | None:
    """What a heading of nothing but another time or a plan for it would name over a column; null for any other.

    A plan for the report's own year is none, for its rows may tell how it was carried out.
    """
    key = fold(tidy(label))
    times = _OTHER_TIMES.findall(key)
    if not times or not is_plain(_OTHER_TIMES.sub(" ", key)):
        return None
    if set(times) <= _PLANS and not years_in(key) - {period.year}:
        return None
    code = column_period(label, period)
    return None if code == period.code else code


def _heads(row: AnnexRow, following: AnnexRow, coded: bool) -> bool:
    """Whether a row can head those below it: one without figures, or with the sum of what is numbered under it."""
    bare = not row.unit_of_measure and not any(row.values)
    if row.code is None:
        starts_again = following.code in _FIRST_CODES
        return (
            bare and (starts_again or not row.label.startswith(_BULLETS)) and (following.code is not None or not coded)
        )
    deeper = following.code is None or depth_of(following.code) > depth_of(row.code)
    return deeper and following.code is not None if not bare else deeper or following.code == "1"


def _counts_on(before: str | None, code: str | None) -> bool:
    """Whether a number comes after another: what stands without one between `2` and `3` is one of the rows of `2`."""
    numbers = [[int(part) for part in one.split(".")] for one in (before, code) if one and one[0].isdigit()]
    return len(numbers) == 2 and numbers[0] < numbers[1]


def _names(row: AnnexRow, period: Period) -> bool:
    if row.unit_of_measure or any(row.values):
        return is_nothing_but_a_unit(row.label, period.window_end)
    return _label_names(row.label, row.code is None or is_section(row.code), period)


@lru_cache(maxsize=1 << 12)
def _label_names(label: str, of_section: bool, period: Period) -> bool:
    """Kept, for the headings of a form are the same in the reports of all units."""
    written = (label, *with_kinds(label))
    if any(names_a_unit(text, period.window_end) for text in written) or is_of_another_time(label, period):
        return True
    if of_section and is_of_tier(label, period):
        return True
    named = period_of_section(label, period)
    return named.sure if named else any(windows_in(said_of_figures(label), period))


def _end_of(row: AnnexRow, following: AnnexRow) -> Callable[[AnnexRow], bool]:
    """Which rows stand no longer under a heading: those numbered as it is or above, or the next section."""
    if row.code is None:
        inner = following.code is not None and is_section(following.code)
        return lambda one: not inner and one.code is not None and is_section(one.code)
    if following.code is not None and depth_of(following.code) <= depth_of(row.code):
        return lambda _: False  # numbered from 1 under each heading: up to the next that names something
    depth = depth_of(row.code)
    return lambda one: one.code is not None and depth_of(one.code) <= depth
