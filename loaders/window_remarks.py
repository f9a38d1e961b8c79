"""What the windows, days and periods that a document names say against each other and against its own period.

Remarked are a row, an annex or a figure of the text that covers less or more than the period, a mistyped day of a
window, another period in the closing line or over an annex, and a plan for a rest of the year that is none.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from loaders.annex_headings import period_of_heading
from loaders.dates import stated_days
from loaders.document import Document
from loaders.periods import period_in, title_of
from loaders.windows import day_up_to, windows_in, without_windows
from warehouse.model import Observation, Remark
from warehouse.periods import Period
from warehouse.text import fold, tidy

_CUSTOM = timedelta(days=7)  # a few days early or late is the custom
_MONTHS_OF_SPAN = {"Q1": 3, "6M": 6, "9M": 9, "12M": 12}
_END_MONTH = {"Q1": 3, "Q2": 6, "6M": 6, "Q3": 9, "9M": 9, "Q4": 12, "12M": 12}
_QUARTERS = {"i": "Q1", "ii": "Q2", "iii": "Q3", "iv": "Q4", "1": "Q1", "2": "Q2", "3": "Q3", "4": "Q4"}
_MONTHS = re.compile(r"(?<![\d/.,])0?(?P<months>\d{1,2}) ?(?:thang|t)\b(?! \d)(?! ?cuoi)")
_QUARTER = re.compile(r"\bquy (?P<quarter>iv|i{1,3}|[1-4])\b")
# Notes that compare, plan, or name a month as a date say nothing of the row's window.
_NO_WINDOW = re.compile(
    r"\b(?:so voi|cung ky|tang|giam|ke hoach|du kien|truoc|sau|theo|bo nhiem|cuoi nam|thoi han|moi)\b"
)
_CLOSING = re.compile(r"^\W*tren day la (?:noi dung )?(?:bao cao|tinh hinh|ket qua)\b")
ANNEX_TITLE = re.compile(r"^\W*(?:so lieu|thong ke|bieu|phu luc)\b")
_REST = re.compile(r"\b0?(?P<months>\d|ba|sau|chin) thang cuoi nam(?: (?P<year>20\d\d))?")
_PLANNED = re.compile(r"\b(?:phuong huong|nhiem vu|trong tam)\b[^.;]{0,60}$")
_WORDS = {"ba": 3, "sau": 6, "chin": 9}
_BEFORE_DAY = re.compile(r"^(?:cuối\s+|hết\s+)?(?:ngày\s+)?", re.IGNORECASE)
_YEAR = 12
_START = 60  # characters: enough for the words that begin a closing line or the title of an annex
_FIRST_YEAR, _LAST_YEAR = 1945, 2100


def window_remarks(document: Document, observations: Iterable[Observation], period: Period) -> tuple[Remark, ...]:
    """The remarks on a report of this period, which holds these figures."""
    return (
        *_mistyped(document, period),
        *_short_annexes(document, period),
        *(remark for row in observations if (remark := _of_row(row, period))),
        *_other_periods(document, period),
        *_rest_of_year(document, period),
    )


def mistyped_days(text: str, period: Period) -> tuple[tuple[str, date], ...]:
    """The days of a text's windows that cannot be as printed, with the only way in which they can be read."""
    pairs = (pair for window in windows_in(text, period) for pair in window.read)
    return tuple((_BEFORE_DAY.sub("", printed), day) for printed, day in pairs)


def exists(printed: str) -> bool:
    """Whether a printed date is a day of our time."""
    try:
        day, month, year = map(int, re.findall(r"\d+", printed))
        return _FIRST_YEAR <= date(year, month, day).year <= _LAST_YEAR
    except (ValueError, OverflowError):
        return False


def _mistyped(document: Document, period: Period) -> Iterator[Remark]:
    for paragraph in document.paragraphs:
        for printed, day in mistyped_days(paragraph.text, period):
            if exists(printed):
                yield Remark("window_day_mistyped", paragraph.place, {"printed": printed, "read": f"{day:%d/%m/%Y}"})


