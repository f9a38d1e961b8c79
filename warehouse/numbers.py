"""How numbers are written, in Vietnamese and English: one place for screens, findings, exports and figures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

Language = Literal["vi", "en"]
_AGREEING = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")
_REMEMBERED = 20_000  # numbers as they were written: a page writes the same ones again and again


@dataclass(frozen=True)
class NumberFormat:
    """The marks of one language; `missing` is what stands where there is no figure."""

    decimal_mark: str
    thousands_mark: str
    missing: str = "–"

    def number(self, value: Decimal | float | None, decimals: int = 0, signed: bool = False) -> str:
        """`1234.5` with one decimal: `1.234,5` in Vietnamese, `1,234.5` in English."""
        return self.missing if value is None else self._number(value, decimals, signed)

    @lru_cache(_REMEMBERED)  # noqa: B019 - there are two formats
    def _number(self, value: Decimal | float, decimals: int, signed: bool) -> str:
        exact = rounded(value, decimals)
        text = f"{exact:+,f}" if signed and exact else f"{abs(exact):,f}" if not exact else f"{exact:,f}"
        marks: dict[str, str | int | None] = {",": self.thousands_mark, ".": self.decimal_mark, "-": "−"}
        return text.translate(str.maketrans(marks))

    def rounded(self, value: Decimal | float, decimals: int) -> Decimal:
        """The number that `number` writes."""
        return rounded(value, decimals)

    def shortest(self, value: Decimal | float | None, signed: bool = False) -> str:
        """The number with the decimals it has, at most four: `99,62`, `450`."""
        if value is None:
            return self.missing
        exact = Decimal(str(value)).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP).normalize()
        return self.number(exact, max(0, -int(exact.as_tuple().exponent)), signed)

    def percent(self, value: Decimal | float | None, decimals: int = 2) -> str:
        """A percentage that is already 0-100: `99,62 %`.

        Only what is exactly 100 or 0 is written so: 82937 of 82940 is `> 99,99 %`.
        """
        return self.missing if value is None else self._percent(value, decimals)

    @lru_cache(_REMEMBERED)  # noqa: B019
    def _percent(self, value: Decimal | float, decimals: int) -> str:
        exact, step = Decimal(str(value)), Decimal(1).scaleb(-decimals)
        sign = ">\u00a0" if 100 - step / 2 <= exact < 100 else "<\u00a0" if 0 < exact < step / 2 else ""
        return f"{sign}{self.number(rounded_percent(exact, decimals), decimals)}\u00a0%"

    def share(self, part: int, whole: int) -> str:
        """How many of how many, as a cell has it: `46 / 3.321`."""
        return f"{self.number(part)} / {self.number(whole)}"

    def points(self, value: Decimal | float | None, decimals: int = 2) -> str:
        """A difference of percentages, with its sign: `+0,42`."""
        return self.number(value, decimals, signed=True)


def written_in(text: str, values: Mapping[str, object]) -> str:
    """A text with its `{named}` values; `{units:unit has|units have}` are the words that agree with one or with more.

    `{units} {units:unit has|units have} no figure` is `1 unit has no figure`, `16 units have no figure`.
    """
    if "|" in text:
        text = _AGREEING.sub(lambda found: found[2] if str(values[found[1]]) == "1" else found[3], text)
    return text.format(**values)


def rounded(value: Decimal | float, decimals: int) -> Decimal:
    """A number as it is written: halves up, as they are read, not as they are stored."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def rounded_percent(value: Decimal | float, decimals: int = 2) -> Decimal:
    """The number within a percentage as it is written: 99.99 of `> 99,99 %`."""
    exact, step = Decimal(str(value)), Decimal(1).scaleb(-decimals)
    if 100 - step / 2 <= exact < 100:
        return 100 - step
    return step if 0 < exact < step / 2 else rounded(exact, decimals)


def shown_change(now: Decimal | float | None, before: Decimal | float | None, decimals: int = 2) -> float | None:
    """The points between two percentages as a screen writes them: 98.96 and 99.00 are 0.04 apart, whatever they hide.

    A reader subtracts what is read. Exports have the exact percentages and say so; no difference of their own.
    """
    if now is None or before is None:
        return None
    return float(rounded_percent(now, decimals) - rounded_percent(before, decimals))


def shown_difference(now: Decimal | float | None, before: Decimal | float | None, decimals: int) -> float | None:
    """As `shown_change`, of numbers that are no percentages."""
    if now is None or before is None:
        return None
    return float(rounded(now, decimals) - rounded(before, decimals))


FORMATS: dict[Language, NumberFormat] = {
    "vi": NumberFormat(decimal_mark=",", thousands_mark="."),
    "en": NumberFormat(decimal_mark=".", thousands_mark=","),
}
