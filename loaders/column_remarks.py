"""What is said of an annex's columns: why none gives the figures of the report's period, and which nobody reads."""

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from loaders.annexes import Annex
from loaders.column_words import states_other_days
from loaders.columns import choose_columns, counted_otherwise
from loaders.headed import Headed, part_in
from loaders.headers import NO_HEADING
from loaders.units import Unit
from warehouse.model import Remark
from warehouse.periods import Period
from warehouse.text import tidy

NOT_FOUND, ALIKE, PARTS = "column_not_found", "columns_alike", "columns_of_parts"
OF_ANOTHER, UNREAD, DISAGREE = "column_of_another", "columns_unread", "columns_disagree"


def column_remarks(
    annexes: Sequence[Annex], period: Period, unit: Unit, headed: Headed = MappingProxyType({})
) -> Iterator[Remark]:
    """For each annex without a column of the report's period why that is so, and the columns that nobody reads.

    Of one that is read as a part of the period `headed_remarks` tells.
    """
    for annex in annexes:
        yield from _unread(annex)
        if not annex.rows or part_in(annex, period, unit, headed):
            continue
        columns = choose_columns(annex, period, unit)
        place = f"{annex.name}, {annex.rows[0].place}"
        if columns.main is not None:
            if states_other_days(label := annex.columns[columns.main].label, period, unit.valid_from):
                yield Remark("period_differs", place, {"printed": label, "given": period.code})
            if others := counted_otherwise(annex, columns.main, period):
                told = {"used": f"“{label}”", "printed": _quoted(annex.columns[number].label for number in others)}
                yield Remark(DISAGREE, place, {"annex": annex.name, "given": period.code, **told})
            continue
        if columns.alike:
            headings = dict.fromkeys(tidy(annex.columns[number].label) for number in columns.alike)
            times = len(columns.alike)
            yield Remark(ALIKE, place, {"annex": annex.name, "printed": _quoted(headings), "times": times})
            continue
        printed = _quoted(column.label for column in annex.columns)
        rule = PARTS if columns.of_parts else OF_ANOTHER if columns.of_another else NOT_FOUND
        given = {"given": period.code} if rule == NOT_FOUND else {}
        yield Remark(rule, place, {"annex": annex.name, "printed": printed, **given})


def _unread(annex: Annex) -> Iterator[Remark]:
    if annex.rows and annex.unread:
        told: dict[str, str | float] = {"printed": _quoted(annex.unread), "times": sum(annex.unread.values())}
        if NO_HEADING in annex.unread:
            named = [_quoted([heading]) for heading in annex.unread if heading != NO_HEADING]
            told["printed"] = ", ".join((*named, "(không có tiêu đề)"))
            told["printed_en"] = ", ".join((*named, "(without a heading)"))
        yield Remark(UNREAD, f"{annex.name}, {annex.rows[0].place}", {"annex": annex.name, **told})


def _quoted(headings: Iterable[str]) -> str:
    return ", ".join(f"“{heading}”" for heading in headings)
