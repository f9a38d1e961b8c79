"""Figures that cannot be what their row asks for, or can be read in two ways: they have no value, and it is said why.

What a cell prints is read alone (`cells.py`); here it is held against what the row counts, its unit of measure, and the
way the other numbers of the file are written.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from loaders.annexes import Annex
from loaders.cells import Reading, bare_number, read_cell
from loaders.measures import measure_of, written_units
from warehouse.tables import read_catalogue
from warehouse.text import tidy

_COMMA_GROUPS = re.compile(r"^[+-]?(?!0)\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_ENGLISH = re.compile(r"^[+-]?\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)$")
_VIETNAMESE = re.compile(r"^[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+(?:,\d+)?|0,\d+)$")
_POINT = re.compile(r"^[+-]?\d+\.\d{1,2}$")
# `nghìn hồ sơ`, `1.000 đồng`; in the heading of a column too: `Số liệu (nghìn đồng)`. Told by the accents, for
# `Trạm y tế` is no hundred and `Tỷ lệ` no milliard.
_MULTIPLE = r"(?:chục|trăm|nghìn|nghin|ngàn|vạn|triệu|trieu|(?:tỷ|tỉ)(?! lệ)|1[., ]?000(?:[., ]?000)*)"
_MULTIPLIED = re.compile(rf"^(?:số lượng |(?:đơn vị tính|đơn vị|đvt):? ?)?{_MULTIPLE}(?: |$)")
_MONEY = re.compile(
    rf"^(?:(?:đơn vị tính|đơn vị|đvt):? ?)?(?P<multiple>(?:{_MULTIPLE} ?)*)(?P<unit>đồng|dong|vnđ|vnd|đ)?$"
)
_MILLIONS = frozenset(("triệu", "trieu", "1.000.000", "1000000"))
_BRACKETS = re.compile(r"\(([^()]*)\)")
_TIMES = re.compile(r"(?:\bx|[×*]) ?1(?:[., ]?0)+\b", re.IGNORECASE)  # `Số liệu x1000`, `(× 1.000)`
_PERCENT = re.compile(r"^(?:(?:đơn vị tính|đơn vị|đvt):? ?|t[ỷỉ] lệ |tính theo )?(?:%|phần trăm)$")
_NOT_COUNTED = frozenset(("percent", "million_vnd", "text"))
_TOO_LARGE = Decimal(10) ** 9  # the country has a tenth as many people, and no province spends so many million đồng
_CUT = re.compile(r"\bđã (?:tinh giản|cắt giảm)\b")
Rule = Literal[
    "figure_negative",
    "figure_negative_cut",
    "figure_not_whole",
    "figure_in_percent",
    "figure_ambiguous",
    "figure_too_large",
    "figure_with_words",
    "figure_merged",
    "measure_multiplied",
]
# `khoảng 500`, `(5)`, `- 5`, `12 (trong đó 5 qua mạng)`; not `12 34`, which has a rule of its own.
_WITH_WORDS = re.compile(
    r"^(?:(?:khoảng|gần|trên|dưới|hơn|ước|đạt|tổng số|tổng cộng|tổng|gồm|đã|được|là|có|số)\b|\W)*\d", re.IGNORECASE
)
_ONLY_DIGITS = re.compile(r"^[-+]?\d[\d., ]*%?$")
NO_READING = Reading(None, "text")


@dataclass(frozen=True)
class Marks:
    """How the numbers of a file are written: whether some can only be Vietnamese, or only English, or have a point."""

    vietnamese: bool = False
    english: bool = False
    points: bool = False


@dataclass(frozen=True)
class Figure:
    """A cell's reading, and the rule for which it has no value with what that rule tells."""

    reading: Reading
    rule: Rule | None = None
    told: Mapping[str, str] | None = None


def marks_of(annexes: Iterable[Annex]) -> Marks:
    """The marks of a document's figures. `4.340` is no evidence in a row of percentages."""
    vietnamese = english = points = False
    for annex in annexes:
        for row in annex.rows:
            for raw in row.values:
                if "," not in raw and "." not in raw:
                    continue
                percent = "%" in raw or "%" in row.unit_of_measure
                number = bare_number(raw, row.unit_of_measure) or ""
                english = english or _ENGLISH.match(number) is not None
                points = points or _POINT.match(number) is not None
                if "," in number or not percent:
                    vietnamese = vietnamese or _VIETNAMESE.match(number) is not None
    return Marks(vietnamese, english, points)


def read_figure(
    raw: str, unit_of_measure: str, column_label: str, indicator: str | None, marks: Marks, above: str = ""
) -> Figure:
    """The figure of a row that asks for `indicator`; of a row nobody knows, what its unit says is counted.

    `above` is the unit said above the table, where the row has none.
    """
    measure = measure_of().get(indicator or "") or _printed().get(tidy(unit_of_measure).lower(), "")
    written = _unit_written(raw, unit_of_measure, measure)
    reading, number = read_cell(raw, written), bare_number(raw, written)
    if number is None:
        return Figure(reading, "figure_with_words" if indicator and _is_hidden(raw, reading, measure) else None)
    if _COMMA_GROUPS.match(number) and measure != "percent" and "%" not in raw + unit_of_measure:
        settled = _settled(number, reading, marks, measure)
        if settled is None:
            return Figure(NO_READING, "figure_ambiguous")
        reading = settled
    if reading.value is None:
        return Figure(reading)
    rule = _impossible(reading.value, raw, measure, indicator in _cuts())
    units = (unit_of_measure, above, *_BRACKETS.findall(column_label))
    is_asked = indicator and not (measure == "percent" and _says_percent(raw, unit_of_measure))
    multiple = (_in_heading(column_label, measure) or _multiple(units, measure)) if is_asked else ""
    if not (rule or multiple):
        return Figure(reading)
    vietnamese, english = _names()[measure]
    told = {"expected": vietnamese, "expected_en": english}
    if multiple and rule in {None, "figure_too_large"}:  # đồng for millions of them make it so large
        return Figure(NO_READING, "measure_multiplied", {"unit": multiple, **told})
    return Figure(NO_READING, rule, told)


