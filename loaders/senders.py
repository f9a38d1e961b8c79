"""Who cannot have sent a report: names that no unit bears then, committees of another level, units of elsewhere."""

import re
from dataclasses import dataclass
from datetime import date

from loaders.mentions import Mention, PlaceLine, lines_of, mentions_in, whole_names
from loaders.names import LEVEL_OF_KIND, spelt
from loaders.units import Unit, ancestors, name_on, units_named
from warehouse.model import LEVELS, Level
from warehouse.text import tidy, words

_SENDER = re.compile(
    r"^(?:ubnd|uy ban nhan dan) (?:(?P<commune>xa|phuong|thi tran|dac khu)|huyen|quan|thi xa|thanh pho|tp)"
    r"(?: \w+){1,4}$"
)
_HEAD_LINE = re.compile(
    r"^(?:ubnd|uy ban nhan dan|tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\b(?: \w+){1,14}$"
)
LETTERHEAD_LINES = 8
HEAD_LINES = 14  # down to the recipients


def strange_sender(texts: list[str], day: date) -> tuple[str, Level] | None:
    """`UBND XÃ …` in the letterhead with a name that no unit bears or bore, and its level; null where there is none."""
    for text, recipient in lines_of(texts[:LETTERHEAD_LINES]):
        match = None if recipient else _SENDER.match(words(text))
        if match and (mention := next(mentions_in([text], day), None)) and mention.unknown and not mention.units:
            return tidy(text), "commune" if match["commune"] else "district"
    return None


@dataclass(frozen=True)
class HeadLine:
    """A line of the letterhead that is the name of a committee or unit, as printed, and who it may mean."""

    printed: str
    mention: Mention


def letterhead(texts: list[str], day: date) -> list[HeadLine]:
    """The lines over the title that are names of committees and units; who is named in others does not send."""
    head = texts[:LETTERHEAD_LINES]
    title = next((number for number, text in enumerate(head) if words(text).startswith("bao cao")), len(head))
    return [
        HeadLine(tidy(line), mention)
        for line, recipient in lines_of(head[:title])
        if not recipient and _HEAD_LINE.match(words(line))
        for mention in mentions_in([line], day)
        if mention.units or mention.gone or _SENDER.match(words(line))
    ]


def sender_of_another_level(
    head: list[HeadLine], mentions: list[Mention], places: list[PlaceLine], levels: tuple[Level, ...]
) -> str | None:
    """`UBND XÃ YÊN KHÁNH` over a form of districts: the lowest in the letterhead sends; null where the form is its.

    Where the letterhead has only what the sender lies in, the dateline or the text may tell the sender.
    """
    if not levels or not any(one.mention.committee for one in head):
        return None
    tiers = [_levels_of(one.mention) for one in head]
    lowest, sender = max(zip(tiers, head, strict=True), key=lambda tier: max(map(LEVELS.index, tier[0])))
    if lowest & set(levels):
        return None
    if max(map(LEVELS.index, lowest)) < min(map(LEVELS.index, levels)):
        named = sender.mention.units or sender.mention.gone
        at_places = (unit for place in places for unit in place.units if unit.level in levels)
        inside = any(
            one in ancestors(unit) and one.short_name != unit.short_name for unit in at_places for one in named
        )
        reports = any(one.own and one.committee and _levels_of(one) & set(levels) and one.units for one in mentions)
        if inside or reports:
            return None
    return sender.printed


def _levels_of(mention: Mention) -> set[Level]:
    return {unit.level for unit in mention.units or mention.gone} or set(LEVEL_OF_KIND[mention.kind])


def longer_sender(mentions: list[Mention]) -> str | None:
    """A commune that sends the report under a longer name than any unit's; null where a known one sends it as well."""
    senders = [one for one in mentions if one.own and one.committee and "commune" in LEVEL_OF_KIND[one.kind]]
    if any(one.units for one in senders):
        return None
    return next((f"{one.kind} {whole_names(one)[0]}" for one in senders if one.longer), None)


