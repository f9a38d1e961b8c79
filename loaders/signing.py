"""The day on which a report was signed: that of its dateline, else the one under which its annexes are attached."""

import re
from collections.abc import Iterable
from datetime import date

from loaders.annexes import spoken_texts
from loaders.document import Document
from warehouse.text import tidy

_DATE = r"(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})(?!\d)"
_LONG_DATE = r"(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})\b"
_DATELINE = re.compile(rf"^[^,;:()]{{2,60}},\s*ngày\s*{_LONG_DATE}\W*$", re.IGNORECASE)
_ATTACHED = re.compile(
    rf"kèm theo\s+báo cáo\s+số:?\s*(?P<number>[^\s()]*?/BC[-\w]*)\s+ngày\s*"
    rf"(?:{_LONG_DATE}|{_DATE})",
    re.IGNORECASE,
)


def signing_day(document: Document) -> date | None:
    """The day a document was signed; null where it states none."""
    texts = said_texts(document)
    signed = next((_day(*match.groups()) for text in texts if (match := _DATELINE.match(text))), None)
    if signed is not None or (attached := attachment(texts)) is None:
        return signed
    day, month, year = (part for part in attached.groups()[-6:] if part is not None)
    return _day(day, month, year)


def attachment(texts: Iterable[str]) -> re.Match[str] | None:
    """`Kèm theo Báo cáo số … ngày …` of this report; a form's own legal basis names a number it lacks."""
    found = (match for text in texts if (match := _ATTACHED.search(text)))
    return next((match for match in found if match["number"][0].isdigit()), None)


def said_texts(document: Document) -> list[str]:
    """The lines outside the annexes, then every paragraph as a whole."""
    return [*map(tidy, spoken_texts(document)), *(tidy(paragraph.text) for paragraph in document.paragraphs)]


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
