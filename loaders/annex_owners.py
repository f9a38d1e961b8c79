"""Whose an annex says it is, and of when: the lines over each table, held against the report they stand in.

An annex that names another unit or period and asks for the same rows is another report's: the file is refused. One that
asks for other rows may be a slip of the heading, which is remarked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.annex_headings import HeadedPeriod, owner_in_heading, period_of_heading, said_of_figures, with_kinds
from loaders.annexes import Annex, annex_title
from loaders.column_words import is_far_from, names_another_owner
from loaders.document import Document, Paragraph, Table
from loaders.headed import Headed, Heading, is_part
from loaders.headers import read_header
from loaders.periods import names_other_span
from loaders.problems import SeveralReports
from loaders.sections import is_of_another_time, is_of_tier, period_of_section
from loaders.units import Unit, lies_in
from loaders.window_remarks import ANNEX_TITLE
from loaders.windows import windows_in
from warehouse.model import Remark
from warehouse.periods import Period, Span
from warehouse.text import fold, tidy, words

_STARTS = re.compile(r"^\W*(?:so lieu|thong ke|bieu|phu luc|mau so|don vi|(?:ban hanh )?kem theo bao cao)\b")
_START = 60  # characters: enough for the words that begin a heading
_MOST_LINES = 8
_SAME_SHARE, _LEAST_SHARED = 0.5, 2
_AS_WELL: dict[Span, re.Pattern[str]] = {
    "6M": re.compile(r"\b0?6 ?(?:thang|t)\b"),
    "9M": re.compile(r"\b0?9 ?(?:thang|t)\b"),
    "12M": re.compile(r"\bca nam\b|\b12 ?thang\b|(?:\bva|\bhoac|[,/;]) ?(?:bao cao |uoc )?nam\b"),
}
_NUMBER = re.compile(r"[\d.,% ]*")


@dataclass(frozen=True)
class _Headed:
    """A table with the lines over it, or a part of one with its heading `inside`: its rows' places, and their labels.

    The places of a table are those of its parts too, its labels are its own.
    """

    lines: tuple[Paragraph, ...]
    places: tuple[str, ...]
    labels: frozenset[str]
    inside: bool = False

    def named(self, period: Period) -> HeadedPeriod | None:
        """The period that the heading names; of a part of a table only one that is sure."""
        heading = " ".join(tidy(line.text) for line in self.lines)
        if not self.inside:
            return period_of_heading(heading)
        named = period_of_section(heading, period)
        return named if named and named.sure else None


@dataclass(frozen=True)
class Held:
    """The report that annexes are held against; of a unit or period that was given the document is said elsewhere."""

    unit: Unit
    period: Period
    unit_given: bool = False
    period_given: bool = False


@dataclass(frozen=True)
class _Strange:
    """What an annex names that is not the report's; `certain` where it can be nothing but another report's."""

    remark: Remark
    certain: bool = False


@dataclass(frozen=True)
class Owners:
    """What the headings of annexes say against the report.

    The annexes that count for nobody, the headings of those of another time by the places of their rows (`headed.py`),
    and the remarks.
    """

    aside: tuple[Annex, ...]
    headed: Headed
    remarks: tuple[Remark, ...]


def owners_of(document: Document, annexes: Sequence[Annex], held: Held) -> Owners:
    """Hold the annexes against a report; raises `SeveralReports` where rows of another would be mixed with its own."""
    tables = list(_headed(document, annexes))
    aside = {place for table in tables if _aside(table, held) for place in table.places}
    of_nobody = tuple(annex for annex in annexes if annex.rows and annex.rows[0].place in aside)
    return Owners(of_nobody, _periods_of(tables, held), tuple(_remarks(document, tables, held)))


def _remarks(document: Document, tables: Sequence[_Headed], held: Held) -> Iterator[Remark]:
    """What is said of annexes that name another unit or period."""
    found = [(table, _strange(table, held)) for table in tables]
    own = [table for table, strange in found if strange is None]
    for table, strange in found:
        if strange is None:
            continue
        if strange.certain and any(_alike(table, other) for other in own):
            raise _refusal(document, table, strange.remark)
        if strange.remark.rule != "period_differs" or not _is_said(strange.remark, document):
            yield strange.remark


def _periods_of(tables: Iterable[_Headed], held: Held) -> Headed:
    """The headings that name a part of the report's period, by the places of the rows under them.

    Inside a table that holds others too it may be any other time: no heading of a table is left over there.
    """
    found: dict[str, Heading] = {}
    for headed in tables:
        named = headed.named(held.period)
        if named is None or not named.sure or (held.period_given and not headed.inside):
            continue
        heading = " ".join(tidy(line.text) for line in headed.lines)
        other = is_part(named.period, held.period) or (headed.inside and named.period != held.period)
        if other and not _names_as_well(heading, held.period):
            lines = tuple(line.place for line in headed.lines)
            found |= dict.fromkeys(headed.places, Heading(named.period, lines))
    return found


def _names_as_well(heading: str, period: Period) -> bool:
    """Whether a heading names the report's period too: `6 tháng và cả năm`, a form's choices `quý, 6 tháng, năm`."""
    also = _AS_WELL.get(period.span)
    return also is not None and also.search(fold(said_of_figures(heading))) is not None


def _aside(annex: _Headed, held: Held) -> _Strange | None:
    """That an annex counts for nobody: it is a unit's inside the reporter or, inside a table, any other's.

    There no heading is left over from another report. It may be a tier's too (`Cấp xã`), or of a time that nobody can
    tell (`Kỳ trước`).
    """
    owner = _owner(annex, held)
    if owner and (annex.inside or lies_in(owner[0], held.unit)):
        return _of_unit(owner[0].name, owner[1], held, not held.unit_given and not lies_in(owner[0], held.unit))
    for line in annex.lines if annex.inside else ():
        if is_of_tier(line.text, held.period) and names_another_owner(line.text, held.unit.level):
            return _of_unit(line.text, line.place, held)
        if is_of_another_time(line.text, held.period):
            return _of_time(line, held.period)
    return None


def _of_unit(name: str, place: str, held: Held, certain: bool = False) -> _Strange:
    return _Strange(Remark("annex_of_another_unit", place, {"printed": name, "unit_name": held.unit.name}), certain)


def _of_time(line: Paragraph, period: Period) -> _Strange:
    return _Strange(Remark("period_differs", line.place, {"printed": f"“{tidy(line.text)}”", "given": period.code}))


def _strange(annex: _Headed, held: Held) -> _Strange | None:
    """That an annex is another unit's, or of another period; null where its heading says neither."""
    if aside := _aside(annex, held):
        return aside
    if not held.unit_given and (owner := _owner(annex, held)):
        return _of_unit(owner[0].name, owner[1], held, certain=True)
    if held.period_given and not annex.inside:
        return None
    period, named = held.period, annex.named(held.period)
    if named is None or named.period == period:
        return _of_other_days(annex, period, None if held.unit_given else held.unit)
    ends_alike = named.period.window_end == period.window_end
    if ends_alike and (named.period.span == "12M" or not named.sure):
        return None
    place = next((line.place for line in annex.lines if period_of_heading(line.text)), annex.lines[0].place)
    remark = Remark("period_differs", place, {"printed": named.period.code, "given": period.code})
    return _Strange(remark, not annex.inside and not ends_alike and (named.sure or period.span == "12M"))


