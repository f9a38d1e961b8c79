"""Annexes headed by a part of the report's period, `quý III năm 2024` in the report of a year.

The heading may be left over from an earlier report, but nothing under it tells, and a quarter taken for a year is wrong
where a missing one would be said. So the figures are kept as those of the heading's period, unless the column
itself names the report's own (`Cả năm`): then only the heading is left over. One that states days is remarked and no
more, for reports are cut early and late, and forms print the days of their guidance.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from loaders.annexes import Annex
from loaders.columns import OWN_PERIOD, Columns, choose_columns, column_period
from loaders.periods import without_dates
from loaders.units import Unit
from warehouse.model import Remark
from warehouse.periods import Period

OF_PART = "annex_of_part"


class Heading(NamedTuple):
    """The period that heads an annex, and the places of the lines that do."""

    period: Period
    lines: tuple[str, ...]


Headed = Mapping[str, Heading]  # by the places of the rows under it


def columns_under(annex: Annex, period: Period, unit: Unit, headed: Headed) -> Columns:
    """The columns of an annex as its heading has them, or the report's period where a column names that outright."""
    return choose_columns(annex, part_in(annex, period, unit, headed) or period, unit)


def part_in(annex: Annex, period: Period, unit: Unit, headed: Headed) -> Period | None:
    """The period of which an annex is by its heading, mostly a part; null where a column names the report's own."""
    heading = _heading_of(annex, headed)
    if heading is None:
        return None
    own = choose_columns(annex, period, unit)
    return None if own.main is not None and _names(annex.columns[own.main].label, period) else heading


def is_part(one: Period, whole: Period) -> bool:
    """Whether a period is a part of another one."""
    return one != whole and whole.window_start <= one.window_start and one.window_end <= whole.window_end


def lines_of_parts(annexes: Sequence[Annex], period: Period, unit: Unit, headed: Headed) -> frozenset[str]:
    """The places of the headings that are taken at their word, as those of parts of the period."""
    parts = [annex for annex in annexes if (part := part_in(annex, period, unit, headed)) and is_part(part, period)]
    return frozenset(line for annex in parts for line in headed[annex.rows[0].place].lines)


def headed_remarks(annex: Annex, period: Period, unit: Unit, headed: Headed) -> tuple[Remark, ...]:
    """What is said of an annex whose figures are only of a part of the period; `Luỹ kế` beside them may be of all."""
    heading = part_in(annex, period, unit, headed)
    heading = heading if heading and is_part(heading, period) else None
    periods = choose_columns(annex, heading, unit).periods if heading else ()
    whole = [number for number, code in enumerate(periods) if code == period.code]
    if heading is None or any(row.values[number] for number in whole for row in annex.rows):
        return ()
    told = {"annex": annex.name, "printed": heading.code, "given": period.code}
    return (Remark(OF_PART, f"{annex.name}, {annex.rows[0].place}", told),)


def _heading_of(annex: Annex, headed: Headed) -> Period | None:
    heading = headed.get(annex.rows[0].place) if annex.rows else None
    return heading.period if heading else None


def _names(label: str, period: Period) -> bool:
    """Whether a heading names the period itself, and not only as the one reported."""
    return column_period(label, period) == period.code and OWN_PERIOD.search(without_dates(label)) is None
