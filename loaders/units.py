"""Which administrative unit sent a report: recognised from the names the document uses.

Names are looked up with accents folded, among the units valid at the end of the period. A name that
several units bear is settled by the district and province the document names; when that does not
settle it, the file is refused with the candidates. Misspelt names are tried last.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz import fuzz

from loaders.document import Document
from loaders.problems import UnknownUnit
from warehouse.model import LEVELS, Level
from warehouse.periods import Period
from warehouse.tables import read_catalogue
from warehouse.text import fold, words

_KIND = r"xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tp|tinh"
_COMMITTEE = re.compile(rf"\b(?:ubnd|uy ban nhan dan) (?P<kind>{_KIND})\b")
_MENTION = re.compile(rf"\b(?P<committee>(?:ubnd|uy ban nhan dan) )?(?P<kind>{_KIND}) (?=(?P<rest>\w+(?: \w+){{0,4}}))")
_PLACE_LINE = re.compile(r"^(?P<name>[\w ]{2,40}?) ngay \d{0,2} ?thang")
_OWN_LINE = re.compile(r"\b(kem theo bao cao|ban hanh kem theo|don vi ubnd|bao cao ket qua|tren day la bao cao)\b")
_RECIPIENT = re.compile(r"^(kinh gui|noi nhan|nhu tren|ubnd|so|phong|[a-z]+ uy)\b.{0,80}$")
_LEVEL_OF_KIND: dict[str, tuple[Level, ...]] = {
    "tinh": ("province",),
    "thanh pho": ("province", "district"),
    "huyen": ("district",),
    "quan": ("district",),
    "thi xa": ("district",),
    "xa": ("commune",),
    "phuong": ("commune",),
    "thi tran": ("commune",),
    "dac khu": ("commune",),
}
_CLOSE = 84.0
_OWN_WEIGHT, _COMMITTEE_WEIGHT, _PLACE_WEIGHT = 8, 3, 4


@dataclass(frozen=True)
class Unit:
    """An administrative unit as the catalogue has it; a null date means unbounded."""

    unit_code: str
    level: Level
    name: str
    short_name: str
    kind: str
    parent_code: str | None
    valid_from: date | None
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        """Whether the unit existed on that day; its last day is not part of it."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class UnitMatch:
    """The unit a report was matched to, and how sure that is: 1 for a name found as printed."""

    unit: Unit
    confidence: float


@cache
def all_units() -> dict[str, Unit]:
    """Every unit of the catalogue by its code."""
    return {row["unit_code"]: _unit(row) for row in read_catalogue("units").iter_rows(named=True)}


def _unit(row: dict[str, str | None]) -> Unit:
    def day(name: str) -> date | None:
        text = row[name]
        return date.fromisoformat(text) if text else None

    return Unit(
        unit_code=row["unit_code"] or "",
        level=row["level"],  # type: ignore[arg-type]
        name=row["name"] or "",
        short_name=row["short_name"] or "",
        kind=row["kind"] or "",
        parent_code=row["parent_code"],
        valid_from=day("valid_from"),
        valid_to=day("valid_to"),
    )


@cache
def _names() -> dict[tuple[Level, str], tuple[Unit, ...]]:
    """Units by level and folded name, short names, full names and aliases alike."""
    index: dict[tuple[Level, str], dict[str, Unit]] = {}
    units = all_units()
    entries = [(unit, name) for unit in units.values() for name in (unit.short_name, unit.name)]
    aliases = read_catalogue("unit_aliases").iter_rows(named=True)
    entries += [(units[row["unit_code"]], row["alias"]) for row in aliases]
    for unit, name in entries:
        index.setdefault((unit.level, words(name)), {})[unit.unit_code] = unit
    return {key: tuple(found.values()) for key, found in index.items()}


def recognise_unit(document: Document, period: Period, levels: tuple[Level, ...] = ()) -> UnitMatch:
    """The unit that sent the report; `levels` are those its form is made for, when the form is known.

    Raises `UnknownUnit` with what was found: no name, or several units that fit as well.
    """
    lines = [line for paragraph in document.paragraphs for line in paragraph.text.split("\n")]
    day = period.window_end
    mentions = _mentions(lines, day)
    for level in _levels_by_likelihood(lines, levels):
        scores = Counter({code: weight for code, weight in mentions.items() if all_units()[code].level == level})
        if best := _best(scores, mentions, lines):
            return _only(best, document, confidence=1.0)
        if close := _misspelt(lines, level, day, mentions):
            return _only(close, document, confidence=_CLOSE / 100)
    raise UnknownUnit(
        place=document.name,
        found="không có tên đơn vị hành chính nào trong văn bản",
        expected="tên xã, huyện hoặc tỉnh gửi báo cáo",
        action="nạp lại với tùy chọn --unit và mã đơn vị hành chính",
    )


