"""One table for several annexes of a form: where each of them starts, under a heading of its own."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from loaders.rows import AnnexRow, is_section

Sections = Sequence[Sequence[AnnexRow]]


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