def _unit_written(raw: str, unit_of_measure: str, measure: str) -> str:
    """The unit of measure by which a figure is read: the row's own, or what the indicator counts, where none other is.

    So `46 hồ sơ` and `9,5 triệu đồng` of a table without a column of units are 46 and 9,5, and `99.625` of a rate no
    thousands; in a row of another known unit it is in doubt.
    """
    if measure == "percent":
        return unit_of_measure or "%"
    if raw.isdigit() or bare_number(raw, unit_of_measure) is not None or _is_other(unit_of_measure, measure):
        return unit_of_measure
    spoken = () if measure in {"text", "code"} else written_units().get(measure, ())
    return next((unit for unit in spoken if bare_number(raw, unit) is not None), unit_of_measure)


def _is_other(unit_of_measure: str, measure: str) -> bool:
    """Whether a row's own unit is a known one, and not what the indicator counts."""
    key = tidy(unit_of_measure).lower()
    if key in written_units().get(measure, ()):
        return False
    return (
        "%" in key
        or _PERCENT.match(key) is not None
        or _is_money(key)
        or any(key in one for one in written_units().values())
    )


def _says_percent(raw: str, unit_of_measure: str) -> bool:
    """Whether a row itself says that its figure is a percentage, whatever the heading says of the others."""
    return "%" in raw or "%" in unit_of_measure or "phần trăm" in tidy(unit_of_measure).lower()


def _settled(number: str, reading: Reading, marks: Marks, measure: str) -> Reading | None:
    """`1,234` by the other numbers of the file; null where they do not settle it.

    A point as the decimal mark elsewhere is evidence enough only for what is counted, which has no decimals.
    """
    counted = measure not in _NOT_COUNTED and measure != ""
    if marks.vietnamese and not marks.english:
        return reading if reading.value is not None else None
    if not marks.vietnamese and (marks.english or (marks.points and counted)):
        return Reading(Decimal(number.replace(",", "")), "reported")
    return None


def _is_hidden(raw: str, reading: Reading, measure: str) -> bool:
    """Whether a text that answers where something is counted holds a figure that nobody can be sure of."""
    if reading.status != "text" or measure in {"", "text", "code"}:
        return False
    text = raw.strip()
    return _WITH_WORDS.match(text) is not None and not _ONLY_DIGITS.match(text)


def is_too_large(value: Decimal) -> bool:
    """Whether a figure is beyond all that a report can tell; ten thousand of them may still be added up."""
    return abs(value) >= _TOO_LARGE


def _impossible(value: Decimal, raw: str, measure: str, is_cut: bool) -> Rule | None:
    """The rule that a figure breaks by itself.

    `-5` posts cut may be 5, or a slip: a sign is never taken off a figure, but it is a lesser doubt than elsewhere.
    """
    if measure and is_too_large(value):
        return "figure_too_large"
    if measure in {"", "text", "percent"}:
        return None
    if value < 0:
        return "figure_negative_cut" if is_cut else "figure_negative"
    if measure in _NOT_COUNTED:
        return None
    if "%" in raw:
        return "figure_in_percent"
    return None if value == value.to_integral_value() else "figure_not_whole"


def _in_heading(column_label: str, measure: str) -> str:
    """What the heading itself says each figure is: a thousandfold, a percentage or money, where the row's own is not.

    Money above a table says nothing of what is counted in it (`_multiple`); in the heading it is said of every row.
    """
    if times := _TIMES.search(column_label):
        return times[0]
    for printed in map(str, _BRACKETS.findall(column_label)):
        key = tidy(printed).lower()
        if (measure != "percent" and _PERCENT.match(key)) or (measure != "million_vnd" and _is_money(key)):
            return printed
    return ""


def _multiple(units: Iterable[str], measure: str) -> str:
    """The printed unit that is a multiple or a fraction of the row's own: thousands of dossiers, đồng for millions."""
    for printed in units:
        key = tidy(printed).lower()
        if measure == "million_vnd":
            money = _MONEY.match(key)
            if money and (money["multiple"] or money["unit"]) and money["multiple"].strip() not in _MILLIONS:
                return printed
        elif measure != "percent" and "=" not in printed and _MULTIPLIED.match(key) and not _is_money(key):
            return printed
    return ""


def _is_money(key: str) -> bool:
    """Whether a unit is one of money, which says nothing of what is counted beside it."""
    money = _MONEY.match(key)
    return money is not None and money["unit"] is not None


@cache
def _cuts() -> frozenset[str]:
    """The indicators that count what was cut."""
    rows = read_catalogue("indicators").select("indicator", "name_vi").iter_rows()
    return frozenset(indicator for indicator, name in rows if _CUT.search(name))


@cache
def _names() -> dict[str, tuple[str, str]]:
    rows = read_catalogue("measures").select("measure", "name_vi", "name_en").iter_rows()
    return {measure: (vietnamese, english) for measure, vietnamese, english in rows}


@cache
def _printed() -> dict[str, str]:
    """The measures by the units of measure that forms print."""
    rows = read_catalogue("measures").select("measure", "printed").iter_rows()
    return {unit: measure for measure, printed in rows if printed for unit in printed.split("|")}
