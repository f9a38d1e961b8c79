"""What only the document itself can show to be wrong: dates that do not exist, a name that is not the
unit's, percentages beside parts that do not give them, annexes that are cited and not there."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rapidfuzz import fuzz

from loaders.abbreviations import spoken
from loaders.annexes import Annex
from loaders.document import Document
from loaders.senders import misplaced_under
from loaders.text_rates import wrong_percentages
from loaders.text_shares import wrong_shares
from loaders.units import Unit, described
from loaders.window_remarks import exists, mistyped_days
from warehouse.model import Remark
from warehouse.periods import Period
from warehouse.text import fold, tidy

_SHORT_DATE = re.compile(r"(?<![\d/.,])(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?(\d{4,6})(?![\d/])")
_LONG_DATE = re.compile(r"\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4,6})\b", re.IGNORECASE)
_DATELINE = re.compile(r"^\W*(?P<name>[^,;:()\d]{2,40}?)\s*,\s*ngày\b", re.IGNORECASE)
_ATTACHED = re.compile(
    r"đính kèm\s+(?:theo\s+)?(?P<annex>(?:phụ lục|biểu mẫu)\s+(?:số\s+)?\d{1,2}[a-zđ]?)\s*(?=[).;,]|$)", re.IGNORECASE
)
_BEFORE_DAY = re.compile(r"^ngày\s+", re.IGNORECASE)
_NEARLY_THE_NAME = 80.0


def remarks_on(document: Document, unit: Unit, period: Period, annexes: Sequence[Annex] = ()) -> tuple[Remark, ...]:
    """The remarks on a document of `unit` and `period` that holds these annexes, kind by kind in reading order."""
    return (
        *_impossible_dates(document, period),
        *_other_names(document, unit),
        *_other_parent(document, unit, period),
        *wrong_percentages(document),
        *wrong_shares(document),
        *_missing_annexes(document, annexes),
    )


def _missing_annexes(document: Document, annexes: Sequence[Annex]) -> Iterator[Remark]:
    """Annexes that the text says are attached, where others of their kind are and they are not; each once."""
    there = {_annex_key(annex.name): annex.name for annex in annexes}
    told: set[str] = set()
    for paragraph in document.paragraphs:
        for match in _ATTACHED.finditer(tidy(paragraph.text)):
            key = _annex_key(match["annex"])
            alike = any(one.split()[:-1] == key.split()[:-1] for one in there)
            if alike and key not in there.keys() | told:
                told.add(key)
                found = ", ".join(there.values())
                yield Remark("annex_missing", paragraph.place, {"printed": match["annex"], "found": found})


def _annex_key(name: str) -> str:
    """`Phụ lục 01b` and `Phụ lục số 1B` are one annex."""
    return re.sub(r"\b(?:so\s+)?0*(?=\w)", "", fold(name)) if name else ""


def _impossible_dates(document: Document, period: Period) -> Iterator[Remark]:
    """Days that do not exist, with what they must have been where a window shows it."""
    for paragraph in document.paragraphs:
        readings = {tidy(printed).lower(): day for printed, day in mistyped_days(paragraph.text, period)}
        for pattern in (_SHORT_DATE, _LONG_DATE):
            for match in pattern.finditer(paragraph.text):
                if not exists(match[0]):
                    printed = _BEFORE_DAY.sub("", tidy(match[0]))
                    hint = _hint(readings.get(printed.lower()))
                    yield Remark("impossible_date", paragraph.place, {"printed": tidy(match[0]), **hint})


def _hint(day: date | None) -> dict[str, str]:
    if day is None:
        return {}
    return {"hint_vi": f", chỉ có thể là {day:%d/%m/%Y}", "hint_en": f"; it can only be {day:%d %b %Y}"}


def _other_parent(document: Document, unit: Unit, period: Period) -> Iterator[Remark]:
    """A letterhead or recipient of another district or province than the unit lies in."""
    if named := misplaced_under(unit, spoken(document), period.window_end):
        names = {"printed": named.name, "unit_name": described(unit, period.window_end)}
        yield Remark("parent_differs", "report", names)


def _other_names(document: Document, unit: Unit) -> Iterator[Remark]:
    """A dateline that nearly bears the unit's name is a slip; another place's name (the seat) is not."""
    for paragraph in document.paragraphs:
        match = _DATELINE.match(tidy(paragraph.text))
        if not match:
            continue
        printed, name = match["name"].strip(), unit.short_name
        alike = fuzz.ratio(fold(printed), fold(name)) >= _NEARLY_THE_NAME
        if alike and tidy(printed).lower() != tidy(name).lower():
            yield Remark("name_differs", paragraph.place, {"printed": printed, "unit_name": unit.name})
