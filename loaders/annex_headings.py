"""What the heading of an annex names: the period its figures are of, and the unit whose they are.

Plans, decisions and what the figures are compared with have years and units of their own: `Kết quả thực hiện Kế hoạch
CCHC năm 2024` heads the annex of any report of that year, `Kết quả liên kết với xã Hoằng Đức` one of any commune.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.mentions import Mention, mentions_in
from loaders.narrative.passages import line_of
from loaders.periods import period_in, without_dates
from loaders.units import Unit, lies_in
from warehouse.model import LEVELS
from warehouse.periods import Period
from warehouse.text import tidy

_NO_SPAN = r"(?:(?!\b(?:quy|thang|bao cao)\b)[^.;:()])"
# A year behind these words is theirs; `kế hoạch quý I năm 2024` still names a quarter.
_OF_ITS_OWN = re.compile(
    rf"\b(?:ke hoach|chuong trinh|quyet dinh|nghi quyet|nghi dinh|thong tu|de an|cong van)\b"
    rf"{_NO_SPAN}{{0,120}}?\bnam 20\d\d\b"
    r"(?: ?[-–] ?20\d\d\b)?"
    r"|\bso:? ?[\d…_.]* ?/ ?[a-z0-9/-]+,? nam 20\d\d\b"
)
_COMPARED = re.compile(
    r"\b(?:so sanh(?: voi)?|so voi|cung ky)\b[^.;:()]{0,120}?(?:\b20\d\d\b|(?=[.;:()])|$)(?:\s*\((?:tu|den)\b[^()]*\))?"
)
_REPORT_OF_YEAR = re.compile(r"\bbao cao\b[^.;:()]{0,120}\bnam 20\d\d\b")
_SPAN = re.compile(r"\b(?:quy|thang)\b")
_WHOLE_YEAR = re.compile(r"\bnam 20\d\d\b")
_ASIDE = re.compile(
    r"\b(?:theo(?! bao cao)|so voi|so sanh voi|can cu|phoi hop|lien ket|ket nghia|voi|gui|ke hoach|quyet dinh)\b"
)
_LEADS_TEXT = """
so lieu thong ke bieu mau phu luc don vi tong hop bao cao ket qua cong tac cchc cai cach hanh chinh giai quyet thuc hien
thu tuc tthc ho so tinh hinh bang danh sach tai o cua rieng va ubnd uy ban nhan dan kem theo ten co quan
"""
_LEADS = frozenset(_LEADS_TEXT.split())
_MOST_WORDS = 45
_LONGEST_NAME = 4  # words


@dataclass(frozen=True)
class HeadedPeriod:
    """The period a heading names; `sure` unless it is a bare year, which may be said of a part of the year too."""

    period: Period
    sure: bool


def said_of_figures(text: str) -> str:
    """What a heading says less the years and days of plans, decisions and comparisons."""
    line = line_of(tidy(text))
    cut = sorted(match.span() for pattern in (_COMPARED, _OF_ITS_OWN) for match in pattern.finditer(line.folded))
    kept, position = "", 0
    for start, end in cut:
        kept += line.text[position : max(start, position)] + " "
        position = max(position, end)
    return tidy(kept + line.text[position:])


def period_of_heading(text: str) -> HeadedPeriod | None:
    """The period of the figures under a heading; null where it names none but of plans and comparisons."""
    kept = said_of_figures(text)
    period = period_in(kept)
    if period is None:
        return None
    bare = without_dates(kept)
    year_alone = period.span == "12M" and _WHOLE_YEAR.search(bare) is not None and not _SPAN.search(bare)
    return HeadedPeriod(period, not year_alone or _REPORT_OF_YEAR.search(bare) is not None)


def owner_in_heading(text: str, unit: Unit, day: date) -> Unit | None:
    """A unit of the reporter's level or below it that a heading names as the owner instead of the reporter.

    Of several of the name it is one inside the reporter, else one beside it.
    """
    for mention in _mentions(text, day):
        named = mention.units or mention.gone
        lower = [one for one in named if LEVELS.index(one.level) >= LEVELS.index(unit.level)]
        if lower and _owns(mention) and not any(one.short_name == unit.short_name for one in named):
            return min(lower, key=lambda one: (not lies_in(one, unit), one.parent_code != unit.parent_code))
    return None


def names_a_unit(text: str, day: date) -> bool:
    """Whether a heading names a unit as the owner, be it the reporter."""
    return any((one.units or one.gone) and _owns(one) for one in _mentions(text, day))


def with_kinds(text: str) -> Iterator[str]:
    """A heading of two to four words with capitals, each as it would be the name of a commune: `Nam Giang`."""
    name = text.split()
    if 2 <= len(name) <= _LONGEST_NAME and all(word.isalpha() and word[0].isupper() for word in name):
        yield from (f"{kind} {text}" for kind in ("xã", "phường", "thị trấn"))


def is_nothing_but_a_unit(text: str, day: date) -> bool:
    """Whether a text is the name of a unit and nothing more."""
    return any((one.units or one.gone) and one.to_end and not one.before for one in _mentions(text, day))


def _mentions(text: str, day: date) -> Iterator[Mention]:
    """The units named in what is short enough for a heading."""
    return mentions_in([tidy(text)], day) if len(text.split()) <= _MOST_WORDS else iter(())


def _owns(mention: Mention) -> bool:
    """Whether a unit is named as whose something is: behind `của`, as a committee, or at the start of a statement."""
    before = mention.before.split()
    last = max((number for number, word in enumerate(before, start=1) if word.isdigit()), default=0)
    if set(before[last:]) <= _LEADS:
        return True
    if _ASIDE.search(mention.before):
        return False
    return mention.committee or before[-1] == "cua"
