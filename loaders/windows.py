"""Windows and days up to which figures run, as reports write them: `từ ngày 01/7 đến 30/11/2025`, `đến hết quý III`.

A year left out is the one that fits the reporting period. A year that is mistyped is read only where one reading
alone makes a window of it; the reading is kept, so that it can be told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Literal

from rapidfuzz.distance import OSA

from warehouse.periods import Period
from warehouse.text import fold, tidy

_DAY = r"(?:ngay )?\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{3,6})?(?![\d/])"
_LONG_DAY = r"(?:ngay )?\d{1,2} thang \d{1,2}(?:,? nam \d{3,6})?"
_MONTH = r"(?:ngay )?thang \d{1,2}(?: ?[/.-] ?\d{4}|,? nam \d{4})?(?![\d/])"
_QUARTER = r"qu[yi] (?:iv|i{1,3}|[1-4])(?: ?[/.-] ?\d{4}|,? nam \d{4})?(?![\d/])"
_MOMENT = rf"(?:cuoi |het )?(?:{_LONG_DAY}|{_DAY}|{_MONTH}|{_QUARTER})"
_WINDOWS = (
    re.compile(rf"\btu (?:sau )?(?P<first>{_MOMENT}),? ?(?:den|toi|-|–) ?(?P<last>{_MOMENT})"),
    re.compile(rf"\((?P<first>{_DAY}) ?(?:den|-|–) ?(?P<last>{_DAY})\)"),
)
_UP_TO = re.compile(rf"\b(?:den|toi|truoc)(?: thoi diem)? (?P<last>{_MOMENT})")
_FROM = re.compile(rf"\b(?:tu|sau|ke tu)(?: sau)?(?: thoi diem)? (?P<first>{_MOMENT})")
_MAY_STATE_A_DAY = re.compile(r"\d\s*[/.-]\s*\d|tháng\s*\d|qu[ýí]\s", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_QUARTER_ENDS = {"i": 3, "ii": 6, "iii": 9, "iv": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_QUARTER_NUMBER = re.compile(r"qu[yi] (iv|i{1,3}|[1-4])\b")
_FIRST_YEAR, _LAST_YEAR = 1945, 2100
_EARLY, _LATE = timedelta(days=45), timedelta(days=31)
_DECEMBER, _MONTHS_OF_QUARTER = 12, 3

Edge = Literal["first", "last"]


@dataclass(frozen=True)
class Window:
    """A stretch of time as printed; a null day is not stated. `read` gives a mistyped day as it was understood."""

    start: date | None
    end: date | None
    printed: str
    read: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class _Moment:
    """A day, or the month or quarter it lies in, with its year as printed; null where the year is left out."""

    printed: str
    day: int | None
    month: int
    year: str | None

    def on(self, year: int, edge: Edge) -> date | None:
        """The day it names in a year: of a month or quarter the first or last one; null where there is none."""
        try:
            if self.day is not None:
                return date(year, self.month, self.day)
            if edge == "last":
                return date(year + self.month // _DECEMBER, self.month % _DECEMBER + 1, 1) - timedelta(days=1)
            quarter = _MONTHS_OF_QUARTER - 1 if _QUARTER_NUMBER.search(fold(self.printed)) else 0
            return date(year, self.month - quarter, 1)
        except ValueError:
            return None

    def years(self, period: Period, slips: bool) -> tuple[int, ...]:
        """The years it may be of: the printed one, or with `slips` those one letter off; without one the period's."""
        near = (period.year - 1, period.year)
        if self.year is None:
            return near
        if slips:
            return tuple(year for year in near if OSA.distance(str(year), self.year) <= 1)
        return (int(self.year),) if _FIRST_YEAR <= int(self.year) <= _LAST_YEAR else ()


def windows_in(text: str, period: Period) -> Iterator[Window]:
    """The windows that a text states from one day to another, from left to right; those that cannot be read too."""
    if not _MAY_STATE_A_DAY.search(text):
        return
    tidied = tidy(text)
    folded = fold(tidied)
    found = (match for pattern in _WINDOWS for match in pattern.finditer(folded))
    for match in sorted(found, key=lambda one: one.start()):
        first, last = (_moment(tidied[slice(*match.span(name))]) for name in ("first", "last"))
        yield _window(first, last, tidied[slice(*match.span())].strip("()"), period)


def day_up_to(text: str, period: Period) -> Window | None:
    """The day up to which a text says that something is counted: `tính đến hết ngày 31/5/2024`."""
    return _half(_UP_TO, "last", text, period)


def day_from(text: str, period: Period) -> Window | None:
    """The day after or from which a text says that something is counted: `sau ngày 01/7/2025`."""
    return _half(_FROM, "first", text, period)


def without_windows(text: str) -> str:
    """The folded text less every window and day it states."""
    folded = fold(tidy(text))
    for pattern in (*_WINDOWS, _UP_TO, _FROM):
        folded = pattern.sub(" ", folded)
    return folded


def _half(pattern: re.Pattern[str], edge: Edge, text: str, period: Period) -> Window | None:
    tidied = tidy(text)
    match = pattern.search(fold(tidied))
    if match is None:
        return None
    moment = _moment(tidied[slice(*match.span(edge))])
    years = moment.years(period, slips=False)
    days = [day for year in years if (day := moment.on(year, edge)) and (moment.year or _near(day, period))]
    day = days[-1] if days else None
    printed = tidied[slice(*match.span())]
    return Window(day if edge == "first" else None, day if edge == "last" else None, printed)


def _moment(printed: str) -> _Moment:
    folded = fold(printed)
    numbers = _NUMBERS.findall(folded)
    if quarter := _QUARTER_NUMBER.search(folded):
        year = numbers[-1] if len(numbers) > quarter[1].isdigit() else None
        return _Moment(printed, None, _QUARTER_ENDS[quarter[1]], year)
    if re.match(r"(?:cuoi |het )?(?:ngay )?thang ", folded):
        return _Moment(printed, None, int(numbers[0]), numbers[1] if len(numbers) > 1 else None)
    return _Moment(printed, int(numbers[0]), int(numbers[1]), numbers[2] if len(numbers) > 2 else None)


def _window(first: _Moment, last: _Moment, printed: str, period: Period) -> Window:
    """The window as printed, else the only one that a slip in a year can have meant, else one without days."""
    for slips in (False, True):
        readings = set(_readings(first, last, period, slips))
        if len(readings) == 1:
            ((start, end),) = readings
            days = ((first, start), (last, end))
            read = tuple((one.printed, day) for one, day in days if one.year and int(one.year) != day.year)
            return Window(start, end, printed, read)
        if readings:
            break
    return Window(None, None, printed)


def _readings(first: _Moment, last: _Moment, period: Period, slips: bool) -> Iterator[tuple[date, date]]:
    complete = first.year is not None and last.year is not None
    for one, other in product(first.years(period, slips), last.years(period, slips)):
        start, end = first.on(one, "first"), last.on(other, "last")
        if not start or not end or start >= end:
            continue
        if (complete and not slips) or (_near(start, period) and _near(end, period)):
            yield start, end


def _near(day: date, period: Period) -> bool:
    """Whether a day can be of the period, or the custom of cutting it early or late."""
    return period.window_start - _EARLY <= day <= period.window_end + _LATE
