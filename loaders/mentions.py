"""Where a text names administrative units, and as what: the sender, the one it is sent to, or one it speaks of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.names import PrintedLine, goes_on, longest_name, printed_words, written_so
from loaders.units import Unit, of_another_time, units_named
from warehouse.text import words

_KIND = r"xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tp|tinh"
_MENTION = re.compile(rf"\b(?P<committee>(?:ubnd|uy ban nhan dan) )?(?P<kind>{_KIND})\b(?=(?P<rest>(?: \w+){{0,7}}))")
_PLACE_LINE = re.compile(r"^(?P<name>[\w ]{2,40}?) ngay \d{0,2} ?thang")
_OWN_LINE = re.compile(r"\b(kem theo bao cao|ban hanh kem theo|don vi ubnd|tren day la bao cao)\b")
_MOTTO = re.compile(r"^(?:cong hoa xa hoi chu nghia|doc lap tu do)\b")
_RECIPIENTS = re.compile(r"^(?:kinh gui|noi nhan|nhu tren)\b")
_LONGEST_RECIPIENT = 60
_BULLETS = ("-", "–", "+", "•", "*")
_COMMITTEES = ("ubnd", "uy ban nhan dan")
_LONGEST_NAME = 4  # words


@dataclass(frozen=True)
class Mention:
    """`UBND xã Hà Vinh`: the units it may mean, and whether it is the sender or one the report is sent to."""

    kind: str
    units: tuple[Unit, ...]
    gone: tuple[Unit, ...]  # of another time, where none of `units` bears the name
    unknown: tuple[str, ...]  # the words behind the kind, where no name of any time starts them
    committee: bool
    own: bool
    recipient: bool
    to_end: bool  # nothing stands before or behind it in its line
    longer: bool  # `unknown` starts with the name of another unit
    before: str  # the folded words of its statement before it


@dataclass(frozen=True)
class PlaceLine:
    """`Hà Vinh, ngày …`: the folded name, and the units it may mean on the day."""

    name: str
    units: tuple[Unit, ...]


def lines_of(texts: list[str]) -> Iterator[tuple[str, bool]]:
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


def mentions_in(texts: list[str], day: date) -> Iterator[Mention]:
    """Every place where a kind of unit is named, with the units valid on `day` that its name may mean."""
    for text, recipient in lines_of(texts):
        key = words(text)
        own_line = not recipient and _OWN_LINE.search(key) is not None
        for part in map(PrintedLine, re.split(r"[,;:()]", text)):
            behind, counted = 1, 0  # words up to the end of the kind
            for match in _MENTION.finditer(part.key):
                rest = tuple(match["rest"].split())
                found, length = longest_name(match["kind"], rest)
                behind += part.key.count(" ", counted, match.end("kind"))
                counted = match.end("kind")
                longer = length > 0 and goes_on(part, behind + length)
                found, length = ((), 0) if longer else (found, length)
                named = " ".join((match["kind"], *rest[:length]))
                units, gone = _by_time(found, named, printed_words(part, behind, length), day)
                reports = rest[length : length + 2] == ("bao", "cao") or (not units and "bao cao" in match["rest"])
                to_end = match[0] + match["rest"] == key
                alone = bool(found) and to_end and length == len(rest)
                own = own_line or (not recipient and (reports or alone))
                unknown = () if length else rest
                committee = bool(match["committee"])
                before = part.key[: match.start()].rstrip()
                yield Mention(match["kind"], units, gone, unknown, committee, own, recipient, to_end, longer, before)


def _by_time(
    found: tuple[Unit, ...], key: str, printed: str | None, day: date
) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """Units there on the day, else those of another time.

    A name that only a unit of another time bears with its accents is not that of one there without them: in 2024
    `xã Hoằng Hóa` is no xã Hoàng Hoa. Nor is `thành phố Huế` the province that took the name on 01/01/2025.
    """
    valid = tuple(unit for unit in found if unit.valid_on(day) and not of_another_time(unit, key, day))
    exact = written_so(found, printed)
    if valid and (not exact or any(unit in valid for unit in exact)):
        return valid, ()
    return (), exact or found


def place_lines(texts: list[str], day: date) -> list[PlaceLine]:
    """The datelines; accents count in them where any unit is written so, for a place is named without its kind."""
    lines = []
    for text in texts:
        if match := _PLACE_LINE.match(words(text)):
            found = tuple(units_named(match["name"]))
            exact = written_so(found, printed_words(PrintedLine(text), 0, len(match["name"].split())))
            lines.append(PlaceLine(match["name"], tuple(unit for unit in exact or found if unit.valid_on(day))))
    return lines


def whole_names(mention: Mention) -> list[str]:
    """What the name may be: all up to `báo cáo` or the end of a short line; else its first two or three words."""
    text = " ".join(mention.unknown)
    name, reports, _ = text.partition(" bao cao")
    if (reports or mention.to_end) and len(name.split()) <= _LONGEST_NAME:
        return [name]
    return [" ".join(mention.unknown[:length]) for length in (2, 3)]
