"""Which period a report speaks of, and the dates it states: recognised from its own words."""

import re
from dataclasses import dataclass
from datetime import date

from loaders.document import Document
from loaders.problems import UnknownPeriod
from warehouse.periods import FIRST_YEAR, LAST_YEAR, Period, Span
from warehouse.text import fold, tidy

_QUARTERS: dict[str, Span] = {"i": "Q1", "ii": "Q2", "iii": "Q3", "iv": "Q4"}
_QUARTERS.update({"1": "Q1", "2": "Q2", "3": "Q3", "4": "Q4"})
_MONTHS: dict[str, Span] = {"6": "6M", "9": "9M", "12": "12M", "sau": "6M", "chin": "9M"}
_YEAR = r"(?:\s*[,/-]?\s*(?:dau\s*)?(?:nam\s*)?(?P<year>20\d{2})\b)?"
_QUARTER = re.compile(rf"\bquy\s*(?P<span>iv|i{{1,3}}|[1-4])\b{_YEAR}")
_MONTH = re.compile(rf"\b(?P<span>6|9|12|sau|chin)\s*thang(?!\s*cuoi){_YEAR}")
_QUARTER_AND_YEAR = re.compile(r"\bquy\s*(?:iv|4)\s*(?:va|,)\s*(?:ca\s*)?nam\b")
_WHOLE_YEAR = re.compile(r"\bnam\s*(?P<year>20\d{2})\b")
_ANY_YEAR = re.compile(r"\b(20\d{2})\b")
_PLAN = re.compile(
    r"\b(?:phuong huong|nhiem vu trong tam|thang cuoi|giai doan|ke hoach|quyet dinh|nghi quyet|cong van)"
)
_DATE = r"(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})"
_LONG_DATE = r"(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})\b"
_AS_OF = re.compile(rf"(?:tính|số liệu)\s+đến\s+(?:hết\s+)?(?:ngày\s+)?{_DATE}(?!\d)", re.IGNORECASE)
_DATELINE = re.compile(rf"^[^,;:()]{{2,60}},\s*ngày\s*{_LONG_DATE}", re.IGNORECASE)
_ATTACHED = re.compile(
    rf"kèm theo\s+báo cáo\s+số:?\s*(?P<number>[^\s()]*?/BC[-\w]*)\s+ngày\s*"
    rf"(?:{_LONG_DATE}|{_DATE})(?P<issuer>[^)]*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^số:?\s*(?P<number>\d+\s*/\s*BC[-\wĐ]*)", re.IGNORECASE)
_TITLE_LINES = 12


@dataclass(frozen=True)
class Dates:
    """What a report states about its own dates; null where it states nothing."""

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
    """The signing date, the date the figures run to, and the document's number, each null when not stated."""
    texts = [tidy(paragraph.text) for paragraph in document.paragraphs]
    attached = next((match for text in texts if (match := _own_attachment(text))), None)
    number = next((match["number"] for text in texts if (match := _NUMBER.match(text))), None)
    if attached is not None and attached["number"][0].isdigit():
        number = number or attached["number"]
    signed = next((_day(*match.groups()) for text in texts if (match := _DATELINE.match(text))), None)
    if signed is None and attached is not None:
        signed = _day(*[part for part in attached.groups()[1:-1] if part is not None])
    stated = (_day(*match.groups()) for text in texts for match in _AS_OF.finditer(text))
    inside = [day for day in stated if day and period.window_start < day <= period.window_end]
    return Dates(signed, max(inside, default=None), number.replace(" ", "") if number else None)


def column_period(label: str, period: Period) -> Period | None:
    """The period a value column speaks of: `Quý I` of a 2020 report is 2020-Q1; null for `Số liệu`."""
    key = fold(label)
    if match := re.search(r"\bquy\s*(iv|i{1,3}|[1-4])\b", key):
        return Period(period.year, _QUARTERS[match[1]])
    if match := re.search(r"\b(6|9|12)\s*thang\b", key):
        return Period(period.year, _MONTHS[match[1]])
    return Period(period.year, "12M") if re.search(r"\b(trong nam|ca nam)\b|^nam\b", key) else None


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
    return _known(int(match["year"]), "12M") if match else None


def _known(year: int, span: Span) -> Period | None:
    return Period(year, span) if FIRST_YEAR <= year <= LAST_YEAR else None


def _own_attachment(text: str) -> re.Match[str] | None:
    """`Kèm theo Báo cáo số … ngày …` of this report; a form's own legal basis names a number it lacks."""
    match = _ATTACHED.search(text)
    return match if match and match["number"][0].isdigit() else None


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
