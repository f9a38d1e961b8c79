"""The dates a report states about itself: its window, the day its figures run to, its signing date and number.

A window or a day is the whole report's where its title, its opening sentence or a line about nothing else says so. What
stands in one annex is that annex's, and what stands beside a figure is that figure's (`window_remarks.py`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from loaders.annexes import annex_title
from loaders.document import Document, Paragraph
from loaders.headers import read_header
from loaders.periods import period_in, title_of
from loaders.signing import attachment, said_texts, signing_day
from loaders.windows import Window, day_from, day_up_to, windows_in, without_windows
from warehouse.periods import Period
from warehouse.text import fold, tidy, words

_NUMBER = re.compile(r"^số:?\s*(?P<number>\d+\s*/\s*BC[-\wĐ]*)", re.IGNORECASE)
# A line in which nothing is left but these words speaks of the figures as a whole: `(Số liệu tính đến ngày …)`.
_ABOUT_FIGURES_TEXT = """
so lieu bao cao thong ke trong ky duoc tinh lay chot tong hop thoi diem gian ngay cua nay cac tai phu luc bieu
mau va neu tren het den tu ghi chu luu y theo don vi la cai cach hanh chinh cchc
"""
_ABOUT_FIGURES = frozenset(_ABOUT_FIGURES_TEXT.split())
_HEADING = re.compile(r"^\W*(?:phần\b|mục\b|[IVX]+\s*[.)/:-]|\d{1,2}\s*[.)])", re.IGNORECASE)
_MAY_BE_TITLE = re.compile(r"phụ\s*lục|biểu|mẫu", re.IGNORECASE)
_HEADING_WORDS, _TITLE_LINES, _LONGEST_NOTE = 25, 3, 150
_LATE = timedelta(days=31)


@dataclass(frozen=True)
class Dates:
    """What a report states about its own dates; null where it states nothing."""

    window_start: date | None
    window_end: date | None
    signed_on: date | None
    as_of: date | None
    document_number: str | None


@dataclass(frozen=True)
class StatedDays:
    """The days up to which figures are said to run: the whole report's, and those of single annexes."""

    general: date | None
    by_annex: Mapping[str, tuple[date, str, str]]  # the day, the words that state it, their place


def recognise_dates(document: Document, period: Period) -> Dates:
    """The window, the signing date, the date the figures run to, and the document's number, as stated."""
    paragraphs = [tidy(paragraph.text) for paragraph in document.paragraphs]
    texts = said_texts(document)
    attached = attachment(texts)
    number = next((match["number"] for text in texts if (match := _NUMBER.match(text))), None)
    if attached is not None and attached["number"][0].isdigit():
        number = number or attached["number"]
    as_of = stated_days(document, period).general
    return Dates(
        *_window(paragraphs, period), signing_day(document), as_of, number.replace(" ", "") if number else None
    )


def stated_days(document: Document, period: Period) -> StatedDays:
    """The days up to which the report as a whole and each of its annexes say that their figures run."""
    title = [text for text in title_of([tidy(one.text) for one in document.paragraphs]) if period_in(text)]
    general: list[date] = []
    by_annex: dict[str, tuple[date, str, str]] = {}
    annexes: set[str] = set()
    for annex, text, place in _lines(document):
        annexes |= {annex} if annex else set()
        if not (text in title or _speaks_of_all(text)) or next(windows_in(text, period), None) is not None:
            continue
        stated = day_up_to(text, period)
        if stated is None or stated.end is None or not period.window_start < stated.end <= period.window_end + _LATE:
            continue
        if annex:
            by_annex[annex] = (stated.end, stated.printed, place)
        else:
            general.append(stated.end)
    days = {day for day, _, _ in by_annex.values()}
    if not general and len(days) == 1 and by_annex.keys() == annexes:  # every annex says the same
        return StatedDays(days.pop(), {})
    return StatedDays(max(general, default=None), by_annex)


def _lines(document: Document) -> Iterator[tuple[str, str, str]]:
    """Each paragraph and each cell of a table's header with the annex it belongs to; no annex before the first."""
    annex = ""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            annex = (annex_title(block.text) if _MAY_BE_TITLE.search(block.text) else None) or annex
            yield annex, tidy(block.text), block.place
        elif (header := read_header(block)) is not None:
            annex = annex or "Bảng 1"
            yield annex, "", ""
            for row in block.rows[: header.height]:
                yield from ((annex, tidy(cell), row.place) for cell in row.cells)


def _speaks_of_all(text: str) -> bool:
    """Whether a line says nothing but of when the figures are."""
    short = len(text) <= _LONGEST_NOTE and any(character.isdigit() for character in text)
    return short and set(words(without_windows(text)).split()) <= _ABOUT_FIGURES


def _window(texts: list[str], period: Period) -> tuple[date | None, date | None]:
    """The window of the title, of the opening sentence or of a line about nothing else; else of the parts' headings."""
    title = takewhile(lambda text: _HEADING.match(text) is None, title_of(texts)[:_TITLE_LINES])
    general = [" ".join(title)]
    general += [text for text in texts if fold(text).rstrip(" :.").endswith("nhu sau") or _speaks_of_all(text)]
    for text in general:
        for window in windows_in(text, period):
            if _overlaps(window, period):
                return window.start, window.end
    return _window_of_parts([text for text in texts if _is_heading(text)], period)


def _window_of_parts(headings: list[str], period: Period) -> tuple[date | None, date | None]:
    """`PHẦN I. … TỪ NGÀY … ĐẾN NGÀY …`, `PHẦN II. … SAU NGÀY …`: from the first to the end that the last has."""
    stated = (next(windows_in(text, period), None) or day_from(text, period) for text in headings)
    parts = [part for part in stated if part is not None and part.start is not None and _overlaps(part, period)]
    if not any(part.end for part in parts):
        return None, None
    starts = [part.start for part in parts if part.start]
    last = max(parts, key=lambda part: part.start or date.min)
    return min(starts), last.end


def _is_heading(text: str) -> bool:
    words_in_it = len(text.split())
    return words_in_it <= _HEADING_WORDS and (_HEADING.match(text) is not None or text.isupper())


def _overlaps(window: Window, period: Period) -> bool:
    if window.start is None:
        return False
    return window.start <= period.window_end and (window.end is None or window.end > period.window_start)