def _of_other_days(annex: _Headed, period: Period, unit: Unit | None) -> _Strange | None:
    """That an annex counts a month or so, or from one day to another that are not the period's.

    Nor those since the unit was made.
    """
    for line in annex.lines:
        said = said_of_figures(line.text)
        if period_of_heading(line.text) is None and names_other_span(said):
            return _of_time(line, period)
        for window in windows_in(said, period):
            if is_far_from(period, window, unit.valid_from if unit else None):
                remark = Remark("period_differs", line.place, {"printed": window.printed, "given": period.code})
                return _Strange(remark)
    return None


def _owner(annex: _Headed, held: Held) -> tuple[Unit, str] | None:
    """The unit that a heading names instead of the reporter, and the place of the line that does."""
    day = held.period.window_end
    owners = ((owner_in_heading(line.text, held.unit, day), line.place) for line in annex.lines)
    named = next(((owner, place) for owner, place in owners if owner is not None), None)
    if named or not annex.inside:
        return named
    line = annex.lines[0]
    communes = (owner_in_heading(text, held.unit, day) for text in with_kinds(line.text))
    return next(((one, line.place) for one in communes if one and lies_in(one, held.unit)), None)


def _alike(one: _Headed, other: _Headed) -> bool:
    """Whether two tables ask for the same rows, be one of them ever so short."""
    if one is other:
        return False
    ours, theirs = one.labels, other.labels
    return len(ours & theirs) >= max(_LEAST_SHARED, _SAME_SHARE * min(len(ours), len(theirs)))


