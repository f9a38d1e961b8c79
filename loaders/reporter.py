"""Which administrative unit sent a report: recognised from the names the document uses.

Names are looked up with accents folded, among the units valid at the end of the period. A name that
several units bear is settled by the district and province the document names, then by its accents; when that
does not settle it, the file is refused with the candidates. Misspelt names are tried last.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from loaders.annexes import spoken_texts
from loaders.document import Document
from loaders.names import LEVEL_OF_KIND, goes_on, longest_name
from loaders.problems import UnknownUnit
from loaders.units import Unit, all_units, ancestors, described, units_named
from warehouse.model import LEVELS, Level
from warehouse.periods import Period
from warehouse.text import tidy, words

_KIND = r"xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tp|tinh"
_MENTION = re.compile(rf"\b(?P<committee>(?:ubnd|uy ban nhan dan) )?(?P<kind>{_KIND})\b(?=(?P<rest>(?: \w+){{0,7}}))")
_PLACE_LINE = re.compile(r"^(?P<name>[\w ]{2,40}?) ngay \d{0,2} ?thang")
_OWN_LINE = re.compile(r"\b(kem theo bao cao|ban hanh kem theo|don vi ubnd|tren day la bao cao)\b")
_MOTTO = re.compile(r"^(?:cong hoa xa hoi chu nghia|doc lap tu do)\b")
_RECIPIENTS = re.compile(r"^(?:kinh gui|noi nhan|nhu tren)\b")
_COMMUNE_SENDER = re.compile(r"^(?:ubnd|uy ban nhan dan) (?:xa|phuong|thi tran|dac khu)(?: \w+){1,4}$")
_LETTERHEAD_LINES = 8
_LONGEST_RECIPIENT = 60
_BULLETS = ("-", "–", "+", "•", "*")
_COMMITTEES = ("ubnd", "uy ban nhan dan")
_CLOSE = 0.84
_SLIPS, _NO_SLIP = 1, 99  # letters of a name that may be wrong
_SHORTEST_NAME, _LONG_NAME = 6, 11  # letters
_LONGEST_NAME = 4  # words
_OWN_WEIGHT, _COMMITTEE_WEIGHT, _PLACE_WEIGHT = 8, 3, 4


@dataclass(frozen=True)
class UnitMatch:
    """The unit a report was matched to, and how sure that is: 1 for a name found as printed."""

    unit: Unit
    confidence: float


@dataclass(frozen=True)
class _Mention:
    """`UBND xã Hà Vinh`: the units it may mean, and whether it is the sender or one the report is sent to."""

    kind: str
    units: tuple[Unit, ...]
    unknown: tuple[str, ...]  # the words behind the kind, where no name of any time starts them
    committee: bool
    own: bool
    recipient: bool
    to_end: bool  # nothing stands before or behind it in its line
    longer: bool  # `unknown` starts with the name of another unit


def recognise_unit(document: Document, period: Period, levels: tuple[Level, ...] = ()) -> UnitMatch:
    """The unit that sent the report; `levels` are those its form is made for, when the form is known.

    Raises `UnknownUnit` with what was found: no name, or several units that fit as well.
    """
    texts = spoken_texts(document)
    spelt = f" {_spelt(' '.join(texts))} "
    day = period.window_end
    mentions = list(_mentions(texts, day))
    datelines = [match["name"] for text in texts if (match := _PLACE_LINE.match(words(text)))]
    weights = _weights(mentions, datelines, day)
    stranger = _strange_sender(texts, day) or _longer_sender(mentions)
    for level in _levels_by_likelihood(mentions, levels):
        if stranger and (level != "commune" or _longer_sender(mentions)):
            break  # the district that a commune of no known name names above itself did not send the report
        scores = Counter({code: weight for code, weight in weights.items() if all_units()[code].level == level})
        if best := _best(scores, weights, spelt):
            return _only(best, document, day, confidence=1.0)
        inside = [unit for unit in all_units().values() if unit.level == level and unit.valid_on(day)]
        if close := _misspelt(_printed_names(mentions, datelines, level), inside, weights, spelt):
            return _only(close, document, day, confidence=_CLOSE)
    raise UnknownUnit(
        place=document.name,
        found=f"đơn vị gửi “{stranger}”, không có trong danh mục"
        if stranger
        else "không có tên đơn vị hành chính nào trong văn bản",
        expected="tên xã, huyện hoặc tỉnh gửi báo cáo",
        action="nạp lại với tùy chọn --unit và mã đơn vị hành chính",
    )


def _strange_sender(texts: list[str], day: date) -> str | None:
    """`UBND XÃ …` in the letterhead with a name that no unit bears or bore; null where there is none."""
    for text, recipient in _lines(texts[:_LETTERHEAD_LINES]):
        if recipient or not _COMMUNE_SENDER.match(words(text)):
            continue
        mention = next(_mentions([text], day), None)
        if mention and mention.unknown and not mention.units:
            return tidy(text)
    return None


def _longer_sender(mentions: list[_Mention]) -> str | None:
    """A commune that sends the report under a longer name than any unit's; null where a known one sends it as well."""
    senders = [one for one in mentions if one.own and one.committee and "commune" in LEVEL_OF_KIND[one.kind]]
    if any(one.units for one in senders):
        return None
    return next((f"{one.kind} {_whole_names(one)[0]}" for one in senders if one.longer), None)


