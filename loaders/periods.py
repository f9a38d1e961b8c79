"""Which period a report speaks of, and the dates it states: recognised from its own words."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from loaders.annexes import spoken_texts
from loaders.document import Document
from loaders.problems import UnknownPeriod
from warehouse.periods import FIRST_YEAR, LAST_YEAR, Period, Span
from warehouse.text import fold, tidy

_QUARTERS: dict[str, Span] = {"i": "Q1", "ii": "Q2", "iii": "Q3", "iv": "Q4"}
_QUARTERS.update({"1": "Q1", "2": "Q2", "3": "Q3", "4": "Q4"})
_MONTHS: dict[str, Span] = {"3": "Q1", "6": "6M", "9": "9M", "12": "12M", "ba": "Q1", "sau": "6M", "chin": "9M"}
_YEAR = r"(?:\s*[,/-]?\s*(?:dau\s*)?(?:nam\s*)?(?P<year>20\d{2})\b)?"
_QUARTER = re.compile(rf"\bquy\s*(?P<span>iv|i{{1,3}}|[1-4])\b{_YEAR}")
# `6 tháng 9` is a day in September.
_MONTH = re.compile(rf"\b0?(?P<span>3|6|9|12|ba|sau|chin)\s*thang(?!\s*(?:cuoi|\d{{1,2}}\b)){_YEAR}")
_QUARTER_AND_YEAR = re.compile(r"\bquy\s*(?:iv|4)\s*(?:va\s*(?:(?:ca|tong ket)\s*)?|,\s*(?:ca|tong ket)\s*)nam\b")
# `tháng 6 năm 2024` is a month, or the end of a date.
_WHOLE_YEAR = re.compile(r"(?<!thang \d )(?<!thang \d\d )\bnam\s*(?P<year>20\d{2})\b")
# `8 tháng đầu năm 2024` is no whole year.
_OTHER_SPAN = re.compile(r"\bquy\s*(?:[ivx]+|\d+)\b|(?<!ngay )(?<!\d)\d{1,2}\s*thang\b")
_ANY_YEAR = re.compile(r"\b(20\d{2})\b")
# Columns that hold no figure of the report's own period: the one before, a plan, a change.
_OTHER_MEANING = re.compile(r"\bky truoc\b|\bke hoach\b|\bso voi\b|\btang\b|\bgiam\b|^nam truoc\b")
_UP_TO: dict[Span, Span] = {"Q1": "Q1", "Q2": "6M", "Q3": "9M", "Q4": "12M"}
_PLAN = re.compile(
    r"\b(?:phuong huong|(?<!thuc hien )nhiem vu trong tam|thang cuoi|giai doan|"
    r"(?<!thuc hien )ke hoach|ke hoach so|quyet dinh|nghi quyet|cong van)"
)
_DATE = r"(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})(?!\d)"
_LONG_DATE = r"(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})\b"
_ANY_DATE = rf"(?:hết\s+)?(?:ngày\s+)?(?:{_DATE}|{_LONG_DATE})"
_AS_OF = re.compile(rf"(?:tính|số liệu)\s+đến\s+{_ANY_DATE}", re.IGNORECASE)
_WINDOW = re.compile(rf"\btừ\s+{_ANY_DATE}\s+đến\s+{_ANY_DATE}", re.IGNORECASE)
_DATELINE = re.compile(rf"^[^,;:()]{{2,60}},\s*ngày\s*{_LONG_DATE}\W*$", re.IGNORECASE)
_ATTACHED = re.compile(
    rf"kèm theo\s+báo cáo\s+số:?\s*(?P<number>[^\s()]*?/BC[-\w]*)\s+ngày\s*"
    rf"(?:{_LONG_DATE}|{_DATE})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^số:?\s*(?P<number>\d+\s*/\s*BC[-\wĐ]*)", re.IGNORECASE)
_TITLE_LINES, _WINDOW_LINES = 12, 3


@dataclass(frozen=True)
class Dates:
    """What a report states about its own dates; null where it states nothing.

    The window is the one of its title; parts of the narrative may speak of others.
    """

    window_start: date | None
    window_end: date | None
    signed_on: date | None
    as_of: date | None
    document_number: str | None


def recognise_period(document: Document) -> Period:
    """The period of the report's title; raises `UnknownPeriod` when it names none."""
    texts = [tidy(paragraph.text) for paragraph in document.paragraphs]
    for text in (" ".join(_title(texts)), *_annex_titles(texts), *texts):
        if period := _period_in(text):
            return period
    raise UnknownPeriod(
        place=document.name,
        found="không có kỳ báo cáo nào trong tiêu đề",
        expected="“Quý I năm 2024”, “6 tháng đầu năm 2024”, “9 tháng đầu năm 2024” hoặc “năm 2024”",
        action="nạp lại với tùy chọn --period, ví dụ --period 2024-6M",
    )


