"""Whose an annex says it is, and of when: the lines over each table, held against the report they stand in.

An annex that names another unit or period and asks for the same rows is another report's: the file is refused. One that
asks for other rows may be a slip of the heading, which is remarked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.annexes import annex_title
from loaders.document import Document, Paragraph, Table
from loaders.headers import read_header
from loaders.mentions import mentions_in
from loaders.periods import period_in
from loaders.problems import SeveralReports
from loaders.units import Unit
from loaders.window_remarks import ANNEX_TITLE
from warehouse.model import LEVELS, Remark
from warehouse.periods import Period
from warehouse.text import fold, tidy, words

_STARTS = re.compile(r"^\W*(?:so lieu|thong ke|bieu|phu luc|mau so|don vi|(?:ban hanh )?kem theo bao cao)\b")
_START = 60  # characters: enough for the words that begin a heading
_MOST_LINES, _MOST_WORDS = 8, 45
_SAME_SHARE, _LEAST_SHARED = 0.5, 2
_NUMBER = re.compile(r"[\d.,% ]*")


@dataclass(frozen=True)
class _Headed:
    """A table with a header of its own: the lines over it, and the longest text of each row, folded."""

    lines: tuple[Paragraph, ...]
    labels: frozenset[str]
    place: str


def check_owners(document: Document, unit: Unit | None, period: Period | None) -> tuple[Remark, ...]:
    """Remarks on annexes that name another unit or period; raises `SeveralReports` where their rows would be mixed.

    Null is a unit or period that the person who loads has given: what the document says against it is said elsewhere.
    """
    headed = list(_headed(document))
    remarks: list[Remark] = []
    for annex in headed:
        if found := _strange(annex, unit, period):
            if any(_alike(annex, other) and not _strange(other, unit, period) for other in headed):
                raise _refusal(document, annex, found)
            remarks.append(found)
    return tuple(remark for remark in remarks if remark.rule != "period_differs" or not _is_said(remark, document))


def _strange(annex: _Headed, unit: Unit | None, period: Period | None) -> Remark | None:
    """The remark that an annex is another unit's, or of another period; null where its heading says neither."""
    for line in annex.lines if unit else ():
        if unit and (other := _other_unit(line.text, unit, period)):
            names = {"printed": other.name, "unit_name": unit.name}
            return Remark("annex_of_another_unit", line.place, names)
    named = period_in(" ".join(tidy(line.text) for line in annex.lines))
    if named is None or period is None or named.window_end == period.window_end:
        return None
    place = next((line.place for line in annex.lines if period_in(line.text)), annex.lines[0].place)
    return Remark("period_differs", place, {"printed": named.code, "given": period.code})


def _other_unit(text: str, unit: Unit, period: Period | None) -> Unit | None:
    """A unit of the reporter's level or below it that a heading names instead of the reporter."""
    if len(text.split()) > _MOST_WORDS:
        return None
    for mention in mentions_in([tidy(text)], period.window_end if period else date.today()):
        named = [one for one in mention.units or mention.gone if LEVELS.index(one.level) >= LEVELS.index(unit.level)]
        if named and not any(one.short_name == unit.short_name for one in mention.units or mention.gone):
            return named[0]
    return None


def _alike(one: _Headed, other: _Headed) -> bool:
    """Whether two tables ask for the same rows, be one of them ever so short."""
    shared = len(one.labels & other.labels)
    return one is not other and shared >= max(_LEAST_SHARED, _SAME_SHARE * min(len(one.labels), len(other.labels)))


def _headed(document: Document) -> Iterator[_Headed]:
    lines: list[Paragraph] = []
    seen = False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            starts = annex_title(block.text) is not None or _STARTS.match(fold(tidy(block.text[:_START])))
            lines = [block] if starts and not _goes_on(lines) else [*lines, block]
        elif (header := read_header(block)) is not None:
            over = lines[-_MOST_LINES:] if seen or _goes_on(lines) else []
            yield _Headed(tuple(over), _labels(block, header.height), block.rows[0].place)
            lines, seen = [], True


def _goes_on(lines: list[Paragraph]) -> bool:
    """Whether a heading has begun that is not yet too long for one."""
    begun = bool(lines) and (
        annex_title(lines[0].text) is not None or _STARTS.match(fold(tidy(lines[0].text[:_START]))) is not None
    )
    return begun and len(lines) < _MOST_LINES


def _labels(table: Table, height: int) -> frozenset[str]:
    labels = (max(row.cells, key=len, default="") for row in table.rows[height:])
    return frozenset(words(label) for label in labels if not _NUMBER.fullmatch(label))


def _is_said(remark: Remark, document: Document) -> bool:
    """Whether the line alone names the period: `window_remarks` says it there."""
    line = next(one for one in document.paragraphs if one.place == remark.place)
    return ANNEX_TITLE.match(fold(tidy(line.text[:_START]))) is not None and period_in(line.text) is not None


def _refusal(document: Document, annex: _Headed, found: Remark) -> SeveralReports:
    printed = found.compared["printed"]
    if found.rule == "annex_of_another_unit":
        said = f"phụ lục ở {annex.place} ghi là của {printed}, còn báo cáo là của {found.compared['unit_name']}"
    else:
        said = f"phụ lục ở {annex.place} ghi kỳ {printed}, còn báo cáo là của kỳ {found.compared['given']}"
    return SeveralReports(
        place=document.name,
        found=f"{said}; hai phụ lục có cùng các dòng",
        expected="mỗi tệp một báo cáo",
        action="tách thành từng tệp, mỗi tệp một báo cáo, rồi nạp lại",
    )
