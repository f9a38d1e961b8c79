"""How a sheet shows a stored number: as a Vietnamese clerk sees it, whatever language the file was made in.

A decimal comma and no marks between thousands (`9,5`, `310660`), percentages as such (`99,4%`), dates by
day, month and year. Excel stores all of them as binary floats and says in a format code how they show.
"""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from loaders.readers.number_sections import dressed

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETED = re.compile(r"\[(?![hms]+\])[^\]]*\]", re.IGNORECASE)  # colours and languages; [h] is hours
_DECIMALS = re.compile(r"\.([0#?]+)")
_ONLY_ZEROS = re.compile(r"^0{2,}$")
_SIGNIFICANT_DIGITS = 15
_TYPED_DECIMALS = 2
_MAX_DECIMALS = 15
_LAST_SERIAL = 2_958_465  # 31/12/9999
_PHANTOM_LEAP_DAY = 60

Kind = Literal["number", "percent", "date", "day_month", "month_year", "time"]

# The formats that files name by number only. 27-36 and 50-58 are dates in East Asian editions of Excel.
BUILT_IN_FORMATS = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "mm:ss",
    46: "h:mm:ss",
    47: "mm:ss",
    49: "@",
}


@dataclass(frozen=True)
class NumberFormat:
    """What a format code says: the kind, the decimals shown (null: as many as there are) and the least digits."""

    kind: Kind = "number"
    decimals: int | None = None
    digits: int = 0


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """`0.0%` is a percentage with one decimal, `d-mmm` a day and month, `00` at least two digits."""
    plain = _BRACKETED.sub("", _QUOTED.sub("", code.split(";", maxsplit=1)[0])).strip()
    if "%" in plain:
        return NumberFormat("percent", _decimals(plain))
    if re.search(r"[0#?]|general|standard|@", plain, re.IGNORECASE):
        return NumberFormat("number", _decimals(plain), len(plain) if _ONLY_ZEROS.match(plain) else 0)
    letters = set(re.sub(r"am/pm|a/p", "", plain.lower()))
    if letters & {"d", "y"} or (letters & {"m"} and not letters & {"h", "s"}):
        return NumberFormat(_date_kind(letters))
    return NumberFormat("time") if letters & {"h", "s"} else NumberFormat()


def _date_kind(letters: set[str]) -> Kind:
    if "y" in letters:
        return "date" if "d" in letters else "month_year"
    return "day_month" if "m" in letters else "date"


def _decimals(code: str) -> int | None:
    """How many decimals a code shows; null for General and for exponents."""
    if not re.search(r"[0#?]", code) or re.search(r"e[+-]", code, re.IGNORECASE):
        return None
    match = _DECIMALS.search(code)
    return len(match[1]) if match else 0


@lru_cache(maxsize=1 << 16)
def written(value: float, code: str, epoch_1904: bool = False) -> str:
    """A stored number as it is shown; what is no finite number, or a date out of range, is shown as stored."""
    if not math.isfinite(value):
        return str(value)
    form = number_format(code)
    if form.kind in {"number", "percent"}:
        return dressed(value, code, _by_digits) if code else written_number(value, form)
    serial = value + (1462 if epoch_1904 else 0)
    if not 0 <= serial <= _LAST_SERIAL:
        return written_number(value, NumberFormat())
    return written_date(_moment(serial), form.kind)


def _by_digits(value: float, code: str) -> str:
    return written_number(value, number_format(code))


def written_number(value: float, form: NumberFormat) -> str:
    """`9,5`, `310660`, `99,4%`, `07`.

    A computed figure is rounded to what its format shows. One with two decimals at most was typed, and a
    format that hides them hides what the clerk reported: it is kept.
    """
    exact = _without_noise(value)
    shown = exact.scaleb(2) if form.kind == "percent" else exact
    if form.decimals is not None and -_exponent(shown) > max(form.decimals, _TYPED_DECIMALS):
        shown = shown.quantize(Decimal(1).scaleb(-min(form.decimals, _MAX_DECIMALS)), ROUND_HALF_UP)
    text = f"{shown.normalize():f}" if shown else "0"
    text = text.replace(".", ",").zfill(form.digits)
    return f"{text}%" if form.kind == "percent" else text


def _without_noise(value: float) -> Decimal:
    """The number with 15 significant digits, all that Excel keeps: 0.1 + 0.2 is 0.3."""
    return Decimal(f"{value:.{_SIGNIFICANT_DIGITS}g}")


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _moment(serial: float) -> datetime:
    """Days since 1899; Excel believes that 1900 was a leap year, so that its first 59 days are one off."""
    days = serial + 1 if serial < _PHANTOM_LEAP_DAY else serial
    return datetime(1899, 12, 30) + timedelta(seconds=round(days * 86_400))


def written_date(moment: datetime, kind: Kind) -> str:
    """`05/06/2024`; by day and month only `2/1`, which Excel makes of the row code 2.1, and of one half."""
    if kind == "day_month":
        return f"{moment.day}/{moment.month}"
    if kind == "month_year":
        return f"{moment:%m/%Y}"
    return f"{moment:%H:%M}" if kind == "time" else f"{moment.day:02}/{moment.month:02}/{moment.year:04}"
