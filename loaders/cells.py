"""What a printed cell says: Vietnamese text to a value and a status. The table of cases is in the README.

Missing is not zero, and there is more than one way to be missing: only `reported` carries a value.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from loaders.readers.marks import are_figures
from warehouse.model import Status
from warehouse.text import fold, tidy, words

_NUMBER = r"[+-]?(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:\s\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_PLAIN = re.compile(rf"^=?\s*(?P<number>{_NUMBER})\s*(?P<percent>%)?\.?$")
_FORM_VARIABLE = re.compile(rf"^[a-zđ]\s*[/:=]\s*(?P<number>{_NUMBER})$", re.IGNORECASE)
_RATIO = re.compile(r"^\d[\d.]*\s*/\s*\d[\d.]*$")
_FORMULA = re.compile(r"^=?[\s(]*[a-zđ\d][\s\w.,()%]*([-+*/×:][\s()]*\w[\s\w.,()%]*)+$", re.IGNORECASE)
# `=SUM(D5:D9)`, `='Biểu 2'!D5`, and one that stands elsewhere (`readers/xlsx_formulas.py`): nothing has worked it out.
_SHEET_FORMULA = re.compile(r"^=[+-]?(?:…|[A-Z][A-Z\d.]+\(.*|(?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}\$?\d+)$")
_FORMULA_TERM = re.compile(r"[a-zđ]{2,}", re.IGNORECASE)
_NUMBER_WITH_UNIT = re.compile(rf"^(?P<number>{_NUMBER})\s*(?P<unit>[^\d\s%/].*)$")
_THOUSANDS = re.compile(r"^[+-]?(?!0\.)\d{1,3}(\.\d{3})+$")  # no thousands behind a lone 0
_DATE = re.compile(r"^(?:\d{1,2}[-/]\d{1,2}[-/]\d{4}|\d{4}[-/]\d{1,2}[-/]\d{1,2})$")
_FOOTNOTE = re.compile(r"(?<=[\d%])\s*(?:[⁰¹²³⁴-⁹⁽⁾]+|\*+|\(\*+\))$")  # `4.340¹`, `4.340 (*)`
_BEHIND = re.compile(r"(?<=[\d%])\s*;$")  # `12;`: the row ends
_BEFORE = re.compile(r"^['‘’`´]+(?=[\d+-])")  # the mark by which Excel is told to keep a text
_MINUS = re.compile(r"^[−‒–—](?=\d)")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # `１２`, as East Asian keyboards type
_SHORTHAND = re.compile(r"^(?:n/a|[\d., ]+đ/c)$", re.IGNORECASE)  # a stroke that divides nothing
_BARE = re.compile(r"^=?\s*(?P<number>[+-]?\d[\d.,]*)\s*(?P<unit>%|[^\d\s%/].*)?$")
_MAX_DIGITS = 14
_MAX_SIGNIFICANT = 15  # all that a spreadsheet keeps of a number


@dataclass(frozen=True)
class Reading:
    """How a cell was read: `value` is null unless `status` is `reported`."""

    value: Decimal | None
    status: Status


_BLANK = Reading(None, "blank")
_TEXT = Reading(None, "text")
_FORMULA_LEFT = Reading(None, "formula")
_RATIO_TEXT = Reading(None, "ratio_text")


def read_cell(raw: str, unit_of_measure: str = "") -> Reading:
    """Read a printed value; `unit_of_measure` is the same row's, for `12 văn bản` and for `99.625` in %."""
    text = without_footnote(raw)
    if not text:
        return _BLANK
    percent = "%" in text or "%" in unit_of_measure
    for pattern in (_PLAIN, _FORM_VARIABLE):
        if match := pattern.match(text):
            return _reported(match["number"], percent)
    if _RATIO.match(text):
        return _RATIO_TEXT
    if _SHEET_FORMULA.match(text) or _is_formula(text):
        return _FORMULA_LEFT
    if (match := _NUMBER_WITH_UNIT.match(text)) and _is_unit(match["unit"], unit_of_measure):
        return _reported(match["number"], percent)
    return _TEXT


def without_footnote(raw: str) -> str:
    """The tidied cell without the footnote mark behind its figure, and without marks that change no figure.

    Figures that a reader kept on lines of their own stay apart.
    """
    if "\n" in raw and are_figures(lines := raw.strip().split("\n")):
        return "; ".join(lines)
    text = _FOOTNOTE.sub("", tidy(raw).translate(_WIDE))
    return text if text.isascii() and text.isdigit() else _MINUS.sub("-", _BEFORE.sub("", _BEHIND.sub("", text)))


def bare_number(raw: str, unit_of_measure: str = "") -> str | None:
    """The digits and marks of a cell that prints one figure and nothing more than its unit; null for any other."""
    match = _BARE.match(without_footnote(raw))
    if match is None or not (match["unit"] in (None, "%") or _is_unit(match["unit"], unit_of_measure)):
        return None
    return match["number"].rstrip(".")


def _is_unit(printed: str, unit_of_measure: str) -> bool:
    unit = words(unit_of_measure)
    return bool(unit) and words(printed) in {unit, unit.removeprefix("so luong ")}


def _is_formula(text: str) -> bool:
    """`= b/a*100`, `=a+b+c`: the form's own arithmetic on one-letter variables, left unfilled; no date or `N/A` is."""
    if _DATE.match(text) or _SHORTHAND.match(text):
        return False
    return _FORMULA.match(text) is not None and _FORMULA_TERM.search(fold(text)) is None


def _reported(number: str, percent: bool) -> Reading:
    value = vietnamese_number(number, percent)
    return _TEXT if value is None else Reading(value, "reported")


def vietnamese_number(text: str, percent: bool = False) -> Decimal | None:
    """`4.340` is 4340, `9,5` is 9.5, `99.6` is 99.6, `04` is 4; null for what is no number.

    One point before exactly three digits groups thousands, except in a percentage (`99.625`) and behind
    a lone 0 (`0.625`), where nothing else makes sense. More than 14 digits before the decimal mark are not
    a figure of these reports, nor are more than 15 in all.
    """
    digits = "".join(text.split())
    if percent and _THOUSANDS.match(digits) and digits.count(".") == 1:
        plain = digits
    elif "," in digits or _THOUSANDS.match(digits):
        plain = digits.replace(".", "").replace(",", ".")
    else:
        plain = digits
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    if not value.is_finite() or len(value.as_tuple().digits) > _MAX_SIGNIFICANT:
        return None
    return value if abs(value) < Decimal(10) ** _MAX_DIGITS else None
