"""When a figure of the text was counted: in the period, in a part of it, or in another year altogether."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from loaders.narrative.clauses import Clause
from loaders.narrative.marks import spans, windows, years
from loaders.narrative.stretches import Stretch
from warehouse.periods import Period

DAY = re.compile(r"(\d{1,2})(?:\s*[/.-]\s*|\s+thang\s+)(\d{1,2})(?:(?:\s*[/.-]\s*|\s+nam\s+)(\d{4})\b)?")
_LAST_YEAR = re.compile(
    r"\bnam (20\d\d)\W*$"
    r"|(?:\bthang (?:(?:dau|cuoi) )?nam|\bquy (?:iv|i{1,3}|[1-4])(?: nam|/)|\btrong nam) ?(20\d\d)\b[^.;]{0,40}:$"
)
_QUARTERS = {"i": "Q1", "1": "Q1", "ii": "Q2", "2": "Q2", "iii": "Q3", "3": "Q3", "iv": "Q4", "4": "Q4"}
_DISCRETE = ("Q2", "Q3", "Q4")  # what is counted from the start of the year is more than these
_MONTHS = {3: ("Q1",), 6: ("6M",), 9: ("9M",), 12: ("12M",)}
_IN_PARENTHESES = 3
_BEGINNING = r"(?:^|[.;:(–-]\s*|\b(?:trong khi(?: do)?|con|thi|va|cua|trong) )"
# At the start of a statement; behind `so với` and `tăng` it is what the own figure is compared with.
_SAME_TIME = re.compile(rf"{_BEGINNING}(?P<back>cung ky|nam ngoai)\b(?! nay)")
_BEFORE = re.compile(
    r"(?<!cung ky )(?<!so voi )(?<!hon )\b(?P<back>(?:ky|nam|quy|thang|tuan)(?: bao cao)? (?:lien )?truoc(?: do)?)\b"
    r"(?! (?:chuyen|sang|con|ton|de lai)),?(?=[^,;:.()\d]{0,40}\b(?:tiep nhan|giai quyet|nop|phat sinh)\b)"
)
_NOW = re.compile(r"\b(?P<now>(?:ky|nam|quy)(?: bao cao)? nay)\b")

# The year of a plan or a decision. What `kết quả thực hiện kế hoạch năm 2023` tells may well be of 2023.
_PLAN_YEAR = re.compile(
    r"(?<!ket qua thuc hien )(?<!ket qua trien khai )(?<!so voi )"
    r"\b(?:ke hoach|quyet dinh|nghi quyet|chuong trinh|cong van)\b"
    r"(?:(?!\b(?:trong|ca|den|tu|tiep nhan|giai quyet|hoan thanh|dat|da)\b|\.\s)[^,;:()]){0,120}?\b(?=nam 20\d\d\b)"
)

Back = Literal["year", "words"]


@dataclass(frozen=True)
class _Moment:
    """Where a text names a time, up to where it holds, and whether it looks back: by a year or by other words."""

    start: int
    end: int
    back: Back | None


def looks_back(stretch: Stretch, clause: Clause, period: Period, of_plan: bool = False) -> Back | None:
    """Whether the time named last before the number is before the period: another year's number, or `cùng kỳ`.

    The year of a plan is a time only for a figure `of_plan`: the share of the tasks of last year's plan is no other's.
    """
    position = clause.item.start + stretch.shift
    named = [one for one in _moments(stretch.folded, period, of_plan) if one.start < position <= one.end]
    if named:
        return max(named, key=lambda one: one.start).back
    for line in reversed(stretch.above):
        if (match := _LAST_YEAR.search(line.folded)) and int(match[1] or match[2]) != period.year:
            return "year"
        if line.text.endswith(":") and (same := _SAME_TIME.search(line.folded)) and not same.start():
            return "words"
    return None


def _moments(folded: str, period: Period, of_plan: bool) -> Iterator[_Moment]:
    plans = set() if of_plan else {match.end() for match in _PLAN_YEAR.finditer(folded)}
    for start, year in years(folded):
        if start in plans:
            continue
        yield _Moment(start, _reach(folded, start), None if year == period.year else "year")
    for pattern in (_SAME_TIME, _BEFORE):
        for match in pattern.finditer(folded):
            yield _Moment(match.start("back"), _reach(folded, match.start("back")), "words")
    for match in _NOW.finditer(folded):
        yield _Moment(match.start(), len(folded), None)


def _reach(folded: str, start: int) -> int:
    """Up to where words hold: to the end of the parentheses they stand in, else of the text."""
    opened = folded.rfind("(", 0, start + 1)
    if opened < 0 or folded.find(")", opened, start) >= 0:
        return len(folded)
    closed = folded.find(")", start)
    return closed if closed >= 0 else len(folded)


def window_of(stretch: Stretch, end: int, period: Period) -> tuple[str | None, bool]:
    """The printed window where it is not the period's own, and whether the figure is the period's."""
    for line, limit in stretch.lines_to(end + _IN_PARENTHESES * stretch.folded.startswith(("(", " ("), end)):
        stated = [place for place in windows(line.folded) if place[0] < limit]
        if stated:
            start, stop = stated[-1]
            return (None if _is_nominal(line.folded[start:stop], period) else line.text[start:stop]), True
        others = [match for match in spans(line.folded) if _holds(line.folded, match, limit, end)]
        if others:
            own = _is_own_span(others[-1], period)
            return (None if own else line.text[others[-1].start() : others[-1].end()].strip(" (;.,:")), own
    return None, True


def _holds(folded: str, match: re.Match[str], limit: int, end: int) -> bool:
    """Whether a span is of the number before `end`: behind it `(quý I)` is, `(quý I 200 hồ sơ)` is not."""
    reach = _reach(folded, match.start())
    own = match.start() < end or not any(letter.isdigit() for letter in folded[match.end() : reach])
    return match.start() < limit <= reach + 1 and own


def _is_own_span(match: re.Match[str], period: Period) -> bool:
    if match["quarter"]:
        return _QUARTERS[match["quarter"]] == period.span
    if match["sum"]:
        return period.span not in _DISCRETE
    return bool(match["months"]) and "cuoi" not in match[0] and period.span in _MONTHS.get(int(match["months"]), ())


def _is_nominal(folded: str, period: Period) -> bool:
    days = [(int(day), int(month), int(year or period.year)) for day, month, year in DAY.findall(folded)]
    first, last = period.window_start, period.window_end
    ends_there = bool(days) and days[-1] == (last.day, last.month, last.year)
    return ends_there and (len(days) == 1 or days[0][:2] == (first.day, first.month))
