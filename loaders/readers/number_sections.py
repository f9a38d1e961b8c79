"""What a number format does to a number besides its decimals: hide it, divide it, drop its sign or add words to it.

A format code has up to four sections: for positive numbers, negative ones, zero and texts. Words that only name what is
counted change no figure and are left out; where what is shown is not what is stored, both are written, so that nobody
takes either for sure.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

STORED = " (ô lưu "  # between what is shown and the number that is stored

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<room>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<end>;)|(?P<plain>.)', re.DOTALL
)
_CONDITION = re.compile(r"^(?P<sign><=|>=|<>|<|>|=)\s*(?P<limit>-?\d+(?:\.\d+)?)$")
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda value, limit: value < limit,
    ">": lambda value, limit: value > limit,
    "<=": lambda value, limit: value <= limit,
    ">=": lambda value, limit: value >= limit,
    "=": lambda value, limit: value == limit,
    "<>": lambda value, limit: value != limit,
}
_DIGITS = re.compile(r"general|standard|@|[0#?](?:.*[0#?])?,*", re.IGNORECASE | re.DOTALL)
_GENERAL = re.compile(r"[a-z@]", re.IGNORECASE)  # instead of digits: as many decimals as there are
_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")
_EXPONENT = re.compile(r"e[+-]", re.IGNORECASE)
_NAMES_A_NUMBER = re.compile(
    r"[\d%‰₫$€]|\b(?:chục|trăm|nghìn|nghin|ngàn|vạn|triệu|trieu|tỷ|tỉ|ty|k|tr|đồng|dong|đ|vnđ|vnd|usd)\b", re.IGNORECASE
)
_NOTHING = re.compile(r"[-–—]+\s*[₫đ$€]?")
_SHOWN = re.compile(
    r"(?P<before>\D*?)(?P<number>[.,]?\d(?:[\d.,\s'’]*\d)?)(?:E(?P<exponent>[+-]?\d{1,3}))?(?P<after>.*)",
    re.DOTALL | re.IGNORECASE,
)
_SHOWN_DECIMALS = re.compile(r"[.,](\d+)$")
_MAX_DECIMALS = 10
_INEXACT = 1e15  # from here on a float is not the number that was typed


@dataclass(frozen=True)
class Section:
    """A section: what it shows, and its code, with a NUL for every letter of its words."""

    code: str
    shown: str
    condition: tuple[str, float] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        return not self.code.strip()


@lru_cache(maxsize=4096)
def sections_of(code: str) -> Sequence[Section]:
    """The sections of a format code, in their order."""
    found: list[Section] = []
    mask = shown = ""
    condition: tuple[str, float] | None = None
    for token in (*_TOKEN.finditer(code), None):
        if token is None or token["end"]:
            found.append(Section(mask, shown, condition))
            mask, shown, condition = "", "", None
        elif (bracket := token["bracket"]) is not None:
            if match := _CONDITION.match(bracket.strip()):
                condition = match["sign"], float(match["limit"])
            elif bracket.startswith("$"):
                words = bracket[1:].partition("-")[0]
                mask, shown = mask + "\0" * len(words), shown + words
        elif not token["room"]:
            words = token["plain"] or token["escaped"] or token["quoted"] or ""
            mask, shown = mask + (token["plain"] or "\0" * len(words)), shown + words
    return tuple(found)


def section_for(sections: Sequence[Section], value: float) -> tuple[Section, bool]:
    """The section that shows a number, and whether it shows the number without its sign."""
    if len(sections) > 1 and "@" in sections[-1].code:  # that of texts
        sections = sections[:-1]
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if section.condition is None or _HOLDS[section.condition[0]](value, section.condition[1]):
                sign, limit = section.condition or ("", 0)
                return section, value < 0 and sign in ("<", "<=") and limit <= 0
        return sections[0], False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def dressed(value: float, code: str, write: Callable[[float, str], str]) -> str:
    """A number as it shows, empty where it does not; `write` writes one by a section's code, without its words."""
    section, unsigned = section_for(sections_of(code), value)
    if section.is_empty:
        return ""
    plain = write(value, section.code.replace("\0", ""))
    if "/" in section.code or abs(value) >= _INEXACT:
        return plain
    digits = _DIGITS.search(section.code)
    text = section.shown
    if digits:
        start, end = digits.span()
        figures = plain.lstrip("-") if _GENERAL.match(digits[0]) else _figures(section, start, end, value)
        text = f"{'' if unsigned or value >= 0 else '-'}{text[:start]}{figures}{text[end:]}"
    return as_shown(value, text, plain, "%" in section.code, grouped=False)


