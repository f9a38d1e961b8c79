"""What a value column's heading tells beside its period: nothing, whose figures they are, or what nobody knows.

`Số liệu` and `Kết quả 6 tháng đầu năm 2024` are figures of the report; of `Số liệu thẩm định` and `Số liệu mới` nobody
can tell whether they are, where another column stands beside.
"""

import re

from loaders.periods import without_dates
from warehouse.model import Level
from warehouse.text import tidy

# Folded words that say that figures stand here, and of when; what is left of a heading is unknown.
_KNOWN = re.compile(
    r"\b(?:so lieu|ket qua|gia tri|so luong|thong ke|tong so|(?:uoc )?thuc hien(?: ke hoach)?|dat duoc|luy ke"
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
_WHOLE_COUNTRY = re.compile(r"\b(?:toàn quốc|cả nước|toan quoc|ca nuoc)\b")
_BEFORE_OWNER = r"\b(?:cua|toan|cap|ubnd|dia ban)(?: cac)?"  # of whom, where `tinh` may as well be a verb


def is_plain(label: str) -> bool:
    """Whether a heading says no more than that figures stand here, and of when."""
    return re.search(r"\w|%", _KNOWN.sub(" ", without_dates(label))) is None


def names_another_owner(label: str, level: Level) -> bool:
    """Whether a heading names units of other levels than the reporter's: `Số liệu toàn tỉnh` in a commune's report."""
    printed = tidy(label).lower()
    if _WHOLE_COUNTRY.search(printed):
        return True
    if printed.isascii():
        return _names_other(rf"{_BEFORE_OWNER} (?:%s)\b", printed, level, _UNACCENTED_OWNERS)
    return _names_other(r"\b(?:%s)\b", printed, level, _OWNERS)


def _names_other(pattern: str, printed: str, level: Level, owners: dict[Level, str]) -> bool:
    others = "|".join(kinds for one, kinds in owners.items() if one != level)
    return re.search(pattern % others, re.sub(pattern % owners[level], " ", printed)) is not None
