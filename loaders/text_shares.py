"""Percentages of the running text that stand behind one number, of a total named before: `365 người (đạt 91,4%)`.

The total is what a line of the same list, or the same paragraph before, calls `Tổng số` and counts in the same noun.
Where any number before gives the percentage, that number is its whole and nothing is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from loaders.cells import vietnamese_number
from loaders.document import Document
from loaders.narrative.passages import Passage, passages_of
from loaders.text_rates import compared, judged
from warehouse.model import Remark

_NUMBER = r"(?<![\d/.,])(?:\d{1,3}(?:\.\d{3})+|\d+)(?![\d/]|[.,]\d|\s?%)"
_NOUN = r"hồ sơ|người|đồng chí|thủ tục|tthc|đơn vị|cơ quan|văn bản|nhiệm vụ|phiếu|xã|thôn|biên chế"
_TOTAL = re.compile(
    rf"\btổng(?: số)?\b[^.;:()\d%]{{0,90}}?:?\s*(?P<number>{_NUMBER})\s+(?P<noun>{_NOUN})\b", re.IGNORECASE
)
_SHARE = re.compile(
    rf"(?P<number>{_NUMBER})\s+(?P<noun>{_NOUN})\s*[,(]\s*"
    r"(?:(?:đạt|chiếm|bằng)\s+)?(?:(?:tỷ|tỉ) lệ\s+(?:[^\W\d]+\s+){0,3})?(?P<percent>\d{1,3}(?:[.,]\d+)?)\s?%",
    re.IGNORECASE,
)
_ANY = re.compile(_NUMBER)
_HUNDRED = Decimal(100)


@dataclass
class _Before:
    """What a list or paragraph has said so far: its numbers, and its last total in each noun."""

    numbers: set[Decimal]
    totals: dict[str, Decimal]


def wrong_shares(document: Document) -> Iterator[Remark]:
    """A remark for each percentage that its own number and the total before it do not give."""
    if not any(_SHARE.search(paragraph.text) for paragraph in document.paragraphs):
        return
    for _, passages in groupby(passages_of(document), key=lambda passage: passage.above):
        before = _Before(set(), {})
        for passage in passages:
            yield from _in_passage(passage, before)


def _in_passage(passage: Passage, before: _Before) -> Iterator[Remark]:
    position = 0
    for share in _SHARE.finditer(passage.text):
        _read(passage.text[position : share.start()], before)
        position = share.start()
        part, stated = vietnamese_number(share["number"]), vietnamese_number(share["percent"], percent=True)
        whole = before.totals.get(share["noun"].lower())
        if part is None or stated is None or stated == _HUNDRED or not whole or part > whole:
            continue
        explained = any(judged(part, one, stated) is None for one in before.numbers if one and one >= part)
        if not explained and (rule := judged(part, whole, stated)):
            yield Remark(rule, passage.place_at(share.start()), compared(part, whole, stated))
    _read(passage.text[position:], before)


def _read(text: str, before: _Before) -> None:
    for match in _ANY.finditer(text):
        if (number := vietnamese_number(match[0])) is not None:
            before.numbers.add(number)
    for total in _TOTAL.finditer(text):
        if (number := vietnamese_number(total["number"])) is not None:
            before.totals[total["noun"].lower()] = number
