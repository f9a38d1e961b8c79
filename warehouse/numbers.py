"""How numbers are written, in Vietnamese and English: one place for screens, findings, exports and figures."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Language = Literal["vi", "en"]


@dataclass(frozen=True)
class NumberFormat:
    """The marks of one language; `missing` is what stands where there is no figure."""

    decimal_mark: str
    thousands_mark: str
    missing: str = "–"

    def number(self, value: Decimal | float | None, decimals: int = 0, signed: bool = False) -> str:
        """`1234.5` with one decimal: `1.234,5` in Vietnamese, `1,234.5` in English."""
        if value is None:
            return self.missing
        exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        text = f"{exact:+,f}" if signed and exact else f"{abs(exact):,f}" if not exact else f"{exact:,f}"
        marks: dict[str, str | int | None] = {",": self.thousands_mark, ".": self.decimal_mark, "-": "−"}
        return text.translate(str.maketrans(marks))

    def shortest(self, value: Decimal | float | None) -> str:
        """The number with the decimals it has, at most four: `99,62`, `450`."""
        if value is None:
            return self.missing
        exact = Decimal(str(value)).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP).normalize()
        return self.number(exact, max(0, -int(exact.as_tuple().exponent)))

    def percent(self, value: Decimal | float | None, decimals: int = 2) -> str:
        """A percentage that is already 0-100: `99,62 %`.

        Only what is exactly 100 or 0 is written so: 82937 of 82940 is `> 99,99 %`.
        """
        if value is None:
            return self.missing
        exact, step = Decimal(str(value)), Decimal(1).scaleb(-decimals)
        if 100 - step / 2 <= exact < 100:
            return f">\u00a0{self.number(100 - step, decimals)}\u00a0%"
        if 0 < exact < step / 2:
            return f"<\u00a0{self.number(step, decimals)}\u00a0%"
        return f"{self.number(exact, decimals)}\u00a0%"

    def points(self, value: Decimal | float | None, decimals: int = 2) -> str:
        """A difference of percentages, with its sign: `+0,42`."""
        return self.number(value, decimals, signed=True)


FORMATS: dict[Language, NumberFormat] = {
    "vi": NumberFormat(decimal_mark=",", thousands_mark="."),
    "en": NumberFormat(decimal_mark=".", thousands_mark=","),
}