def _lines(texts: list[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it names recipients; `ỦY BAN NHÂN DÂN` over `XÃ HÀ VINH` is one line."""
    recipients, letterhead = False, ""
    for printed in texts:
        if _MOTTO.match(words(printed)):
            continue
        if words(printed) in _COMMITTEES:
            letterhead = printed
            continue
        text, letterhead = f"{letterhead} {printed}".strip(), ""
        key = words(text)
        goes_on = text.startswith(_BULLETS) or (len(key) < _LONGEST_RECIPIENT and "bao cao" not in key)
        recipients = bool(_RECIPIENTS.match(key)) or (recipients and goes_on)
        yield text, recipients


def _mentions(texts: list[str], day: date) -> Iterator[_Mention]:
    """Every place where a kind of unit is named, with the units valid on `day` that its name may mean."""
    for text, recipient in _lines(texts):
        key = words(text)
        own_line = not recipient and _OWN_LINE.search(key) is not None
        for part in re.split(r"[,;:()]", text):
            for match in _MENTION.finditer(words(part)):
                rest = tuple(match["rest"].split())
                units, length = longest_name(match["kind"], rest, day)
                longer = length > 0 and goes_on(part, len(words(part)[: match.end("kind")].split()) + length)
                units, length = ((), 0) if longer else (units, length)
                reports = rest[length : length + 2] == ("bao", "cao") or (not units and "bao cao" in match["rest"])
                to_end = match[0] + match["rest"] == key
                alone = bool(units) and to_end and length == len(rest)
                own = own_line or (not recipient and (reports or alone))
                unknown = () if length else rest
                yield _Mention(match["kind"], units, unknown, bool(match["committee"]), own, recipient, to_end, longer)


def _levels_by_likelihood(mentions: list[_Mention], levels: tuple[Level, ...]) -> list[Level]:
    """Levels in the order in which the reporter calls itself `UBND xã`, `UBND huyện`…; of equals the lower one."""
    counts: Counter[Level] = Counter()
    for mention in mentions:
        if mention.committee and not mention.recipient:
            for level in {unit.level for unit in mention.units} or LEVEL_OF_KIND[mention.kind]:
                counts[level] += _OWN_WEIGHT if mention.own else 1
    ordered = sorted(counts, key=lambda level: (counts[level], LEVELS.index(level)), reverse=True)
    return [level for level in ordered if level in levels] or list(levels) or ordered


def _weights(mentions: list[_Mention], datelines: list[str], day: date) -> Counter[str]:
    """How strongly the document speaks of each unit: a weight by unit code."""
    weights: Counter[str] = Counter()
    for mention in mentions:
        weight = 1
        if mention.committee and not mention.recipient:
            weight += _COMMITTEE_WEIGHT + (_OWN_WEIGHT if mention.own else 0)
        weights.update({unit.unit_code: weight for unit in mention.units})
    for name in datelines:
        weights.update({unit.unit_code: _PLACE_WEIGHT for unit in units_named(name) if unit.valid_on(day)})
    return weights


def _best(scores: Counter[str], weights: Counter[str], spelt: str) -> list[Unit]:
    """The most mentioned units; namesakes are told apart by how much their district and province are named."""
    if not scores:
        return []
    names = Counter[str]()
    for code, weight in scores.items():
        names[words(all_units()[code].name)] = max(names[words(all_units()[code].name)], weight)
    top = names.most_common(1)[0][0]
    namesakes = [all_units()[code] for code in scores if words(all_units()[code].name) == top]
    return _told_apart(namesakes, weights, spelt)


def _told_apart(units: list[Unit], weights: Counter[str], spelt: str) -> list[Unit]:
    """Those of the units whose ancestors are named most; among them those whose name is spelt with its accents."""
    if len(units) == 1:
        return units
    text = f" {words(spelt)} "

    def support(unit: Unit) -> int:
        # The dateline of a commune that bears its district's name names no district: of xã Tân Sơn there are many.
        above = [one for one in ancestors(unit) if one.short_name != unit.short_name or f" {words(one.name)} " in text]
        return sum(weights[one.unit_code] * 2 + (f" {_spelt(one.short_name)} " in spelt) for one in above)

    best = max(support(unit) for unit in units)
    supported = [unit for unit in units if support(unit) == best]
    return [unit for unit in supported if f" {_spelt(unit.name)} " in spelt] or supported


def _spelt(text: str) -> str:
    """Lower case with its accents, and punctuation as spaces."""
    return " ".join(re.findall(r"\w+", tidy(text).lower()))


def _misspelt(printed: Counter[str], inside: list[Unit], weights: Counter[str], spelt: str) -> list[Unit]:
    """Units whose name is a printed one but for a slip of the pen, in the district the document names."""
    named = [unit for unit in inside if _stands_where_named(unit, weights)]
    slips = {
        unit.unit_code: min((_slips(name, words(unit.short_name)) for name in printed), default=_NO_SLIP)
        for unit in named
    }
    fewest = min(slips.values(), default=_NO_SLIP)
    close = [unit for unit in named if slips[unit.unit_code] == fewest < _NO_SLIP]
    return _told_apart(close, weights, spelt) if close else []


def _stands_where_named(unit: Unit, weights: Counter[str]) -> bool:
    """Whether the document names what is right above the unit; its province is enough where no district of it is."""
    above = ancestors(unit)
    if not above or weights[above[0].unit_code]:
        return bool(above)
    beside = any(weight and all_units()[code].parent_code == above[-1].unit_code for code, weight in weights.items())
    return len(above) > 1 and bool(weights[above[-1].unit_code]) and not beside


def _slips(printed: str, name: str) -> int:
    """How many letters are wrong; `_NO_SLIP` where they are too many, or the name is a number or too short to tell."""
    most = _SLIPS if len(name) < _LONG_NAME else _SLIPS + 1
    if len(name) < _SHORTEST_NAME or any(character.isdigit() for character in name):
        return _NO_SLIP
    wrong = OSA.distance(printed, name, score_cutoff=most)
    return wrong if wrong <= most else _NO_SLIP


def _printed_names(mentions: list[_Mention], datelines: list[str], level: Level) -> Counter[str]:
    """The words that stand where the unit's name should, behind `UBND xã` or in the dateline, by how often.

    What is the name of a unit of another time is no slip of the pen.
    """
    printed: Counter[str] = Counter()
    for mention in mentions:
        if mention.committee and mention.unknown and level in LEVEL_OF_KIND[mention.kind]:
            printed.update(_whole_names(mention))
    for name in datelines:
        printed[name] += 2
    return Counter({name: count for name, count in printed.items() if not any(units_named(name, (level,)))})


def _whole_names(mention: _Mention) -> list[str]:
    """What the name may be: all up to `báo cáo` or the end of a short line; else its first two or three words."""
    text = " ".join(mention.unknown)
    name, reports, _ = text.partition(" bao cao")
    if (reports or mention.to_end) and len(name.split()) <= _LONGEST_NAME:
        return [name]
    return [" ".join(mention.unknown[:length]) for length in (2, 3)]


def _only(units: list[Unit], document: Document, day: date, confidence: float) -> UnitMatch:
    if len(units) == 1:
        return UnitMatch(units[0], confidence)
    listed = "; ".join(f"{unit.unit_code} {described(unit, day)}" for unit in units[:12])
    raise UnknownUnit(
        place=document.name,
        found=f"{len(units)} đơn vị cùng tên phù hợp như nhau: {listed}",
        expected="một đơn vị duy nhất",
        action="nạp lại với tùy chọn --unit và mã của đơn vị đúng",
    )