def recognise_dates(document: Document, period: Period) -> Dates:
    """The window, the signing date, the date the figures run to, and the document's number, as stated."""
    paragraphs = [tidy(paragraph.text) for paragraph in document.paragraphs]
    texts = [*map(tidy, spoken_texts(document)), *paragraphs]
    attached = next((match for text in texts if (match := _own_attachment(text))), None)
    number = next((match["number"] for text in texts if (match := _NUMBER.match(text))), None)
    if attached is not None and attached["number"][0].isdigit():
        number = number or attached["number"]
    signed = next((_day(*match.groups()) for text in texts if (match := _DATELINE.match(text))), None)
    if signed is None and attached is not None:
        signed = _stated_day(attached)
    stated = (_stated_day(match) for text in paragraphs for match in _AS_OF.finditer(text))
    inside = [day for day in stated if day and period.window_start < day <= period.window_end]
    as_of = max(inside, default=None)
    return Dates(*_stated_window(paragraphs), signed, as_of, number.replace(" ", "") if number else None)


def _stated_window(texts: list[str]) -> tuple[date | None, date | None]:
    """`(từ ngày 15/12/2023 đến ngày 14/6/2024)` in the title, when both days exist and stand in order."""
    match = _WINDOW.search(" ".join(_title(texts)[:_WINDOW_LINES]))
    if match is None:
        return None, None
    first, last = ([part for part in half if part is not None] for half in (match.groups()[:6], match.groups()[6:]))
    start, end = _day(*first), _day(*last)
    return (start, end) if start and end and start < end else (None, None)


@lru_cache(maxsize=1024)  # asked for every row of the few columns there are
def column_period(label: str, period: Period) -> str | None:
    """The period a value column speaks of: `Quý I` of a 2020 report is `2020-Q1`; null for `Số liệu`.

    Empty where it is another one than the report's and nobody can tell which: `Kỳ trước`, `Kế hoạch`. What a
    half-year's form counts as `Luỹ kế` beside its `Kỳ báo cáo` is left so as well.
    """
    key = fold(label)
    year = int(match[1]) if (match := _ANY_YEAR.search(key)) else period.year
    if _OTHER_MEANING.search(key):
        return ""
    if re.search(r"\bcung ky\b", key):
        return Period(period.year - 1, period.span).code
    if match := re.search(r"\bquy\s*(iv|i{1,3}|[1-4])\b", key):
        return Period(year, _QUARTERS[match[1]]).code
    if match := re.search(r"\b0?(3|6|9|12)\s*thang\b", key):
        return Period(year, _MONTHS[match[1]]).code
    return _named_column(key, year, period)


def _named_column(key: str, year: int, period: Period) -> str | None:
    """The period of a column whose heading names no months: `Luỹ kế`, `Năm`, `Kỳ báo cáo`."""
    if re.search(r"\bluy ke\b", key):
        return Period(year, _UP_TO[period.span]).code if period.span in _UP_TO else ""
    if re.search(r"\b(trong nam|ca nam)\b|^nam\b", key):
        return Period(year, "12M").code
    return period.code if re.search(r"\bky (bao cao|nay)\b|\btrong ky\b", key) else None


def _title(texts: list[str]) -> list[str]:
    """The lines from `BÁO CÁO` on, up to the first long one."""
    folded = [fold(text).strip("* ") for text in texts]
    starts = [number for number, text in enumerate(folded) if text.startswith("bao cao") and len(text) < 200]
    if not starts:
        return texts[:_TITLE_LINES]
    return texts[starts[0] : starts[0] + 4]


def _annex_titles(texts: list[str]) -> list[str]:
    return [text for text in texts if re.match(r"^\W*(số liệu|thống kê|biểu|phụ lục)", text, re.IGNORECASE)]


def _period_in(text: str) -> Period | None:
    """The period a title names; what it says of plans for later is left aside, save for the year."""
    whole = fold(text)
    done = _PLAN.split(whole)[0]
    year = _ANY_YEAR.search(whole)
    if year and _QUARTER_AND_YEAR.search(done):
        return _known(int(year[1]), "12M")
    for pattern, spans in ((_MONTH, _MONTHS), (_QUARTER, _QUARTERS)):
        if (match := pattern.search(done)) and year:
            return _known(int(match["year"] or year[1]), spans[match["span"]])
    match = _WHOLE_YEAR.search(done)
    if match is None or _OTHER_SPAN.search(done, 0, match.start()):
        return None
    return _known(int(match["year"]), "12M")


def _known(year: int, span: Span) -> Period | None:
    return Period(year, span) if FIRST_YEAR <= year <= LAST_YEAR else None


def _own_attachment(text: str) -> re.Match[str] | None:
    """`Kèm theo Báo cáo số … ngày …` of this report; a form's own legal basis names a number it lacks."""
    match = _ATTACHED.search(text)
    return match if match and match["number"][0].isdigit() else None


def _stated_day(match: re.Match[str]) -> date | None:
    """The date of a match that ends with a date in one of two forms."""
    day, month, year = (part for part in match.groups()[-6:] if part is not None)
    return _day(day, month, year)


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
