"""What the heading of a column says that it holds: codes, labels, units of measure, remarks or values."""

import re
from functools import lru_cache

from loaders.readers.layout import LABEL_HEAD
from warehouse.text import words

SAYS_NOTHING = re.compile(r"^(so lieu|ket qua( thong ke| thuc hien)?|gia tri|so luong|thong ke|kq|sl)$")

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
            r"(sl|(so|da) thuc hien|thong ke|con so|so bao cao)$|kq\b|th nam\b|(0?[369]|12) ?t\b)"
        ),
    ),
)


@lru_cache(maxsize=1 << 14)  # the same labels and figures stand in file after file
def role_of(cell: str) -> Role | None:
    """The role that a cell names as a heading; null for any other text."""
    key = words(cell)
    return next((role for role, pattern in _ROLE_WORDS if pattern.match(key)), None)
