"""The numbers in a sentence that may be figures: not its dates, document numbers, levels of service or years.

A plain statement that there is none (`không có hồ sơ trễ hạn`) counts as a number too: zero.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from loaders.cells import vietnamese_number
from loaders.narrative.lexicon import Token

_DATE = r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{2,5})?"
_LONG_DATE = r"\d{1,2}\s+thang\s+\d{1,2}(?:\s+nam\s+\d{4})?"
_LEGAL = ("nghi dinh", "quyet dinh", "nghi quyet", "chi thi", "thong tu", "cong van", "de an", "luat", "dieu", "khoan")
_STANDARDS = ("phu luc", "bieu mau", "iso", "tcvn", "quoc gia")


def _behind(*words: str) -> str:
    """The place right behind one of these words: a number there belongs to the word."""
    return "(?:" + "|".join(f"(?<=\\b{word} )" for word in words) + ")"


_NUMBERED = [f"{word}{sign}" for word in (*_LEGAL, *_STANDARDS) for sign in ("", " so", " so:")]
# Every line starts at a digit, so that the text between the numbers costs nothing.
_NOT_FIGURES = re.compile(
    r"(?=\d)(?<![\d.,])(?:"
    + "|".join(
        (
            r"\d[\w.]*(?:/\d{4})?/[a-z][\w-]*",  # 67/2017/QĐ-UBND
            r"\d+-[a-z]{2,}(?:[/-]\w+)*",  # 19-NQ/TW
            r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4,5}\b",
            r"\d{1,2}\s*/\s*20\d\d\b",
            r"20\d\d\s*[–-]\s*20\d\d\b",
            r"\d+\s+(?:thang|ngay|gio|phut|tuan|nam)\b|[23] cap\b",
            _behind("ngay", "tu", "den", "truoc", "sau", "het", "toi", "vao", "-", "–")
            + r"\d{1,2}\s*[/.-]\s*\d{1,2}(?![\d.]|\s*/\s*\d{3})",
            _behind("ngay", "thang", "quy", "tuan", "khoa", "lan thu")
            + r"\d{1,2}(?![.,]?\d)(?! ?(?:ho so|hs|nhiem vu)\b)",
            _behind("nam") + r"20\d\d\b",
            _behind("muc do", "muc") + r"[34]\b(?:(?: ?[,/&] ?| va )(?:muc do |muc )?4\b)?(?![.,]\d)",
            _behind("thu") + r"[2-7]\b",
            _behind(*_NUMBERED) + r"[\d:.]+",
            r"(?<=\[)\d+\]",
        )
    )
    + ")"
)
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?: \d{3})+(?= ?(?:ho so|hs)\b)|\d+(?:[.,]\d+)?)"
    r"(?!\w|[.,]\d)(?P<percent>\s?%)?"
)
_OVER = re.compile(r"\s*(?:(?:\w+ ){0,2}\w+)?\s*(?:/|tren)\s*(?:tong(?: so| cong)?)?\s*")
_NO = re.compile(r"(?<=: )(khong)(?=\s*(?:[.;,)]|$))")
_NEGATION = re.compile(r"\b(?:khong|chua)\b")
_WINDOW = re.compile(
    rf"\btu (?:ngay )?(?:{_LONG_DATE}|{_DATE}) ?(?:den|-|–) ?(?:het )?(?:ngay )?(?:{_LONG_DATE}|{_DATE})"
    rf"|\b(?:tinh |so lieu )?(?:den|toi) (?:het )?thang \d{{1,2}}(?:/\d{{4}})?"
    rf"|\b(?:tinh |so lieu )?(?:den|toi) (?:het )?quy (?:iv|i{{1,3}}|[1-4])(?:[/ ]\d{{4}})?"
    rf"|\b(?:tinh |so lieu )?(?:den|toi) (?:het )?(?:ngay )?(?:{_LONG_DATE}|{_DATE})"
    rf"|\b(?:truoc|sau|tu) (?:thoi diem )?(?:ngay )?(?:{_LONG_DATE}|\d{{1,2}}/\d{{1,2}}/\d{{4}})"
)
_SPAN = re.compile(
    r"\b(?P<months>0?[369]|\d{1,2}(?=\s+thang (?:dau|cuoi|qua)\b)|1[0-2](?=\s+thang nam\b))\s+thang"
    r"(?: (?:dau|cuoi) nam)?"
    r"|\bquy (?P<quarter>iv|i{1,3}|[1-4])\b|\bthang \d{1,2}\b(?:/\d{4})?"
    r"|\b(?P<sum>luy ke|tu dau nam)\b"
    r"|\b(?:moi|binh quan|trung binh|binh quan moi|trung binh moi) (?:thang|tuan|ngay|quy)\b"
    r"|\b(?:dot|thang|tuan) (?:cao diem|le)\b|\btuan (?:qua|nay)\b"
    r"|\b(?:trong|rieng) ngay \d{1,2}(?:/\d{1,2}(?:/\d{4})?)?"
    r"|(?:^|[;.(:,] ?|\b(?:trong|ca) )(?:giai doan|nhiem ky) 20\d\d(?: ?[–-] ?20\d\d)?\b"
    r"|\btu (?:nam 20\d\d|dau nhiem ky|dau giai doan|khi (?:van hanh|thanh lap|hoat dong|trien khai|di vao|co)\b)"
)
_IN_DATE = re.compile(r"\bngay \d{1,2} (?:thang \d{1,2} )?$")
_COMPARED = re.compile(r"\b(?:cung ky|so voi)(?: \w+)? $")
_YEAR = re.compile(r"\bnam (?P<year>20\d\d)\b(?!\s*[–-])")
_QUALIFIER = re.compile(r"(?:^|\W)(tren|hon|gan|khoang|duoi|xap xi|uoc|toi thieu|it nhat)(?: dat| khoang)?\W*$")
_ABOVE = re.compile(r"\W*(tro len)\b")

Kind = Literal["number", "percent", "nothing"]


@dataclass(frozen=True)
class Mark:
    """A number as printed, and where it stands."""

    kind: Kind
    start: int
    end: int
    raw: str
    value: Decimal


def may_state_a_figure(folded: str) -> bool:
    """Whether a sentence holds a number at all: most hold only dates and document numbers."""
    return _NUMBER.search(_bare(folded)) is not None or _NEGATION.search(folded) is not None


def marks_of(text: str, folded: str, tokens: Sequence[Token]) -> list[Mark]:
    """The numbers of a sentence that may be figures, from left to right."""
    marks = [*_numbers(text, _bare(folded)), *_nothings(text, folded, tokens)]
    return sorted(marks, key=lambda mark: mark.start)


def is_whole(between: str) -> bool:
    """Whether the text between two numbers makes the second the whole of the first: `/`, ` hồ sơ/tổng số `."""
    return _OVER.fullmatch(between) is not None


def qualifier_before(text: str, folded: str, start: int, end: int) -> str | None:
    """The word that makes a number a bound or an estimate: `trên` in `trên 98%`."""
    if match := _QUALIFIER.search(folded, max(0, start - 20), start):
        return text[match.start(1) : match.end(1)]
    match = _ABOVE.match(folded, end)
    return text[match.start(1) : match.end(1)] if match else None


@lru_cache(maxsize=512)
def windows(folded: str) -> tuple[tuple[int, int], ...]:
    """Where a text names a window or an as-of date: `từ ngày 01/7 đến 30/11/2025`, `đến hết tháng 11/2025`."""
    return tuple(match.span() for match in _WINDOW.finditer(folded))


def spans(folded: str) -> Iterator[re.Match[str]]:
    """Where a text names a month, a quarter or some months of the year, outside its dates and windows."""
    taken = windows(folded)
    for match in _SPAN.finditer(folded):
        if not _IN_DATE.search(folded, max(0, match.start() - 10), match.start()) and not any(
            start <= match.start() < end for start, end in taken
        ):
            yield match


def years(folded: str) -> Iterator[tuple[int, int]]:
    """Each `năm 2023` with its place; neither the year of a full date nor one that is compared with counts."""
    for match in _YEAR.finditer(folded):
        left = max(0, match.start() - 20)
        if not _IN_DATE.search(folded, left, match.start()) and not _COMPARED.search(folded, left, match.start()):
            yield match.start(), int(match["year"])


def _bare(folded: str) -> str:
    return _NOT_FIGURES.sub(lambda match: "~" * len(match[0]), folded)


def _numbers(text: str, bare: str) -> Iterator[Mark]:
    for match in _NUMBER.finditer(bare):
        percent = match["percent"] is not None
        value = vietnamese_number(match["number"], percent)
        if value is not None:
            kind: Kind = "percent" if percent else "number"
            yield Mark(kind, match.start(), match.end(), text[match.start() : match.end()], value)


def _nothings(text: str, folded: str, tokens: Sequence[Token]) -> Iterator[Mark]:
    places = {(token.start, token.end) for token in tokens if token.group == "nothing"}
    for start, end in places | {match.span() for match in _NO.finditer(folded)}:
        yield Mark("nothing", start, end, text[start:end], Decimal(0))