def gone_sender(mentions: list[Mention]) -> Mention | None:
    """A committee of another time that sends the report; null where one of its level or below it that is there does."""
    senders = [one for one in mentions if one.own and one.committee]
    gone = next((one for one in senders if one.gone), None)
    if gone is None:
        return None
    depth = min(LEVELS.index(unit.level) for unit in gone.gone)
    there = any(LEVELS.index(unit.level) >= depth for one in senders for unit in one.units)
    return None if there else gone


def gone_found(mention: Mention, day: date) -> str:
    """What is said of a unit that is named but was not there on the day."""
    unit = mention.gone[0]
    stated = f"“{unit.name}” có tên trong văn bản"
    if unit.valid_on(day):
        return f"{stated}, là tên chỉ có vào thời gian khác của {name_on(unit, day)}"
    if unit.valid_to and unit.valid_to <= day:
        return f"{stated} nhưng không còn từ ngày {unit.valid_to:%d/%m/%Y}, trước ngày cuối kỳ {day:%d/%m/%Y}"
    return f"{stated} nhưng chỉ có từ ngày {unit.valid_from:%d/%m/%Y}, sau ngày cuối kỳ {day:%d/%m/%Y}"


def contradicted(unit: Unit, texts: list[str], day: date) -> str | None:
    """What the letterhead names that the unit cannot be, or be in; null where nothing does.

    A unit that the text names with its kind and accents is not doubted. One known by its dateline alone is not a
    unit above the one in the letterhead, nor a place that bears the name of the one in the letterhead.
    """
    if f" {spelt(unit.name)} " in f" {spelt(' '.join(texts))} ":
        return None
    committees = [one for one in mentions_in(texts, day) if one.committee and not one.recipient]
    by_kind = any(unit in one.units for one in committees)
    for mention in mentions_in(texts[:LETTERHEAD_LINES], day):
        named = mention.units or mention.gone
        if mention.recipient or not named or not (mention.committee or mention.own):
            continue
        if _elsewhere(unit, mention.units) or (not by_kind and mention.own and _another(unit, named)):
            return named[0].name
    return None


def misplaced_under(unit: Unit, texts: list[str], day: date) -> Unit | None:
    """A district or province that the letterhead or the recipients name and the unit does not lie in."""
    head = texts[:HEAD_LINES]
    title = next((number for number, text in enumerate(head) if words(text) == "bao cao"), len(head))
    recipients = (one for one in mentions_in(head, day) if one.recipient)
    for mention in (*mentions_in(head[:title], day), *recipients):
        higher = [one for one in mention.units if LEVELS.index(one.level) < LEVELS.index(unit.level)]
        if higher and len(higher) == len(mention.units) and not any(one in ancestors(unit) for one in higher):
            return higher[0]
    return None


def heir_of(unit: Unit, mentions: list[Mention]) -> Unit | None:
    """The commune of the name that there was from the day `unit` ended, in a province that the report names.

    Null where the report names the district of `unit`: it is that unit's, be it signed late.
    """
    if unit.level != "commune" or unit.valid_to is None:
        return None
    named = [one for mention in mentions for one in (*mention.units, *mention.gone)]
    if any(above.level == "district" and above in named for above in ancestors(unit)):
        return None
    provinces = {one.short_name for one in named if one.level == "province"}
    heirs = [one for one in units_named(words(unit.name), ("commune",)) if one.valid_on(unit.valid_to)]
    return next((one for one in heirs if any(above.short_name in provinces for above in ancestors(one))), None)


def _elsewhere(unit: Unit, named: tuple[Unit, ...]) -> bool:
    """Whether the named units are all of higher levels, and none of them is above the unit."""
    higher = all(LEVELS.index(one.level) < LEVELS.index(unit.level) for one in named)
    return bool(named) and higher and not any(one in ancestors(unit) for one in named)


def _another(unit: Unit, named: tuple[Unit, ...]) -> bool:
    """Whether the named units are of other levels, and below the unit or of its name."""
    if any(one.level == unit.level for one in named):
        return False
    below = all(LEVELS.index(one.level) > LEVELS.index(unit.level) for one in named)
    return below or any(spelt(one.short_name) == spelt(unit.short_name) for one in named)
