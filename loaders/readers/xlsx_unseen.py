"""Figures that an .xlsx sheet holds and does not show: zeros switched off, ink in the colour of the ground.

Of conditional formats those are followed that compare the cell with numbers (`= 0`: white, or `;;;`); what a formula
decides is taken to show.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.readers.markup import Element, first_child
from loaders.readers.xlsx_book import NS, TRUE, number_of

_WHITE = ("white",)
_INK = ("ink",)  # what is written in where no colour is named
_WHITES = {("rgb", "FFFFFFFF"), ("rgb", "00FFFFFF"), ("theme", "0"), ("indexed", "9"), ("indexed", "1")}
_AUTOMATIC = {("indexed", "64"), ("indexed", "65"), ("auto", "1"), ("auto", "true")}
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "equal": operator.eq,
    "notEqual": operator.ne,
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
    "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge,
}
_Colour = tuple[str, ...]
Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Rule:
    """A conditional format that hides: the areas it is for (top, left, bottom, right) and what it hides there."""

    areas: Sequence[Area]
    holds: Callable[[float], bool]


@dataclass(frozen=True)
class Unseen:
    """What a sheet does not show: whether zeros, which cell styles, and by which conditional formats."""

    zeros: bool
    styles: frozenset[str]
    rules: Sequence[_Rule]

    def hides(self, row: int, column: int, style: str, stored: str) -> bool:
        """Whether a figure in a cell, as it is stored, does not show."""
        if style in self.styles:
            return True
        try:
            value = float(stored)
        except ValueError:
            return False
        if self.zeros and value == 0:
            return True
        return any(
            rule.holds(value)
            and any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in rule.areas)
            for rule in self.rules
        )


@dataclass(frozen=True)
class UnseenLooks:
    """The cell styles of a workbook that do not show, and of each of its conditional looks whether it hides."""

    styles: frozenset[str]
    hiding: Sequence[bool]

    def in_sheet(self, root: Element) -> Unseen | None:
        """What a sheet does not show; null where all shows."""
        zeros = any(view.get("showZeros", "1") not in TRUE for view in root.iterfind(f"{NS}sheetViews/{NS}sheetView"))
        rules = tuple(_rules(root, self.hiding)) if any(self.hiding) else ()
        return Unseen(zeros, self.styles, rules) if zeros or self.styles or rules else None


def unseen_looks(styles: Element | None) -> UnseenLooks:
    """What the styles of a workbook hide: ink in the colour of its ground, and formats that show nothing."""
    if styles is None:
        return UnseenLooks(frozenset(), ())
    inks = [_colour(font, f"{NS}color", _INK) for font in styles.iterfind(f"{NS}fonts/{NS}font")]
    grounds = [_ground(fill) for fill in styles.iterfind(f"{NS}fills/{NS}fill")]
    unseen = frozenset(
        str(number)
        for number, style in enumerate(styles.iterfind(f"{NS}cellXfs/{NS}xf"))
        if _at(inks, style.get("fontId"), _INK) == _at(grounds, style.get("fillId"), _WHITE)
    )
    return UnseenLooks(unseen, [_hides(look) for look in styles.iterfind(f"{NS}dxfs/{NS}dxf")])


def _hides(look: Element) -> bool:
    code = first_child(look, f"{NS}numFmt")
    if code is not None and not code.get("formatCode", "0").strip("; "):
        return True
    font, fill = first_child(look, f"{NS}font"), first_child(look, f"{NS}fill")
    ink = _INK if font is None else _colour(font, f"{NS}color", _INK)
    pattern = None if fill is None else first_child(fill, f"{NS}patternFill")
    return ink == (_WHITE if pattern is None else _colour(pattern, f"{NS}bgColor", _WHITE))


def _rules(root: Element, hiding: Sequence[bool]) -> Iterator[_Rule]:
    for group in root.iterfind(f"{NS}conditionalFormatting"):
        areas = [area for reference in group.get("sqref", "").split() if (area := area_of(reference))]
        for rule in group.iterfind(f"{NS}cfRule"):
            look = number_of(rule.get("dxfId"), -1)
            if 0 <= look < len(hiding) and hiding[look] and (holds := _comparison(rule)):
                yield _Rule(areas, holds)


def _comparison(rule: Element) -> Callable[[float], bool] | None:
    """What a rule compares a cell with; null for one that is no comparison with numbers."""
    try:
        limits = [float(formula.text or "") for formula in rule.iterfind(f"{NS}formula")]
    except ValueError:
        return None
    name = rule.get("operator", "")
    if rule.get("type") != "cellIs" or not limits:
        return None
    if name in {"between", "notBetween"} and len(limits) > 1:
        low, high = sorted(limits[:2])
        return lambda value: (low <= value <= high) == (name == "between")
    compare = _COMPARISONS.get(name)
    return None if compare is None else lambda value: compare(value, limits[0])


def area_of(reference: str) -> Area | None:
    """The rows and columns from `A1` to `B2`; null for what is no such reference."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    left, top, right, bottom = match[1], match[2], match[3] or match[1], match[4] or match[2]
    return int(top), number_of_column(left), int(bottom), number_of_column(right)


def number_of_column(letters: str) -> int:
    """1 for A; 0 for no letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _ground(fill: Element) -> _Colour:
    pattern = first_child(fill, f"{NS}patternFill")
    if pattern is None:
        return ("other",)  # from one colour to another
    kind = pattern.get("patternType", "none")
    if kind != "solid":
        return _WHITE if kind == "none" else ("other",)
    return _colour(pattern, f"{NS}fgColor", _WHITE)


def _colour(element: Element, tag: str, otherwise: _Colour) -> _Colour:
    """The colour that an element names; all whites are one, and an automatic one is as if none were named."""
    child = first_child(element, tag)
    if child is None:
        return otherwise
    named = next(
        ((name, child.get(name, "").upper()) for name in ("rgb", "theme", "indexed", "auto") if child.get(name)), None
    )
    if named is None or named in _AUTOMATIC:
        return otherwise
    tint = child.get("tint", "0")
    return _WHITE if named in _WHITES and not tint.startswith("-") else (*named, tint)


def _at(colours: Sequence[_Colour], number: str | None, otherwise: _Colour) -> _Colour:
    position = number_of(number, 0)
    return colours[position] if position < len(colours) else otherwise