def _headed(document: Document, annexes: Sequence[Annex]) -> Iterator[_Headed]:
    """The tables with the lines over them, each part of one that has a heading of its own behind all of them."""
    parts = [annex for annex in annexes if annex.heading and annex.rows]
    inside = {row.place for annex in parts for row in annex.rows}
    for lines, table, height in _tables(document):
        labels = (max(row.cells, key=len, default="") for row in table.rows[height:] if row.place not in inside)
        yield _Headed(lines, tuple(row.place for row in table.rows), _folded(labels))
    for annex in parts:
        own = (row.label for row in annex.rows if annex.heading and row.place != annex.heading.place)
        lines = (annex.heading,) if annex.heading else ()
        yield _Headed(lines, tuple(row.place for row in annex.rows), _folded(own), inside=True)


def _folded(labels: Iterable[str]) -> frozenset[str]:
    return frozenset(words(label) for label in labels if not _NUMBER.fullmatch(label))


def _tables(document: Document) -> Iterator[tuple[tuple[Paragraph, ...], Table, int]]:
    """The tables with a header, the lines that head them, and how high the header is."""
    lines: list[Paragraph] = []
    seen = False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            said = any(line.text.rstrip().endswith((".", ";")) for line in lines)  # sentences, and no heading
            lines = [block] if _begins(block) and (said or not _goes_on(lines)) else [*lines, block]
        elif (header := read_header(block)) is not None:
            over = lines[-_MOST_LINES:] if seen or _goes_on(lines) else []
            yield tuple(over), block, header.height
            lines, seen = [], True


def _goes_on(lines: list[Paragraph]) -> bool:
    """Whether a heading has begun that is not yet too long for one."""
    return bool(lines) and _begins(lines[0]) and len(lines) < _MOST_LINES


def _begins(line: Paragraph) -> bool:
    """Whether a heading begins with a line."""
    return annex_title(line.text) is not None or _STARTS.match(fold(tidy(line.text[:_START]))) is not None


def _is_said(remark: Remark, document: Document) -> bool:
    """Whether the line alone names the period: `window_remarks` says it there."""
    line = next((one for one in document.paragraphs if one.place == remark.place), None)
    if line is None:
        return False  # a heading inside a table
    return ANNEX_TITLE.match(fold(tidy(line.text[:_START]))) is not None and period_of_heading(line.text) is not None


def _refusal(document: Document, annex: _Headed, found: Remark) -> SeveralReports:
    printed = found.compared["printed"]
    if found.rule == "annex_of_another_unit":
        said = f"phụ lục ở {annex.places[0]} ghi là của {printed}, còn báo cáo là của {found.compared['unit_name']}"
    else:
        said = f"phụ lục ở {annex.places[0]} ghi kỳ {printed}, còn báo cáo là của kỳ {found.compared['given']}"
    return SeveralReports(
        place=document.name,
        found=f"{said}; hai phụ lục có cùng các dòng",
        expected="mỗi tệp một báo cáo",
        action="tách thành từng tệp, mỗi tệp một báo cáo, rồi nạp lại",
    )