def _figures(section: Section, start: int, end: int, value: float) -> str:
    """The digits that a section shows, and what it puts between them but marks for thousands, with a decimal comma."""
    mask = section.code[start:end]
    whole, _, behind = mask.partition(".")
    decimals = min(sum(map(_EXPONENT.split(behind)[0].count, "0#?")), _MAX_DECIMALS)
    if _EXPONENT.search(mask):
        return f"{abs(value):.{decimals}E}".replace(".", ",")
    scale = _SCALE.search(mask)
    exact = abs(Decimal(f"{value:.15g}")).scaleb(2 * section.code.count("%") - 3 * len(scale[1] if scale else ""))
    digits, _, fraction = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}".partition(".")
    left, placed = digits.lstrip("0"), ""
    for mark, letter in zip(reversed(whole), reversed(section.shown[start : start + len(whole)]), strict=True):
        if mark in "0#?":
            left, last = left[:-1], left[-1:] or ("0" if mark == "0" else "")
            placed = last + placed
        elif mark != ",":
            placed = letter + placed
    return left + placed + (f",{fraction}" if fraction.strip("0") or "0" in behind else "")


def as_shown(value: float, text: str, plain: str, percent: bool, grouped: bool = True) -> str:
    """The number `plain` with what a program showed of it in `text`, whatever marks its language has.

    Where `text` shows another number, it and the one that is stored. `grouped`: there may be marks for thousands.
    """
    if abs(value) >= _INEXACT:
        return plain
    text = text.strip()
    match = _SHOWN.fullmatch(text)
    if match is None:
        return "0" if value == 0 and _NOTHING.fullmatch(text) else text
    before, after = match["before"], match["after"].replace("%", "", int(percent))
    signed = re.search(r"[-−(]", before) is not None
    exact = abs(Decimal(f"{value:.15g}")).scaleb((2 if percent else 0) - int(match["exponent"] or 0))
    if signed != (value < 0) or not _is_shown(exact, match["number"], match["exponent"] is None, grouped):
        return f"{text}{STORED}{plain})"
    if signed:
        before, after = re.sub(r"[-−(]", "", before), after.replace(")", "", 1)
    names = _NAMES_A_NUMBER.search(after) and (value or "%" in after)
    return f"{before.replace('+', '')}{plain}{after if names else ''}".strip()


def _is_shown(exact: Decimal, number: str, rounded: bool, grouped: bool) -> bool:
    """Whether the digits shown are those of the number, `rounded` to as many decimals or not at all.

    Three digits behind a mark may be thousands.
    """
    behind = _SHOWN_DECIMALS.search(number)
    decimals = min(len(behind[1]), _MAX_DECIMALS) if behind else 0
    for places in {0, 3} if decimals == 3 and grouped and number[0] not in "0.," else {decimals}:
        shown = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if _digits(f"{shown:f}") == _digits(number) and (rounded or shown == exact):
            return True
    return False


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number).lstrip("0")


@lru_cache(maxsize=4096)
def text_section(code: str) -> Section | None:
    """The section that shows texts; null where they are shown as they are."""
    sections = sections_of(code)
    section = sections[3] if len(sections) > 3 else next((one for one in sections if "@" in one.code), None)
    return None if section is None or section.code.strip() == "@" else section


def dressed_text(text: str, code: str) -> str:
    """A text as it shows under a format; empty where it does not."""
    section = text_section(code)
    if section is None:
        return text
    before, place, after = section.code.partition("@")
    if not place:
        return section.shown.strip()
    shown = section.shown[-len(after) :] if after else ""
    return f"{section.shown[: len(before)]}{text}{shown if _NAMES_A_NUMBER.search(shown) else ''}"
