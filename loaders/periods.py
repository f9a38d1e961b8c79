"""Which period a report speaks of: recognised from its own words."""

import re
from datetime import timedelta
from functools import lru_cache

from loaders.document import Document
from loaders.problems import UnknownPeriod
from loaders.windows import Window, windows_in, without_windows
from warehouse.periods import FIRST_YEAR, LAST_YEAR, SPANS, Period, Span
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
_SHORT_FORMS = (
    (re.compile(r"\b0?([369]|12)\s*t(?=[\s/]*(?:dau\b|nam\b|20\d{2}\b))"), r"\1 thang"),
    (re.compile(r"\bq\.?\s*(iv|i{1,3}|[1-4])(?=[\s/.,-]*(?:nam\b|20\d{2}\b))"), r"quy \1"),
    (re.compile(r"\bnua (?:dau nam|nam dau)\b"), "6 thang dau nam"),
)
_TITLE_LINES, _LONGEST_TITLE, _START = 12, 200, 30
_CUT_ELSEWHERE = timedelta(days=31)  # how far from the rule a period may be cut and still be the same


def recognise_period(document: Document) -> Period:
    """The period of the report's title; raises `UnknownPeriod` when it names none."""
    texts = [tidy(paragraph.text) for paragraph in document.paragraphs]
    for text in (" ".join(title_of(texts)), *_annex_titles(texts)):
        if period := period_in(text):
            return period
    for text in texts:  # a window in the running text is of whatever stands beside it
        if period := _named_period(text):
            return period
    raise UnknownPeriod(
        place=document.name,
        found="không có kỳ báo cáo nào trong tiêu đề",
        expected="“Quý I năm 2024”, “6 tháng đầu năm 2024”, “9 tháng đầu năm 2024” hoặc “năm 2024”",
        action="nạp lại với tùy chọn --period, ví dụ --period 2024-6M",
    )


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


def title_of(texts: list[str]) -> list[str]:
    """The lines from `BÁO CÁO` on, up to the first long one."""
    for number, text in enumerate(texts):
        if len(text) < _LONGEST_TITLE and fold(text[:_START]).strip("* ").startswith("bao cao"):
            return texts[number : number + 4]
    return texts[:_TITLE_LINES]


def _annex_titles(texts: list[str]) -> list[str]:
    return [text for text in texts if re.match(r"^\W*(số liệu|thống kê|biểu|phụ lục)", text, re.IGNORECASE)]


def period_in(text: str) -> Period | None:
    """The period a title names; what it says of plans for later is left aside, save for the year.

    The days of a window are no year of their own; where a title names nothing else, the window is the period.
    """
    return _named_period(text) or _period_of_window(text)


def _named_period(text: str) -> Period | None:
    whole = without_windows(text)
    for short, long in _SHORT_FORMS:
        whole = short.sub(long, whole)
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


def _period_of_window(text: str) -> Period | None:
    """`từ ngày 15/12/2023 đến ngày 14/6/2024` is the first half of 2024: of the periods the one cut most alike."""
    for year in dict.fromkeys(_ANY_YEAR.findall(fold(text))):
        for window in windows_in(text, Period(int(year), "12M")):
            if window.start and window.end:
                periods = [one for span in SPANS if (one := _known(window.end.year, span))]
                near = [one for one in periods if _distance(one, window) <= _CUT_ELSEWHERE]
                return min(near, key=lambda one: _distance(one, window), default=None)
    return None


def _distance(period: Period, window: Window) -> timedelta:
    if window.start is None or window.end is None:
        return timedelta.max
    return max(abs(period.window_start - window.start), abs(period.window_end - window.end))


def _known(year: int, span: Span) -> Period | None:
    return Period(year, span) if FIRST_YEAR <= year <= LAST_YEAR else None
