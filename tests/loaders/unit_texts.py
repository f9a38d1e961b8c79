"""Lines of a document, and the unit that is recognised in them or the refusal: for the tests of who sends."""

import pytest

from loaders.document import Document, Paragraph
from loaders.problems import UnknownUnit
from loaders.reporter import UnitMatch, recognise_unit
from warehouse.model import Level
from warehouse.periods import parse_period


def document(*lines: str) -> Document:
    return Document("report.txt", tuple(Paragraph(line, f"line:{n}") for n, line in enumerate(lines, start=1)))


def recognised(period: str, *lines: str, levels: tuple[Level, ...] = ()) -> UnitMatch:
    return recognise_unit(document(*lines), parse_period(period), levels)


def refused(period: str, *lines: str, levels: tuple[Level, ...] = ()) -> UnknownUnit:
    with pytest.raises(UnknownUnit) as refusal:
        recognised(period, *lines, levels=levels)
    return refusal.value
