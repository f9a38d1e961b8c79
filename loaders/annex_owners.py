"""Whose an annex says it is, and of when: the lines over each table, held against the report they stand in.

An annex that names another unit or period and asks for the same rows is another report's: the file is refused. One that
asks for other rows may be a slip of the heading, which is remarked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from loaders.annex_headings import owner_in_heading, period_of_heading, said_of_figures
from loaders.annexes import Annex, annex_title
from loaders.column_words import is_far_from
from loaders.document import Document, Paragraph, Table
from loaders.headers import read_header
from loaders.problems import SeveralReports
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
    """A table whose header is `height` rows high, with the lines over it."""

    lines: tuple[Paragraph, ...]
    table: Table
    height: int

    @property
    def places(self) -> tuple[str, ...]:
        """The places of its rows."""
        return tuple(row.place for row in self.table.rows)

    @property
    def labels(self) -> frozenset[str]:
        """The longest text of each row, folded."""
        labels = (max(row.cells, key=len, default="") for row in self.table.rows[self.height :])
        return frozenset(words(label) for label in labels if not _NUMBER.fullmatch(label))


@dataclass(frozen=True)
class _Strange:
    """What an annex names that is not the report's; `certain` where it can be nothing but another report's."""

    remark: Remark
    certain: bool


def check_owners(document: Document, unit: Unit | None, period: Period | None) -> tuple[Remark, ...]:
    """Remarks on annexes that name another unit or period; raises `SeveralReports` where their rows would be mixed.

    Null is a unit or period that the person who loads has given: what the document says against it is said elsewhere.
    """
    headed = list(_headed(document))
    remarks: list[Remark] = []
    for annex in headed:
        if found := _strange(annex, unit, period):
            if found.certain and any(_alike(annex, other) and not _strange(other, unit, period) for other in headed):
                raise _refusal(document, annex, found.remark)
            remarks.append(found.remark)
    return tuple(remark for remark in remarks if remark.rule != "period_differs" or not _is_said(remark, document))


def annexes_of_parts(document: Document, annexes: Sequence[Annex], unit: Unit, period: Period) -> tuple[Annex, ...]:
    """The annexes headed by a unit inside the reporter, commune by commune: their rows count for no one else."""
    owned: set[str] = set()
    for headed in _headed(document):
        owner = _owner(headed, unit, period)
        if owner is not None and lies_in(owner[0], unit):
            owned.update(headed.places)
    return tuple(annex for annex in annexes if annex.rows and annex.rows[0].place in owned)


def parts_of_period(document: Document, period: Period) -> dict[str, Period]:
    """The periods of annexes headed by a part of the report's (`headed.py`), by the places of their rows."""
    found: dict[str, Period] = {}
    for headed in _headed(document):
        heading = " ".join(tidy(line.text) for line in headed.lines)
        named = period_of_heading(heading)
        if named and named.sure and _is_part(named.period, period) and not _names_as_well(heading, period):
            found |= dict.fromkeys(headed.places, named.period)
    return found


def _names_as_well(heading: str, period: Period) -> bool:
    """Whether a heading names the report's period too: `6 tháng và cả năm`, a form's choices `quý, 6 tháng, năm`."""
    also = _AS_WELL.get(period.span)
    return also is not None and also.search(fold(said_of_figures(heading))) is not None


def _is_part(one: Period, whole: Period) -> bool:
    return one != whole and whole.window_start <= one.window_start and one.window_end <= whole.window_end


def _strange(annex: _Headed, unit: Unit | None, period: Period | None) -> _Strange | None:
    """That an annex is another unit's, or of another period; null where its heading says neither."""
    if unit and (owner := _owner(annex, unit, period)):
        other, place = owner
        remark = Remark("annex_of_another_unit", place, {"printed": other.name, "unit_name": unit.name})
        return _Strange(remark, not lies_in(other, unit))
    heading = " ".join(tidy(line.text) for line in annex.lines)
    named = period_of_heading(heading)
    if period and (named is None or named.period == period):
        return _of_other_days(annex, period, unit)
    if named is None or period is None:
        return None
    ends_alike = named.period.window_end == period.window_end
    if ends_alike and (named.period.span == "12M" or not named.sure):
        return None
    place = next((line.place for line in annex.lines if period_of_heading(line.text)), annex.lines[0].place)
    remark = Remark("period_differs", place, {"printed": named.period.code, "given": period.code})
    return _Strange(remark, not ends_alike and (named.sure or period.span == "12M"))


def _of_other_days(annex: _Headed, period: Period, unit: Unit | None) -> _Strange | None:
    """That an annex counts from one day to another that are not the period's, nor those since the unit was made."""
    for line in annex.lines:
        for window in windows_in(said_of_figures(line.text), period):
            if is_far_from(period, window, unit.valid_from if unit else None):
                remark = Remark("period_differs", line.place, {"printed": window.printed, "given": period.code})
                return _Strange(remark, False)
    return None


def _owner(annex: _Headed, unit: Unit, period: Period | None) -> tuple[Unit, str] | None:
    """The unit that a heading names instead of the reporter, and the place of the line that does."""
    day = period.window_end if period else date.today()
    owners = ((owner_in_heading(line.text, unit, day), line.place) for line in annex.lines)
    return next(((owner, place) for owner, place in owners if owner is not None), None)


def _alike(one: _Headed, other: _Headed) -> bool:
    """Whether two tables ask for the same rows, be one of them ever so short."""
    if one is other:
        return False
    ours, theirs = one.labels, other.labels
    return len(ours & theirs) >= max(_LEAST_SHARED, _SAME_SHARE * min(len(ours), len(theirs)))


def _headed(document: Document) -> Iterator[_Headed]:
    lines: list[Paragraph] = []
    seen = False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            starts = annex_title(block.text) is not None or _STARTS.match(fold(tidy(block.text[:_START])))
            lines = [block] if starts and not _goes_on(lines) else [*lines, block]
        elif (header := read_header(block)) is not None:
            over = lines[-_MOST_LINES:] if seen or _goes_on(lines) else []
            yield _Headed(tuple(over), block, header.height)
            lines, seen = [], True


def _goes_on(lines: list[Paragraph]) -> bool:
    """Whether a heading has begun that is not yet too long for one."""
    begun = bool(lines) and (
        annex_title(lines[0].text) is not None or _STARTS.match(fold(tidy(lines[0].text[:_START]))) is not None
    )
    return begun and len(lines) < _MOST_LINES


def _is_said(remark: Remark, document: Document) -> bool:
    """Whether the line alone names the period: `window_remarks` says it there."""
    line = next(one for one in document.paragraphs if one.place == remark.place)
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
