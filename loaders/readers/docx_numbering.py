"""Automatic list numbers of Word: the STT column is often numbered by Word and has no text of its own.

A paragraph names a list and a level (`w:numPr`), itself or through its style; the list says how each level is
written (`%1.%2.`) and where it starts. The numbers are counted here in reading order, as Word does.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from loaders.readers.markup import Element, first_child

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL, _STYLE, _NUMBERED = f"{W}val", f"{W}pStyle", f"{W}numPr"
_PLACEHOLDER = re.compile(r"%([1-9])")
_DASHES = frozenset("-–—+*•")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MAX_ROMAN = 3999
_LEVELS = 9


@dataclass(frozen=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restarts: bool = True


@dataclass(frozen=True)
class _List:
    """A numbered list: which counters it shares, its levels, and where it starts them anew."""

    abstract: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


@dataclass
class Numbering:
    """The lists of a document, and how far each was counted.

    `numbering.xml` and `styles.xml` are read only for a document that numbers a paragraph, for they are much to read.
    """

    numbering: Callable[[], Element | None] = lambda: None
    styles: Callable[[], Element | None] = lambda: None
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def number(self, properties: Element | None) -> str:
        """The number Word prints before a paragraph with these `w:pPr`; empty for one that has none."""
        if properties is None or not len(properties):
            return ""
        named, own = first_child(properties, _STYLE), first_child(properties, _NUMBERED)
        if (named is None and own is None) or not self._lists:
            return ""
        found = self._list_of(named, own)
        if found is None or found[0] not in self._lists:
            return ""
        name, level = found
        return self._written(self._lists[name], level, self._count(name, level))

    @cached_property
    def _lists(self) -> Mapping[str, _List]:
        numbering = self.numbering()
        return {} if numbering is None else _lists(numbering)

    @cached_property
    def _style_lists(self) -> Mapping[str, tuple[str, int]]:
        """The numbered styles."""
        styles = self.styles()
        return {} if styles is None else _style_lists(styles)

    def _list_of(self, named: Element | None, own: Element | None) -> tuple[str, int] | None:
        style = self._style_lists.get(_value(named)) if named is not None else None
        if own is None:
            return style
        level = _integer(_value(own.find(f"{W}ilvl")), style[1] if style else 0)
        name = _value(own.find(f"{W}numId")) or (style[0] if style else "")
        return (name, level) if 0 <= level < _LEVELS else None

    def _count(self, name: str, level: int) -> Mapping[int, int]:
        its = self._lists[name]
        counts = self._counts.setdefault(its.abstract, {})
        if (name, level) not in self._begun and level in its.starts:
            counts[level] = its.starts[level] - 1
        self._begun.add((name, level))
        counts[level] = counts.get(level, its.levels.get(level, _Level()).start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            if its.levels.get(deeper, _Level()).restarts:
                del counts[deeper]
        return counts

    def _written(self, its: _List, level: int, counts: Mapping[int, int]) -> str:
        shape = its.levels.get(level, _Level(text=f"%{level + 1}."))
        if shape.form == "bullet":
            return shape.text if shape.text in _DASHES else ""

        def part(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            at = its.levels.get(place, _Level())
            return _FORMS.get("decimal" if shape.legal else at.form, str)(counts.get(place, at.start))

        return _PLACEHOLDER.sub(part, shape.text)


def _lists(numbering: Element) -> Mapping[str, _List]:
    abstracts = {item.get(f"{W}abstractNumId", ""): item for item in numbering.findall(f"{W}abstractNum")}
    linked = {_value(item.find(f"{W}styleLink")): item for item in abstracts.values()}
    lists: dict[str, _List] = {}
    for item in numbering.findall(f"{W}num"):
        abstract = abstracts.get(_value(item.find(f"{W}abstractNumId")))
        if abstract is not None:
            link = _value(abstract.find(f"{W}numStyleLink"))
            lists[item.get(f"{W}numId", "")] = _list(linked.get(link, abstract) if link else abstract, item)
    return lists


def _list(abstract: Element, item: Element) -> _List:
    levels = {_integer(level.get(f"{W}ilvl"), 0): _level(level) for level in abstract.findall(f"{W}lvl")}
    starts: dict[int, int] = {}
    for override in item.findall(f"{W}lvlOverride"):
        place = _integer(override.get(f"{W}ilvl"), 0)
        if (level := override.find(f"{W}lvl")) is not None:
            levels[place] = _level(level)
        if (start := override.find(f"{W}startOverride")) is not None:
            starts[place] = _integer(_value(start), 1)
    return _List(abstract.get(f"{W}abstractNumId", ""), levels, starts)


def _level(level: Element) -> _Level:
    return _Level(
        start=_integer(_value(level.find(f"{W}start")), 1),
        form=_value(level.find(f"{W}numFmt")) or "decimal",
        text=_value(level.find(f"{W}lvlText")),
        legal=level.find(f"{W}isLgl") is not None,
        restarts=_value(level.find(f"{W}lvlRestart")) != "0",
    )


def _style_lists(styles: Element) -> Mapping[str, tuple[str, int]]:
    """Style -> (list, level), through the styles each is based on."""
    numbers = {_style_of(own): own for own in styles.iter(_NUMBERED)}
    bases = {_style_of(base): _value(base) for base in styles.iter(f"{W}basedOn")}
    found: dict[str, tuple[str, int]] = {}
    for name in {*numbers, *bases}:
        seen: set[str] = set()
        base = name
        while base and base not in numbers and base not in seen:
            seen.add(base)
            base = bases.get(base, "")
        if base in numbers:
            own = numbers[base]
            found[name] = _value(own.find(f"{W}numId")), _integer(_value(own.find(f"{W}ilvl")), 0)
    return found


def _style_of(inside: Element) -> str:
    style = next(inside.iterancestors(f"{W}style"), None)
    return "" if style is None else style.get(f"{W}styleId", "")


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(_VAL, "")


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise


def _letters(number: int) -> str:
    """1 is a, 27 is aa, 53 is aaa, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 30) if number > 0 else ""


def _roman(number: int) -> str:
    if not 0 < number <= _MAX_ROMAN:
        return str(number)
    written = ""
    for value, sign in _ROMAN + _ROMAN_SMALL:
        written += sign * (number // value)
        number %= value
    return written


_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _: "",
}
