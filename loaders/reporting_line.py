"""The line of a form that says who reports, `Đơn vị báo cáo: UBND huyện …`, under the letterhead of who issued it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise, takewhile

from loaders.abbreviations import spoken
from loaders.document import Document, Paragraph
from loaders.headers import read_header
from loaders.mentions import Mention, mentions_in
from loaders.senders import HeadLine
from loaders.units import Unit
from warehouse.model import LEVELS, Level
from warehouse.text import tidy

_LINE = re.compile(r"^\W*(?:tên )?(?:đơn vị|cơ quan)(?: gửi| lập)? báo cáo\s*:(?P<who>.*)$", re.IGNORECASE | re.DOTALL)
_RECIPIENT = re.compile(r"(?:đơn vị|cơ quan) nhận", re.IGNORECASE)


def reporting_line(document: Document, day: date) -> HeadLine | None:
    """The line with the unit it names, the lowest of several; null where there is none, or they name several.

    Over the second table alone it says whose that annex is, not who sends.
    """
    first = takewhile(lambda block: isinstance(block, Paragraph) or read_header(block) is None, document.blocks)
    found = list(_lines(spoken(document), day))
    if len({one.mention.units for one in found}) != 1:
        return None
    return next(_lines(spoken(replace(document, blocks=tuple(first))), day), None)


def level_of(head: list[HeadLine]) -> Level | None:
    """The lowest level named in a letterhead; null where none is."""
    levels = {level for one in head if (level := _level(one.mention.units))}
    return max(levels, key=LEVELS.index, default=None)


def _lines(texts: list[str], day: date) -> Iterator[HeadLine]:
    for text, following in pairwise([*texts, ""]):
        match = _LINE.match(text)
        if match is None:
            continue
        who = _RECIPIENT.split(match["who"])[0].strip(" .…") or following
        named = [one for one in mentions_in([who], day) if one.units]
        if named:
            yield HeadLine(tidy(f"{text[: match.start('who')]} {who}"), max(named, key=_depth))


def _depth(mention: Mention) -> int:
    level = _level(mention.units)
    return LEVELS.index(level) if level else -1


def _level(units: tuple[Unit, ...]) -> Level | None:
    return max((unit.level for unit in units), key=LEVELS.index, default=None)
