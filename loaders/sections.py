"""One table for several annexes of a form, or units, or periods: where each starts, under a heading of its own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.annex_headings import HeadedPeriod, is_nothing_but_a_unit, names_a_unit, period_of_heading, said_of_figures
from loaders.annexes import Annex
from loaders.column_words import is_plain
from loaders.document import Paragraph
from loaders.rows import AnnexRow, depth_of, is_section
from loaders.windows import windows_in
from warehouse.periods import Period

Sections = Sequence[Sequence[AnnexRow]]
_BULLETS = ("-", "–", "+", "•", "*")


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
    coded = any(row.code for row in annex.rows)
    for number, (row, following) in enumerate(pairwise(annex.rows)):
        if _heads(row, following, coded) and _names(row, period):
            edges[number], ends = Paragraph(row.label, row.place), _end_of(row, following)
        elif ends and ends(row):
            edges[number], ends = None, None
    for start, stop in pairwise([*edges, len(annex.rows)]):
        unread = {} if start else annex.unread
        yield replace(annex, rows=annex.rows[start:stop], unread=unread, heading=edges[start])


def period_of_section(label: str, period: Period) -> HeadedPeriod | None:
    """The period that a heading among rows names; a bare year is sure where it is all that it says, and another."""
    named = period_of_heading(label)
    if named is None or named.sure or named.period.year == period.year or not is_plain(label):
        return named
    return replace(named, sure=True)


def _heads(row: AnnexRow, following: AnnexRow, coded: bool) -> bool:
    """Whether a row can head those below it: one without figures, or with the sum of what is numbered under it."""
    bare = not row.unit_of_measure and not any(row.values)
    if row.code is None:
        return bare and not row.label.startswith(_BULLETS) and (following.code is not None or not coded)
    deeper = following.code is None or depth_of(following.code) > depth_of(row.code)
    return deeper and following.code is not None if not bare else deeper or following.code == "1"


def _names(row: AnnexRow, period: Period) -> bool:
    if row.unit_of_measure or any(row.values):
        return is_nothing_but_a_unit(row.label, period.window_end)
    if names_a_unit(row.label, period.window_end):
        return True
    named = period_of_section(row.label, period)
    return named.sure if named else any(windows_in(said_of_figures(row.label), period))


def _end_of(row: AnnexRow, following: AnnexRow) -> Callable[[AnnexRow], bool]:
    """Which rows stand no longer under a heading: those numbered as it is or above, or the next section."""
    if row.code is None:
        inner = following.code is not None and is_section(following.code)
        return lambda one: not inner and one.code is not None and is_section(one.code)
    if following.code is not None and depth_of(following.code) <= depth_of(row.code):
        return lambda _: False  # numbered from 1 under each heading: up to the next that names something
    depth = depth_of(row.code)
    return lambda one: one.code is not None and depth_of(one.code) <= depth
