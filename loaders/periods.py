"""Which period a report speaks of: recognised from its own words."""

import re
from datetime import timedelta

from loaders.document import Document
from loaders.problems import UnknownPeriod
from loaders.signing import signing_day
from loaders.windows import Window, windows_in, without_windows
from warehouse.periods import FIRST_YEAR, LAST_YEAR, SPANS, Period, Span
from warehouse.text import fold, tidy

_QUARTERS: dict[str, Span] = {"i": "Q1", "ii": "Q2", "iii": "Q3", "iv": "Q4"}
_QUARTERS.update({"1": "Q1", "2": "Q2", "3": "Q3", "4": "Q4"})
MONTHS: dict[str, Span] = {"3": "Q1", "6": "6M", "9": "9M", "12": "12M", "ba": "Q1", "sau": "6M", "chin": "9M"}
_YEAR = r"(?:\s*[,/-]?\s*(?:dau\s*)?(?:nam\s*)?(?P<year>20\d{2})\b)?"
_NUMBER = r"(?:iv|i{1,3}|[1-4])\b"
# `quý I+II`, `quý 1, 2 và 3`, `quý I/2024 và quý II/2024`; in `quý I, 3 tháng` the three is no quarter.
_OWN_YEAR = r"(?:\s*[,/-]?\s*(?:nam\s*)?20\d{2}\b)"
_MORE_QUARTERS = rf"(?:{_OWN_YEAR}?\s*(?:[+,&;/–-]|va|den|toi)\s*(?:quy\s*)?{_NUMBER}(?!\s*thang))*"
QUARTER = re.compile(rf"\bquy\s*(?P<span>{_NUMBER}{_MORE_QUARTERS}){_YEAR}")
_FIRST_QUARTERS: dict[tuple[Span, ...], Span] = {
    ("Q1", "Q2"): "6M",
    ("Q1", "Q2", "Q3"): "9M",
    ("Q1", "Q2", "Q3", "Q4"): "12M",
}
# `6 tháng 9` is a day in September; `9 tháng còn lại`, `3 tháng tiếp theo` come next.
_LATER = r"\W*(?:cuoi|con lai|tiep theo)\b"
_MONTH = re.compile(rf"\b0?(?P<span>3|6|9|12|ba|sau|chin)\s*thang(?!{_LATER}|\W*giua|\s*\d{{1,2}}\b){_YEAR}")
# `quý IV/2025 và năm 2025` is the year, `quý IV, năm 2025` the quarter.
_LAST_QUARTER = r"quy\s*(?:iv|4)\b(?:\s*[,/-]?\s*(?:nam\s*)?(?P<own>20\d{2})\b)?"
_RESULTS = r"(?:(?:ca|tong ket|ket qua|luy ke|uoc|toan|thuc hien|danh gia)\s*)"
_QUARTER_AND_YEAR = (
    re.compile(
        rf"\b{_LAST_QUARTER}\s*(?:(?:va|cung|[+&])\s*{_RESULTS}*|[,;]\s*{_RESULTS}+)nam\b(?:\s*(?P<year>20\d{{2}}))?"
    ),
    re.compile(rf"\bnam\s*(?P<year>20\d{{2}})\s*(?:va|[+&])\s*{_RESULTS}*{_LAST_QUARTER}"),
)
_WHOLE_YEAR = re.compile(r"\bnam\s*(?P<year>20\d{2})\b")
_LONG_DATE = re.compile(r"\bngay\s*[\d.…_]*\s*thang\s*[\d.…_]*\s*nam\s*20\d{2}\b")
_SHORT_DATE = re.compile(r"\b\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*20\d{2}\b")
_DECEMBER_AND_YEAR = re.compile(r"\bthang\s*12\s*(?:va|,)\s*(?=(?:(?:ca|tong ket)\s*)?nam\b)")
# A stretch of time other than our periods; `8 tháng đầu năm 2024` and `tuần 24 năm 2024` are no whole year.
_OTHER = (
    r"(?:\bquy\s*(?:[ivx]+\b|\d|(?:dau|cuoi|truoc|nay|mot|hai|ba|tu|bon)\b)|(?<!ngay )(?<!\d)\d{1,2}\s*-?\s*thang\b"
    r"|\bthang\s*(?:\d|(?:dau|cuoi|giua|qua)\b)|\b(?:cac|nhung|may)\s*thang\b"
    r"|\btuan\s*(?:thu\s*)?(?:\d|[ivx]+\b|(?:le|dau|cuoi)\b)|\d\s*tuan\b|\bhoc k[yi]\b|\bk[yi]\s*(?:\d|[ivx]+\b)"
    r"|\bnua\s*(?:dau|cuoi|sau|nam)\b|\bdot\s*(?:\d|[ivx]+\b)"
    r"|\d\s*ngay\b(?!\s*\d)|\b(?:dau|giua|cuoi) nhiem k[yi]\b)"
)
_OTHER_SPAN = re.compile(_OTHER)
# `5 năm 2020`, `cuối năm 2024` before a year, `2020-2025` and `2024 (tuần 24)` behind it.
_PART_OR_MORE = re.compile(r"(?:\d|\b(?:cac|nhung|may|dau|cuoi|giua|nua))\s*$")
_GOES_ON = re.compile(
    rf"\s*(?:[-–,/+&]|den|toi|va)\s*(?:nam\s*)?20\d{{2}}\b|\W*(?:(?:trong|cua|gom|la)\W+){{0,2}}{_OTHER}"
)
_ANY_YEAR = re.compile(r"\b(20\d{2})\b")
_PLAN = re.compile(
    r"\b(?:phuong huong|(?<!thuc hien )nhiem vu trong tam|thang cuoi|giai doan|"
    r"(?<!thuc hien )ke hoach|ke hoach so|quyet dinh|nghi quyet|cong van)"
)
# What comes next, behind the span reported on: `quý IV và nhiệm vụ quý I năm 2026`.
_PLANNED = re.compile(
    r"(?:\bva|[,;:–-])\s*(?:(?:mot so|trien khai|de ra|phuong huong|ke hoach|chuong trinh cong tac)\W*)*"
    r"(?:nhiem vu|phuong huong|ke hoach|chuong trinh cong tac)\b(?P<of>[^()]*)$"
)
_PLANNED_MONTH = re.compile(rf"\bquy\s*(?P<quarter>{_NUMBER})|\bthang\s*(?P<month>1[0-2]|0?[1-9])\b")
_REST = re.compile(r"\b(?:cuoi|con lai)\b")
_NEXT_MONTHS = re.compile(r"\b0?(\d) ?thang\W*tiep theo\b")
# What is carried out, and no plan for later: `6 tháng thực hiện chương trình, kế hoạch CCHC năm 2024`.
_CARRIED_OUT = re.compile(
    r"(?:(?!\bva\b)[^,;:–-])*\bthuc hien (?:cac )?(?:chuong trinh|ke hoach|nhiem vu|nghi quyet|muc tieu|de an)\s*"
)
_YEAR_OF_WORK = re.compile(r"\b(công tác (?:CCHC|cải cách (?:thủ tục )?hành chính)) (?=20\d\d\b)", re.IGNORECASE)
_SHORT_FORMS = (
    (re.compile(rf"\bqui(?=\s*(?:{_NUMBER}|dau\b|cuoi\b))"), "quy"),
    (re.compile(r"(?<![\d/.-])(\d{1,2})\s?-\s?(?=thang\b)"), r"\1 "),
    (re.compile(r"\b0?([369]|12)\s*t(?=[\s/]*(?:dau\b|nam\b|20\d{2}\b))"), r"\1 thang"),
    (re.compile(r"\bq\.?\s*(iv|i{1,3}|[1-4])(?=[\s/.,-]*(?:nam\b|20\d{2}\b))"), r"quy \1"),
    (re.compile(r"\bnua (?:dau nam|nam dau)\b"), "6 thang dau nam"),
)
_MONTHS_CUT = re.compile(r"\b(0?[369]|12) ?t(?=[\s/]|$)")
# Months in words: told by their accents, for xã Hải Thắng is no two months.
_IN_DIGITS = {"giêng": 1, "một": 1, "hai": 2, "tư": 4, "bốn": 4, "bảy": 7, "bẩy": 7, "tám": 8, "mười": 10}
_IN_DIGITS |= {"mười một": 11, "mười hai": 12, "chạp": 12, "ba": 3, "sáu": 6, "chín": 9, "năm": 5}
_IN_WORDS = "|".join(sorted(_IN_DIGITS, key=len, reverse=True))
_MONTHS_IN_WORDS = re.compile(rf"\b({_IN_WORDS})(?= tháng\b)|(?<=\btháng )({_IN_WORDS})(?=,? năm\b)", re.IGNORECASE)
_CLOSING_YEAR = re.compile(r"\btong ket\b|\bca nam\b")
_SAYS_PERIOD = re.compile(r"^\W*(?:so lieu|thong ke|bieu|phu luc|tren day la)\b|\bnhu sau\W*$")
_EARLY, _LATE = timedelta(days=45), timedelta(days=120)  # how long before and after its end a report is signed
_TITLE_LINES, _LONGEST_TITLE, _START = 12, 200, 30
CUT_ELSEWHERE = timedelta(days=31)  # how far from the rule a period may be cut and still be the same


