"""What a value column's heading tells beside its period: nothing, whose figures they are, or what nobody knows.

`Số liệu` and `Kết quả 6 tháng đầu năm 2024` are figures of the report; of `Số liệu thẩm định` and `Số liệu mới` nobody
can tell whether they are, where another column stands beside.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from loaders.annex_headings import owner_in_heading
from loaders.names import spelt, written_so
from loaders.periods import CUT_ELSEWHERE, without_dates
from loaders.units import Unit, ancestors, units_named, written_names
from loaders.windows import Window, day_from, day_up_to, windows_in
from warehouse.model import Level
from warehouse.periods import Period, Span
from warehouse.text import fold, tidy, words

# Folded words that say that figures stand here, and of when; what is left of a heading is unknown.
_KNOWN = re.compile(
    r"\b(?:so lieu|ket qua|kq|gia tri|so luong|sl|(?:so|da) thuc hien|thong ke"
    r"|tong(?: so| cong)?|(?<!\w )th|th(?= nam\b)|(?:uoc )?thuc hien(?: ke hoach)?|dat duoc|luy ke"
    r"|phat sinh|(?:trong )?quy$"
    r"|(?:nam|ky|quy) (?:bao cao|nay)|bao cao|tai thoi diem|tinh|ke|trong|ca|cua|tu|den|va|dau|cuoi|nua|nam|ky"
    r"|(?:0?[369]|12) thang|thang|ngay|qu[yi] (?:iv|i{1,3}|[1-4])|iv|i{1,3}|20\d\d)\b"
)
_OWNERS: dict[Level, str] = {
    "province": r"tỉnh|thành phố",
    "district": r"huyện|quận|thị xã|thành phố",
    "commune": r"(?<!thị )xã(?! hội)|phường|thị trấn|đặc khu",
}
_UNACCENTED_OWNERS: dict[Level, str] = {
    "province": r"tinh|thanh pho",
    "district": r"huyen|quan|thi xa|thanh pho",
    "commune": r"xa|phuong|thi tran|dac khu",
}
# Not `đến tháng 6`, `hết tháng 6`, which is a last day, nor `ngày 14 tháng 6`.
_MONTH = re.compile(
    r"(?<!\d )(?<!\bden )(?<!\bhet )(?<!\bcuoi )(?<!\bdiem )(?<!\btu )\bthang (?:0?[1-9]|1[0-2])\b(?! va (?:ca )?nam\b)"
)
_MONTHS_FROM_TO = re.compile(
    r"\bthang\s*(?P<first>\d{1,2})(?:[\s/.-]*(?:nam\s*)?(?P<year>20\d\d))?\s*(?:[-–—]|\b(?:den|toi|va)\b)\s*"
    r"(?:(?:het|cuoi)\s*)?(?:thang\s*)?(?P<last>\d{1,2})\b(?:[\s/.-]*(?:nam\s*)?(?P<last_year>20\d\d))?"
)
_YEAR_SO_FAR = re.compile(r"\btu dau nam\b")
_LENGTH_AND_LAST: dict[Span, tuple[int, int]] = {
    **{"Q1": (3, 3), "Q2": (3, 6), "Q3": (3, 9), "Q4": (3, 12)},
    **{"6M": (6, 6), "9M": (9, 9), "12M": (12, 12)},
}
_WHOLE_COUNTRY = re.compile(r"\b(?:toàn quốc|cả nước|toan quoc|ca nuoc)\b")
_BEFORE_OWNER = r"\b(?:cua|toan|cap|ubnd|dia ban)(?: cac)?"  # of whom, where `tinh` may as well be a verb


def is_plain(label: str) -> bool:
    """Whether a heading says no more than that figures stand here, and of when."""
    return re.search(r"\w|%", _KNOWN.sub(" ", without_dates(label))) is None


def names_other_months(label: str, span: Span) -> bool:
    """Whether a heading that names no span of ours names a month, or from which to which: `Số liệu tháng 6/2024`.

    As many months as the report's are the report's own, be they cut a month early (`tháng 12/2023 – tháng 5/2024`).
    """
    printed = fold(tidy(label))
    if match := _MONTHS_FROM_TO.search(printed):
        first, last = int(match["first"]), int(match["last"])
        length, end = _LENGTH_AND_LAST[span]
        years = int(match["last_year"]) - int(match["year"]) if match["year"] and match["last_year"] else last < first
        return last - first + 12 * years + 1 != length or end - last not in {0, 1}
    key = words(label)
    return _YEAR_SO_FAR.search(key) is None and _MONTH.search(key) is not None


def states_other_days(label: str, period: Period, since: date | None = None) -> bool:
    """Whether a heading counts from or up to a day that is far from that of the period (`is_far_from`)."""
    stated = [*windows_in(label, period), day_from(label, period), day_up_to(label, period)]
    return any(is_far_from(period, window, since) for window in stated if window)


def is_far_from(period: Period, window: Window, since: date | None = None) -> bool:
    """Whether the first or the last day of a window lies more than a month from that of the period.

    A unit that was made `since` counts from then.
    """
    first = max(period.window_start, since or period.window_start)
    edges = ((window.start, first), (window.end, period.window_end))
    return any(stated is not None and abs(stated - nominal) > CUT_ELSEWHERE for stated, nominal in edges)


def names_another_owner(label: str, level: Level) -> bool:
    """Whether a heading names units of other levels than the reporter's: `Số liệu toàn tỉnh` in a commune's report."""
    printed = tidy(label).lower()
    if _WHOLE_COUNTRY.search(printed):
        return True
    if printed.isascii():
        return _names_other(rf"{_BEFORE_OWNER} (?:%s)\b", printed, level, _UNACCENTED_OWNERS)
    return _names_other(r"\b(?:%s)\b", printed, level, _OWNERS)


def without_address(label: str, unit: Unit) -> str:
    """A heading without where the reporter lies, which it says behind its name: `xã Hoằng Hợp, huyện Hoằng Hóa`."""
    name, _, address = label.partition(",")
    is_own = _is_spelt_in(unit, name) and any(_is_spelt_in(above, address) for above in ancestors(unit))
    return name if is_own else label


def names_another_unit(label: str, unit: Unit, day: date) -> bool:
    """Whether a heading names another unit than the reporter, with its kind or by its capitals: `Số liệu Hoằng Đức`."""
    owner = owner_in_heading(label, unit, day)
    if owner is not None and (label.isascii() or _is_spelt_in(owner, label)):
        return True
    if label.isupper():
        return False
    named = [found for name in _names_in(tidy(label)) if (found := _valid_units(name, day))]
    is_own = any(unit in units for units in named)
    above = ancestors(unit) if is_own else []
    return any(unit not in units and not any(one in above for one in units) for units in named)


def _is_spelt_in(unit: Unit, label: str) -> bool:
    """Whether a name of the unit stands in a heading with its accents: `xã tự chấm` is no xã Tư."""
    return any(f" {spelt(name)} " in f" {spelt(label)} " for name in written_names(unit))


def _names_in(printed: str) -> Iterator[str]:
    """Runs of at least two words with capitals, which no other mark parts."""
    for part in re.split(r"[^\w ]", printed):
        for capital, run in groupby(part.split(), key=lambda word: word[0].isupper()):
            name = list(run)
            if capital and len(name) > 1:
                yield " ".join(name)


def _valid_units(name: str, day: date) -> list[Unit]:
    """The units that a name of several words means on a day, as it is spelt."""
    found = tuple(unit for unit in units_named(words(name)) if unit.valid_on(day))
    return list(written_so(found, name))


def _names_other(pattern: str, printed: str, level: Level, owners: dict[Level, str]) -> bool:
    others = "|".join(kinds for one, kinds in owners.items() if one != level)
    return re.search(pattern % others, re.sub(pattern % owners[level], " ", printed)) is not None
