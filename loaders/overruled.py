"""What the document says against the person who loads it: another unit, level or period than the options give."""

from loaders.document import Document
from loaders.periods import recognise_period
from loaders.problems import LoadProblem
from loaders.reporter import LEVEL_NAMES, recognise_unit
from loaders.units import Unit, described
from warehouse.model import Level, Remark
from warehouse.periods import Period

_PLACE = "report"


def overruled(
    document: Document, unit: Unit | None, period: Period | None, in_force: Period, levels: tuple[Level, ...]
) -> tuple[Remark, ...]:
    """A remark for the `unit` and one for the `period` given where the document says otherwise.

    `in_force` is the period the report counts for, `levels` those its form is made for.
    """
    return (
        *(_unit_overruled(document, unit, in_force, levels) if unit else ()),
        *(_level_overruled(unit, in_force, levels) if unit else ()),
        *(_period_overruled(document, period) if period else ()),
    )


def _unit_overruled(document: Document, given: Unit, period: Period, levels: tuple[Level, ...]) -> tuple[Remark, ...]:
    """A remark where the document names another unit than the one `given`; none where it names none for sure."""
    try:
        named = recognise_unit(document, period, levels or (given.level,)).unit
    except LoadProblem:
        return ()
    if named.unit_code == given.unit_code:
        return ()
    day = period.window_end
    compared = {"printed": described(named, day), "unit_name": described(given, day), "unit_code": named.unit_code}
    return (Remark("unit_overruled", _PLACE, compared),)


def _level_overruled(given: Unit, period: Period, levels: tuple[Level, ...]) -> tuple[Remark, ...]:
    """A remark where the form is made for units of other levels than the one `given`."""
    if not levels or given.level in levels:
        return ()
    named = {"levels_vi": " hoặc ".join(LEVEL_NAMES[level] for level in levels), "levels_en": " or ".join(levels)}
    return (Remark("form_of_another_level", _PLACE, {"unit_name": described(given, period.window_end), **named}),)


def _period_overruled(document: Document, given: Period) -> tuple[Remark, ...]:
    """A remark where the document's title names another period than the one `given`."""
    try:
        named = recognise_period(document)
    except LoadProblem:
        return ()
    if named.code == given.code:
        return ()
    return (Remark("period_overruled", _PLACE, {"printed": named.code, "given": given.code}),)