def recognise_period(document: Document) -> Period:
    """The period of the report's title; raises `UnknownPeriod` when it names none."""
    texts = [tidy(paragraph.text) for paragraph in document.paragraphs]
    title = " ".join(title_of(texts))
    for text in (title, *_annex_titles(texts)):
        if period := period_in(text):
            return period
        if text is title and _names_a_year(title):
            may_be = _of_plans_year(title)
            if period := _told_apart(may_be, document, texts):
                return period
            line = next((one for one in title_of(texts) if _names_a_year(one)), title)
            found = f"trong tiêu đề một khoảng thời gian không phải kỳ báo cáo: “{line}”"
            if may_be:
                codes = " hay ".join(one.code for one in may_be)
                found = f"trong tiêu đề chỉ có năm của nhiệm vụ sắp tới, ngày ký không cho biết là {codes}: “{line}”"
            raise _unknown(document, found)
    for text in texts:  # a window in the running text is of whatever stands beside it
        if period := _named_period(text):
            return period
    raise _unknown(document, "không có kỳ báo cáo nào trong tiêu đề")


def _of_plans_year(title: str) -> list[Period]:
    """What a title may mean whose only year is that of what comes next: `6 tháng đầu năm, nhiệm vụ năm 2024`.

    It is of that year or the one before; empty for any other title.
    """
    whole = _plain(title)
    done, years = _PLAN.split(whole)[0], years_in(whole)
    match = next((found for one in (_QUARTER_AND_YEAR[0], _MONTH, QUARTER) if (found := one.search(done))), None)
    span: Span | None = "12M" if _CLOSING_YEAR.search(done) else None
    if match is not None and match.re is not _QUARTER_AND_YEAR[0]:
        span = MONTHS.get(match["span"]) if match.re is _MONTH else span_of_quarters(match["span"])
    year = _ANY_YEAR.search(whole)
    if year is None or len(years) != 1 or span is None:
        return []
    planned = _PLANNED.search(whole[match.end() if match else 0 : year.start()])
    return [one for back in (0, 1) if planned and (one := _known(int(year[1]) - back, span))]