def _levels_by_likelihood(lines: list[str], levels: tuple[Level, ...]) -> list[Level]:
    """Levels in the order in which the reporter calls itself `UBND xã`, `UBND huyện`…"""
    counts: Counter[Level] = Counter()
    for line in lines:
        key = words(line)
        for match in _COMMITTEE.finditer(key):
            kind = "thanh pho" if match["kind"] == "tp" else match["kind"]
            for level in _LEVEL_OF_KIND[kind]:
                counts[level] += _OWN_WEIGHT if _OWN_LINE.search(key) else 1
    ordered = [level for level, _ in counts.most_common()]
    return [level for level in ordered if level in levels] or list(levels) or ordered


def _mentions(lines: Iterable[str], day: date) -> Counter[str]:
    """How strongly the document speaks of each unit valid on `day`: a weight by unit code."""
    weights: Counter[str] = Counter()
    for line in lines:
        key = words(line)
        own = _OWN_LINE.search(key) is not None
        recipient = _RECIPIENT.match(key) is not None
        for match in _MENTION.finditer(key):
            weight = 1 + (_COMMITTEE_WEIGHT if match["committee"] and not recipient else 0)
            for unit in _longest_name(match["kind"], match["rest"], day):
                weights[unit.unit_code] += weight + (_OWN_WEIGHT if own and match["committee"] else 0)
        if dateline := _PLACE_LINE.match(key):
            for level in LEVELS:
                for unit in _valid(_names().get((level, dateline["name"]), ()), day):
                    weights[unit.unit_code] += _PLACE_WEIGHT
    return weights


def _longest_name(kind: str, rest: str, day: date) -> list[Unit]:
    """Units of this kind whose name starts the words behind the kind, the longest name that fits."""
    kind = "thanh pho" if kind == "tp" else kind
    parts = rest.split()
    for length in range(len(parts), 0, -1):
        name = " ".join(parts[:length])
        found = [
            unit
            for level in _LEVEL_OF_KIND[kind]
            for unit in _valid(_names().get((level, name), ()), day)
            if fold(unit.kind).startswith(kind)
        ]
        if found:
            return found
    return []


def _valid(units: Iterable[Unit], day: date) -> list[Unit]:
    return [unit for unit in units if unit.valid_on(day)]


def _ancestors(unit: Unit) -> list[Unit]:
    above: list[Unit] = []
    while unit.parent_code:
        unit = all_units()[unit.parent_code]
        above.append(unit)
    return above


def _best(scores: Counter[str], mentions: Counter[str], lines: list[str]) -> list[Unit]:
    """The most mentioned units; namesakes are told apart by how much their district and province are named."""
    if not scores:
        return []
    names = Counter[str]()
    for code, weight in scores.items():
        names[words(all_units()[code].name)] = max(names[words(all_units()[code].name)], weight)
    top = names.most_common(1)[0][0]
    namesakes = [all_units()[code] for code in scores if words(all_units()[code].name) == top]
    return _by_ancestors(namesakes, mentions, lines)


def _by_ancestors(units: list[Unit], mentions: Counter[str], lines: list[str]) -> list[Unit]:
    if len(units) == 1:
        return units
    text = " ".join(words(line) for line in lines)

    def support(unit: Unit) -> int:
        return sum(
            mentions[above.unit_code] * 2 + (f" {words(above.short_name)} " in f" {text} ")
            for above in _ancestors(unit)
        )

    best = max(support(unit) for unit in units)
    return [unit for unit in units if support(unit) == best]


def _misspelt(lines: list[str], level: Level, day: date, mentions: Counter[str]) -> list[Unit]:
    """Units whose name is nearly what stands behind `UBND xã` or in the dateline."""
    printed: Counter[str] = Counter()
    for line in lines:
        key = words(line)
        for match in _MENTION.finditer(key):
            if match["committee"] and level in _LEVEL_OF_KIND[match["kind"].replace("tp", "thanh pho")]:
                for length in (2, 3):
                    printed[" ".join(match["rest"].split()[:length])] += 1
        if dateline := _PLACE_LINE.match(key):
            printed[dateline["name"]] += 2
    inside = [unit for unit in _valid(all_units().values(), day) if unit.level == level]
    named = [unit for unit in inside if any(mentions[above.unit_code] for above in _ancestors(unit))]
    scored = [
        (fuzz.ratio(name, words(unit.short_name)) + min(count, 5), unit)
        for name, count in printed.items()
        for unit in named
    ]
    best = max((score for score, _ in scored), default=0.0)
    close = {unit.unit_code: unit for score, unit in scored if score >= max(_CLOSE, best)}
    return _by_ancestors(list(close.values()), mentions, lines) if close else []


def _only(units: list[Unit], document: Document, confidence: float) -> UnitMatch:
    if len(units) == 1:
        return UnitMatch(units[0], confidence)
    listed = "; ".join(f"{unit.unit_code} {described(unit)}" for unit in units[:12])
    raise UnknownUnit(
        place=document.name,
        found=f"{len(units)} đơn vị cùng tên phù hợp như nhau: {listed}",
        expected="một đơn vị duy nhất",
        action="nạp lại với tùy chọn --unit và mã của đơn vị đúng",
    )


def described(unit: Unit) -> str:
    """`Xã Hà Vinh, Huyện Hà Trung, Tỉnh Thanh Hóa`."""
    return ", ".join(one.name for one in (unit, *_ancestors(unit)))
