"""What a number format does to a number besides its decimals: hide it, divide it, drop its sign or add words to it.

A format code has up to four sections: for positive numbers, negative ones, zero and texts. Words that only name what is
counted change no figure and are left out; where what is shown is not what is stored, both are written, so that nobody
takes either for sure.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

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
_DIGITS = re.compile(r"[0#?][0#?.,]*(?:E[+-][0#?]+)?", re.IGNORECASE)
_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")
_EXPONENT = re.compile(r"e[+-]", re.IGNORECASE)
_NAMES_A_NUMBER = re.compile(
    r"[\d%‰₫$€]|\b(?:chục|trăm|nghìn|nghin|ngàn|vạn|triệu|trieu|tỷ|tỉ|ty|k|tr|đồng|dong|đ|vnđ|vnd|usd)\b", re.IGNORECASE
)
_GENERAL = re.compile(r"general|standard", re.IGNORECASE)
_BETWEEN = frozenset("\0-:()$")  # what stands between digits and groups none
_MAX_DECIMALS = 10
_DASHES = frozenset("-–—")


@dataclass(frozen=True)
class Section:
    """A section: its code, every letter of its words a NUL; the words before, between and behind the digits."""

    code: str
    before: str
    between: str
    after: str
    condition: tuple[str, float] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        return not self.code.strip()

    @property
    def words(self) -> str:
        """All that is shown besides digits."""
        return f"{self.before}{self.after}".strip()


@lru_cache(maxsize=4096)
def sections_of(code: str) -> Sequence[Section]:
    """The sections of a format code, in their order."""
    found: list[Section] = []
    letters: list[tuple[str, str]] = []  # what stands in the code, and the word it shows
    condition: tuple[str, float] | None = None
    for token in (*_TOKEN.finditer(code), None):
        if token is None or token["end"]:
            found.append(_section(letters, condition))
            letters, condition = [], None
        elif (bracket := token["bracket"]) is not None:
            if match := _CONDITION.match(bracket.strip()):
                condition = match["sign"], float(match["limit"])
            elif bracket.startswith("$"):
                letters += [("\0", letter) for letter in bracket[1:].partition("-")[0]]
        elif not token["room"]:
            plain = token["plain"]
            words = plain or token["escaped"] or token["quoted"] or ""
            letters += [(plain or "\0", letter) for letter in words]
    return tuple(found)


def _section(letters: Sequence[tuple[str, str]], condition: tuple[str, float] | None) -> Section:
    code, shown = ("".join(part) for part in zip(*letters, strict=True)) if letters else ("", "")
    if _EXPONENT.search(code):
        code = code.replace("E-", "E+").replace("e-", "e+")
    digits = _GENERAL.search(code) or re.search(r"[0#?@](?:.*[0#?@])?[.,]*", code)
    start, end = digits.span() if digits else (len(shown), len(shown))
    between = [text for mark, text in zip(code[start:end], shown[start:end], strict=True) if mark in _BETWEEN]
    before, after = (_words(code[part], shown[part]) for part in (slice(start), slice(end, None)))
    return Section(code, before, "".join(between).strip(), after, condition)


def _words(code: str, shown: str) -> str:
    """What is shown as it stands: all but the sign that takes a number times 100."""
    return "".join(text for mark, text in zip(code, shown, strict=True) if mark != "%")


def section_for(sections: Sequence[Section], value: float) -> tuple[Section, bool]:
    """The section that shows a number, and whether it shows the number without its sign."""
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if section.condition is None or _HOLDS[section.condition[0]](value, section.condition[1]):
                return section, False
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
    plain = write(value, "General")
    has_digits = re.search(r"[0#?@]", section.code) or _GENERAL.search(section.code)
    if not has_digits or _hides_zero(section.code, value):
        return _only_words(section.words, value, plain)
    signed = unsigned and any(mark in section.before for mark in "-−(")
    before = re.sub(r"[-−()+]", "", section.before) if unsigned else section.before.replace("+", "")
    after = section.after.replace(")", "") if unsigned else section.after
    own = section.code.replace("\0", "")
    shown, same = _number(abs(value) if unsigned and not signed else value, own, write)
    same = same and not (unsigned and not signed) and not section.between and not re.search(r"\d", before + after)
    words = after if _NAMES_A_NUMBER.search(after) else ""
    text = f"{before}{shown}{words}".strip()
    return text if same else f"{text} (ô lưu {plain})"


def _number(value: float, code: str, write: Callable[[float, str], str]) -> tuple[str, bool]:
    """The digits that are shown, and whether they say the number that is stored."""
    exact = Decimal(f"{value:.15g}")
    digits = _DIGITS.search(code)
    behind = digits[0].upper().partition(".")[2].partition("E")[0] if digits else ""
    decimals = min(sum(map(behind.count, "0#?")), _MAX_DECIMALS)
    if digits and _EXPONENT.search(digits[0]):
        shown = f"{value:.{decimals}E}"
        same = Decimal(shown) == exact
        return write(value, "General") if same else shown.replace(".", ","), same
    scale = _SCALE.search(digits[0]) if digits else None
    if scale is None or value == 0:
        return write(value, code), True
    divided = exact.scaleb(-3 * len(scale[1])).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{divided:f}".replace(".", ","), False


def _only_words(words: str, value: float, plain: str) -> str:
    """What a section without digits shows: a dash for nothing is 0, and a word with a digit is no figure."""
    if value == 0 and words and set(words) <= _DASHES:
        return "0"
    return f"{words} (ô lưu {plain})" if re.search(r"\d", words) else words


def _hides_zero(code: str, value: float) -> bool:
    """Whether nothing is shown because the number rounds to 0 and every digit is left out where it is 0: `#,###`."""
    digits = _DIGITS.search(code)
    if digits is None or "0" in digits[0] or "/" in code:
        return False
    return round(abs(value) * (100 if "%" in code else 1)) == 0


@lru_cache(maxsize=4096)
def text_section(code: str) -> Section | None:
    """The section that shows texts; null where they are shown as they are."""
    sections = sections_of(code)
    section = sections[3] if len(sections) > 3 else next((one for one in sections if "@" in one.code), None)
    if section is None or (section.code.strip() == "@" and not section.words):
        return None
    return section


def dressed_text(text: str, code: str) -> str:
    """A text as it shows under a format; empty where it does not."""
    section = text_section(code)
    if section is None:
        return text
    if "@" not in section.code:
        return section.words
    after = section.after if _NAMES_A_NUMBER.search(section.after) else ""
    return f"{section.before}{text}{after}"


_SHOWN = re.compile(
    r"^(?P<before>[^\d]*?)(?P<number>[-−]?\d[\d.,\s'’]*)(?P<exponent>E[+-]?\d+)?(?P<after>.*)$",
    re.DOTALL | re.IGNORECASE,
)
_SHOWN_DECIMALS = re.compile(r"[.,](\d+)\s*$")


def as_shown(value: float, text: str, plain: str, percent: bool) -> str:
    """The number `plain` with what a program showed of it in `text`, whatever marks its language has."""
    text = text.strip()
    match = _SHOWN.match(text)
    if match is None:
        return _only_words(text, value, plain)
    if match["exponent"]:
        exact = _is_exactly(value, match["number"].replace(",", "."), match["exponent"])
        return plain if exact else f"{text.replace('.', ',')} (ô lưu {plain})"
    sign = re.search(r"[-−(]", match["before"] + match["number"]) is not None
    before = re.sub(r"[-−+(\s]", "", match["before"]) if value < 0 else match["before"].strip().replace("+", "")
    after = match["after"].replace("%", "", int(percent)).strip()
    words = after if _NAMES_A_NUMBER.search(after) else ""
    if (sign or value >= 0) and _same_digits(value, match["number"], percent) and not re.search(r"\d", before + words):
        return " ".join(filter(None, (before, plain, words)))
    return f"{text} (ô lưu {plain})"


def _is_exactly(value: float, digits: str, exponent: str) -> bool:
    try:
        return Decimal(f"{digits.strip()}{exponent}") == Decimal(f"{value:.15g}")
    except InvalidOperation:
        return False


def _same_digits(value: float, number: str, percent: bool) -> bool:
    """Whether the digits shown are those of the number, rounded to as many decimals as there may be."""
    exact = abs(Decimal(f"{value:.15g}")).scaleb(2 if percent else 0)
    behind = _SHOWN_DECIMALS.search(number)
    shown = re.sub(r"\D", "", number).lstrip("0")
    places = {0, min(len(behind[1]), _MAX_DECIMALS) if behind else 0}
    rounded = (exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) for decimals in places)
    return any(re.sub(r"\D", "", f"{each:f}").lstrip("0") == shown for each in rounded)