def _short_annexes(document: Document, period: Period) -> Iterator[Remark]:
    for annex, (day, printed, place) in stated_days(document, period).by_annex.items():
        if day < period.window_end - _CUSTOM:
            yield Remark("row_window_short", f"{annex}, {place}", {"subject": annex, "printed": printed})


def _of_row(row: Observation, period: Period) -> Remark | None:
    """A row whose note, or a figure of the text whose window, covers less or more than the period."""
    told = row.source == "narrative"
    if row.note is None or row.value is None or (told and row.indicator is None):
        return None
    rule, printed = _against(row.note, period, told)
    if rule is None:
        return None
    place = row.place if told else f"{row.annex}, {row.place}"
    return Remark(rule, place, {"subject": row.label, "printed": printed})


def _against(note: str, period: Period, told: bool) -> tuple[str | None, str]:
    """Which rule the window of a note breaks, and the words that state it."""
    folded = fold(tidy(note))
    stated = next(windows_in(note, period), None)
    if stated is not None and stated.start and stated.end:
        short = stated.end < period.window_end - _CUSTOM or stated.start > period.window_start + timedelta(days=31)
        return ("row_window_short" if short else None), stated.printed
    up_to = day_up_to(note, period)
    if up_to is not None and up_to.end and not _NO_WINDOW.search(folded):
        return ("row_window_short" if up_to.end < period.window_end - _CUSTOM else None), up_to.printed
    if told or _NO_WINDOW.search(folded):
        return None, ""
    return _months_against(without_windows(note), tidy(note), period)


def _months_against(folded: str, printed: str, period: Period) -> tuple[str | None, str]:
    """`11 tháng` in a year's report is less than the period, `6 tháng` in a quarter's is more."""
    own = _MONTHS_OF_SPAN.get(period.span, 3)
    if match := _MONTHS.search(folded):
        months = int(match["months"])
        if not 0 < months <= _YEAR or months in (own, _END_MONTH[period.span]):
            return None, ""  # a second quarter may be counted from the start of the year
        return ("row_window_short" if months < own else "row_window_long"), printed
    if (match := _QUARTER.search(folded)) and _QUARTERS[match["quarter"]] != period.span:
        return "row_window_short", printed
    return None, ""


def _other_periods(document: Document, period: Period) -> Iterator[Remark]:
    """The closing line, or the title of an annex, that names a period which ends at another time."""
    texts = [tidy(paragraph.text) for paragraph in document.paragraphs]
    title = period_in(" ".join(title_of(texts)))
    if title is None or title.code != period.code:
        return  # the period was given by the person who loads: another remark says so
    for paragraph in document.paragraphs:
        start = fold(tidy(paragraph.text[:_START]))
        if not (_CLOSING.match(start) or ANNEX_TITLE.match(start)):
            continue
        named = period_of_heading(paragraph.text)
        if named is not None and named.period.window_end != period.window_end:
            yield Remark("period_differs", paragraph.place, {"printed": named.period.code, "given": period.code})


def _rest_of_year(document: Document, period: Period) -> Iterator[Remark]:
    """`nhiệm vụ 6 tháng cuối năm` in a report of nine months, after which three are left."""
    left = _YEAR - _END_MONTH[period.span]
    if not left:
        return
    for paragraph in document.paragraphs:
        if "cuối năm" not in paragraph.text.lower():
            continue
        folded = fold(tidy(paragraph.text))
        for match in _REST.finditer(folded):
            months = _WORDS.get(match["months"]) or int(match["months"])
            of_year = match["year"] is None or int(match["year"]) == period.year
            if months != left and of_year and _PLANNED.search(folded[: match.start()]):
                printed = tidy(paragraph.text)[slice(*match.span())]
                yield Remark("rest_of_year_differs", paragraph.place, {"printed": printed, "left": float(left)})
