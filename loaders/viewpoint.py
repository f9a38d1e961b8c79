"""Labels from the reporter's point of view: the tier of a body in them as above, own or below.

`UBND huyện giao` is work from above in a commune's report and the reporter's own doing in a district's: who assigns or
sends to whom is told by tiers, and a tier means nothing until it is known whose report it is.
"""

import re
from functools import cache

from warehouse.model import LEVELS, Level
from warehouse.text import words

ABOVE, OWN, BELOW = "cap tren", "cap minh", "cap duoi"
_BODY = r"\b(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan|cap) "
# A city may be a province or a district: only to a commune and to a province is it certain where it stands.
_KINDS: dict[Level, str] = {
    "province": "tinh",
    "district": "huyen|quan|thi xa",
    "commune": "xa|phuong|thi tran|dac khu",
}
_CITY = "thanh pho|tp"


def seen_from(level: Level, label: str) -> str:
    """The folded label as a reporter of that level means it."""
    text = as_told(label)
    for pattern, place in _patterns(level):
        text = pattern.sub(place, text)
    return text


def as_told(label: str) -> str:
    """The folded label of one who speaks of no tier in particular: the reporting one is the own one."""
    return words(label).replace("cap bao cao", OWN)


@cache
def _patterns(level: Level) -> list[tuple[re.Pattern[str], str]]:
    position = LEVELS.index(level)
    places = {tier: ABOVE if at < position else OWN if at == position else BELOW for at, tier in enumerate(LEVELS)}
    kinds = _KINDS if level == "district" else {**_KINDS, "province": f"{_KINDS['province']}|{_CITY}"}
    return [(re.compile(f"{_BODY}(?:{kinds[tier]})\\b"), places[tier]) for tier in LEVELS]