def _told_apart(may_be: list[Period], document: Document, texts: list[str]) -> Period | None:
    """The one of these periods that the day of signing tells, else what other headings name alike."""
    if signed := signing_day(document):
        return next((one for one in may_be if -_EARLY <= signed - one.window_end <= _LATE), None)
    named = {found for text in texts if _SAYS_PERIOD.search(fold(text)) and (found := _named_period(text))}
    return next(iter(named)) if len(named) == 1 and named <= set(may_be) else None


def _unknown(document: Document, found: str) -> UnknownPeriod:
    return UnknownPeriod(
        place=document.name,
        found=found,
        expected="“Quý I năm 2024”, “6 tháng đầu năm 2024”, “9 tháng đầu năm 2024” hoặc “năm 2024”",
        action="nạp lại với tùy chọn --period, ví dụ --period 2024-6M",
    )


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
    `Công tác CCHC 2025` is the year's; `CCHC 2025` behind other words may be an index or a plan.
    """
    if period := _named_period(_YEAR_OF_WORK.sub(r"\1 năm ", tidy(text))):
        return period
    return None if names_other_span(text) else period_of_window(text)


def _named_period(text: str) -> Period | None:
    whole = _plain(text)
    done = _PLAN.split(whole)[0]
    year = _ANY_YEAR.search(whole)
    if year and (both := next((match for one in _QUARTER_AND_YEAR if (match := one.search(done))), None)):
        years = {int(printed) for printed in (both["own"], both["year"]) if printed}
        years = years or {_year_by_plan(whole, both.end(), year, "12M") or 0}
        return _known(min(years), "12M") if len(years) == 1 else None
    match = _MONTH.search(done) or QUARTER.search(done)
    if match is None or year is None:
        return _whole_year(done)
    span = MONTHS.get(match["span"]) if match.re is _MONTH else span_of_quarters(match["span"])
    start = _LONG_DATE.sub(" ", done[: match.start()])
    before = _WHOLE_YEAR.search(start)
    if before and match["year"] and before["year"] != match["year"]:  # `năm 2023 và quý I năm 2024` are two
        return _whole_year(start[: before.end()]) if _PLANNED.match(start[before.end() :].strip()) else None
    if span is None:
        return None
    own = int(match["year"]) if match["year"] else _year_by_plan(whole, match.end(), year, span)
    return _known(own, span) if own else None


def _year_by_plan(whole: str, behind: int, year: re.Match[str], span: Span) -> int | None:
    """The year of a span that names none; null where it is only that of a plan for a whole year, and may be the next.

    A plan for a quarter that comes no later in the year is for the year after: `quý IV và nhiệm vụ quý I năm 2026`.
    """
    between = whole[behind : year.start()]
    planned, end = _PLANNED.search(between), Period(int(year[1]), span).window_end.month
    if planned is None or _CARRIED_OUT.fullmatch(between[: planned.start()]) or _REST.search(planned["of"]):
        return int(year[1])
    if (months := _NEXT_MONTHS.search(planned["of"])) and end + int(months[1]) <= 12:
        return int(year[1])
    match = _PLANNED_MONTH.search(planned["of"])
    if match is None:
        return None
    month = int(match["month"]) if match["month"] else 3 * int(_QUARTERS[match["quarter"]][1])
    return int(year[1]) - (month <= end)


def _plain(text: str) -> str:
    """The folded text less its windows, with short forms and months in words written out."""
    in_digits = _MONTHS_IN_WORDS.sub(lambda match: str(_IN_DIGITS[match[0].lower()]), tidy(text))
    whole = without_windows(in_digits)
    for short, long in _SHORT_FORMS:
        whole = short.sub(long, whole)
    return whole


def span_of_quarters(printed: str) -> Span | None:
    """Of one quarter itself, of the first two `6M`, of the first three `9M`; null for any other list."""
    printed = re.sub(_OWN_YEAR, " ", printed)
    quarters = tuple(_QUARTERS[one] for one in re.findall(_NUMBER, printed))
    if len(quarters) == 1:
        return quarters[0]
    return None if "/" in printed else _FIRST_QUARTERS.get(quarters)


def _whole_year(done: str) -> Period | None:
    """A year that stands alone: beside any other stretch of time it is only the year of that."""
    done = _DECEMBER_AND_YEAR.sub(" ", _LONG_DATE.sub(" ", done))
    match = _WHOLE_YEAR.search(done)
    if match and _PLANNED.search(done[: match.start()]) and not _CARRIED_OUT.match(done):
        return None  # the year of what comes next, and perhaps the next year
    if match is None or _OTHER_SPAN.search(done, 0, match.start()) or _PART_OR_MORE.search(done[: match.start()]):
        return None
    return None if _GOES_ON.match(done, match.end()) else _known(int(match["year"]), "12M")


def without_dates(text: str) -> str:
    """The folded text less its windows and dates: the years left are those of periods. `6T` is written out."""
    return _SHORT_DATE.sub(" ", _LONG_DATE.sub(" ", _MONTHS_CUT.sub(r"\1 thang", without_windows(text))))


def years_in(text: str) -> set[int]:
    """Every year that a text names."""
    return {int(year) for year in _ANY_YEAR.findall(text)}


def names_other_span(text: str) -> bool:
    """Whether a title names a year and, with it, a stretch of time."""
    done = _done(text)
    return _OTHER_SPAN.search(done) is not None and _ANY_YEAR.search(done) is not None


def _names_a_year(text: str) -> bool:
    """Whether a title speaks of a year, be it of a part of it or of more."""
    done, whole = _done(text), _plain(text)
    span, year = _OTHER_SPAN.search(done), _ANY_YEAR.search(whole)
    of_plan = span and year and span.end() < year.start() and _PLANNED.search(whole[span.end() : year.start()])
    return names_other_span(text) or _WHOLE_YEAR.search(done) is not None or bool(of_plan)


def _done(text: str) -> str:
    """What a title says of the past, less its dates."""
    return without_dates(_PLAN.split(_plain(text))[0])


def period_of_window(text: str) -> Period | None:
    """`từ ngày 15/12/2023 đến ngày 14/6/2024` is the first half of 2024: of the periods the one cut most alike."""
    for year in dict.fromkeys(_ANY_YEAR.findall(fold(text))):
        for window in windows_in(text, Period(int(year), "12M")):
            if window.start and window.end:
                periods = [one for span in SPANS if (one := _known(window.end.year, span))]
                near = [one for one in periods if _distance(one, window) <= CUT_ELSEWHERE]
                return min(near, key=lambda one: _distance(one, window), default=None)
    return None


def _distance(period: Period, window: Window) -> timedelta:
    if window.start is None or window.end is None:
        return timedelta.max
    return max(abs(period.window_start - window.start), abs(period.window_end - window.end))


def _known(year: int, span: Span) -> Period | None:
    return Period(year, span) if FIRST_YEAR <= year <= LAST_YEAR else None
