"""Rows of a form that a document prints more than once: where their figures differ, nobody can tell which is right.

A page that repeats the last row of the one before says the same again; that is no contradiction. An annex of another
name that asks for the same rows may be of another time or unit (`annex_owners.py`) and is not set against the first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.annexes import Annex
from loaders.cells import Reading, read_cell
from loaders.columns import Columns
from loaders.match import FormMatch
from loaders.rows import AnnexRow
from warehouse.model import FormRow, Remark

RULE = "figure_repeated"


@dataclass(frozen=True)
class Printed:
    """A printed row, its annex by number, and its figure in the column of the report's own period."""

    annex: int
    name: str
    period: str
    row: AnnexRow
    raw: str

    @property
    def reading(self) -> Reading:
        """Its figure as it is read alone."""
        return read_cell(self.raw, self.row.unit_of_measure)


def contradicting(
    annexes: Sequence[Annex], match: FormMatch | None, columns: Sequence[Columns], of_parts: Collection[Annex]
) -> Mapping[tuple[int, int], Sequence[Printed]]:
    """The rows that print other figures for one row of the form, each by its annex and its number there."""
    found: dict[tuple[int, int], Sequence[Printed]] = {}
    for group in _groups(annexes, match, columns, of_parts) if match else ():
        if _differ(group):
            found |= {(one.annex, one.row.row_no): group for one in group}
    return found


def remark_of(group: Sequence[Printed]) -> Remark:
    """What is said of such rows, at all their places."""
    places = ", ".join((group[0].name, *(one.row.place for one in group)))
    printed = "; ".join(f"{one.raw} ({one.row.place})" for one in group)
    told: dict[str, str | float] = {"subject": group[0].row.label, "printed": printed, "times": len(group)}
    return Remark(RULE, places, told)


def _groups(
    annexes: Sequence[Annex], match: FormMatch, columns: Sequence[Columns], of_parts: Collection[Annex]
) -> Iterator[Sequence[Printed]]:
    """The printed rows that are one row of the form with an indicator, where there are several."""
    taken: dict[tuple[str, str, int], list[Printed]] = defaultdict(list)
    more: list[tuple[Printed, Sequence[FormRow]]] = []
    for number, annex in enumerate(annexes):
        main = columns[number].main
        if main is None or annex in of_parts:
            continue
        rows = zip(annex.rows, match.rows[number], match.again[number], strict=True)
        for row, form_row, again in rows:
            printed = Printed(number, annex.name, columns[number].periods[main], row, row.values[main])
            if form_row and form_row.indicator:
                taken[annex.name, printed.period, id(form_row)].append(printed)
            elif again:
                more.append((printed, again))
    for printed, again in more:
        for form_row in again:
            found = taken.get((printed.name, printed.period, id(form_row)), [])
            if any(_may_be(printed, one, form_row) for one in found):
                found.append(printed)
    yield from (group for group in taken.values() if len(group) > 1)


def _may_be(printed: Printed, first: Printed, form_row: FormRow) -> bool:
    """Whether a row may be the form's as well as the first that was found to be it.

    One under another code is not, where the first has the form's own: it bears the wrong label.
    """
    return printed.row.code == first.row.code or first.row.code != form_row.code


def _differ(group: Sequence[Printed]) -> bool:
    """Whether rows print different figures; an empty one says nothing else than the others."""
    filled = [one for one in group if one.raw]
    return len({one.raw if one.reading.value is None else one.reading for one in filled}) > 1
