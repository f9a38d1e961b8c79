"""Percentages of the running text that stand beside their own parts: `2.154/3.808 hồ sơ, đạt 56,56 %`.

Rounding is no fault; a figure cut off is told apart from one that is wrong. A percentage of its own subject that
only follows a date or a document's number has no parts.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from loaders.cells import vietnamese_number
from loaders.document import Document
from warehouse.model import Remark

_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
_RATIO = rf"(?<![\d/.,])(?P<part>{_NUMBER})\s?/\s?(?P<whole>{_NUMBER})(?![\d/.,]*\d)(?!/)"
_PERCENT = r"(?P<percent>\d{1,3}(?:[.,]\d+)?)\s?%"
_BETWEEN = r"(?:\s*[^\W\d]+){0,8}?[\s,;(:=]*(?:(?:đạt|chiếm|bằng|tương ứng)\s+)?(?:tỷ lệ\s+)?[\s:=(]*"
_PATTERNS = (re.compile(rf"{_RATIO}{_BETWEEN}{_PERCENT}"), re.compile(rf"{_PERCENT}\s*\(\s*{_RATIO}"))
_HUNDRED = 100
_MONTHS, _YEARS = 12, range(1900, 2101)


def wrong_percentages(document: Document) -> Iterator[Remark]:
    """A remark for each percentage that its parts do not give."""
    for paragraph in document.paragraphs:
        seen: set[int] = set()
        for pattern in _PATTERNS:
            for match in pattern.finditer(paragraph.text):
                if match.start("percent") not in seen and (remark := _judged(match, paragraph.place)):
                    yield remark
                seen.add(match.start("percent"))


def _judged(match: re.Match[str], place: str) -> Remark | None:
    part, whole = (vietnamese_number(match[name]) for name in ("part", "whole"))
    stated = vietnamese_number(match["percent"], percent=True)
    if part is None or stated is None or not whole or part > whole:
        return None
    if part <= _MONTHS and whole in _YEARS and "." not in match["whole"]:  # `đến hết tháng 11/2025 đạt 87,66%`
        return None
    rule = judged(part, whole, stated)
    return Remark(rule, place, compared(part, whole, stated)) if rule else None


def judged(part: Decimal, whole: Decimal, stated: Decimal) -> str | None:
    """The rule that a percentage breaks beside its parts; null where it is rounded as it should be."""
    percent = part * _HUNDRED / whole
    step = Decimal(1).scaleb(int(str(stated.as_tuple().exponent)))
    if stated == percent.quantize(step, ROUND_HALF_UP):
        return None
    return "text_rate_truncated" if stated == percent.quantize(step, ROUND_DOWN) else "text_rate_differs"


def compared(part: Decimal, whole: Decimal, stated: Decimal) -> dict[str, float]:
    """The numbers that a remark on a percentage compares."""
    percent = round(part * _HUNDRED / whole, 2)
    numbers = {"numerator": part, "denominator": whole, "percent": percent, "stated_percent": stated}
    return {name: float(number) for name, number in numbers.items()}
