"""What the heading of a column says that it holds: codes, labels, units of measure, remarks or values."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from loaders.readers.layout import LABEL_HEAD, YEAR
from warehouse.text import tidy, words

SAYS_NOTHING = re.compile(r"^(so lieu|ket qua( thong ke| thuc hien)?|gia tri|so luong|thong ke|kq|sl)$")

# A value column only where a header has no other: `Tổng số`, or years (`2024 | 2025`).
_TOTAL = re.compile(r"^tong( so| cong)?$")
SHARE = re.compile(r"^(?=.*[%a-z])(?:t[ỷỉ] lệ|ty le|ti le|phần trăm)?\W*%?\W*$")

Role = str  # "code", "label", "unit", "note" or "value"

_ROLE_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("code", re.compile(r"^(s ?t ?t|t ?t|so tt|so thu tu|thu tu|ma so|ma|muc)$")),
    ("unit", re.compile(r"^(don vi tinh|dvt|don vi)$")),
    ("note", re.compile(r"^ghi chu")),
    ("label", re.compile(LABEL_HEAD)),
    (
        "value",
        re.compile(
            r"^(so lieu|ket qua|gia tri|so luong|quy (i|ii|iii|iv|[1-4])\b|0?[369] thang|nam\b|ca nam|"
            r"tong so trong nam|(phat sinh )?(trong )?ky\b|((phat sinh )?trong quy|quy)( nay| bao cao)?$|thuc hien|"
            r"(uoc )?thuc hien|luy ke|cung ky|so voi|ke hoach\b|tang giam|"
            r"(sl|(so|da) thuc hien|thong ke|con so|so bao cao)$|kq\b|th nam\b|(0?[369]|12) ?t\b"
            r"|kh( (nam|quy|giao|duoc giao|20\d\d|i{1,3}|iv|[1-4]))*$|th( (quy|0?[369] thang|20\d\d)\b.*)?$)"
        ),
    ),
)


@lru_cache(maxsize=1 << 14)  # the same labels and figures stand in file after file
def role_of(cell: str) -> Role | None:
    """The role that a cell names as a heading; null for any other text."""
    key = words(cell)
    return next((role for role, pattern in _ROLE_WORDS if pattern.match(key)), None)


def roles_of(cells: Sequence[str]) -> dict[int, Role | None]:
    """The roles that a row's cells name; `Nam` beside `Nữ` is no year."""
    by_sex = any(words(cell) == "nu" for cell in cells)
    roles = {at: None if by_sex and words(cell) == "nam" else role_of(cell) for at, cell in enumerate(cells)}
    found = set(roles.values())
    if "label" not in found or "value" in found or not found & {"code", "unit"}:
        return roles
    return roles | dict.fromkeys(
        _lone_values({at: cells[at] for at, role in roles.items() if cells[at] and not role}), "value"
    )


def _lone_values(unknown: Mapping[int, str]) -> Sequence[int]:
    """Which of the headings of no known role are values where none is known to be: a single total, or years."""
    printed = {at: text for at, text in unknown.items() if not SHARE.match(tidy(text).lower())}
    if len(printed) == 1 and all(_TOTAL.match(words(text)) for text in printed.values()):
        return list(printed)
    return list(printed) if all(map(YEAR.match, printed.values())) else []
