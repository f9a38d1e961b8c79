"""The units that the words behind a kind name, and whether the name goes on behind the one found.

`xã Hoằng Hợp Tây` is not the xã Hoằng Hợp that its first words name.
What goes on a name is one or two words more with capitals, up to the end of the statement or to a word that begins
something else. In a line all in capitals the case tells nothing, and its end or such a word must.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from loaders.units import Unit, units_named, written_names
from warehouse.model import Level
from warehouse.text import fold, tidy, words

LEVEL_OF_KIND: dict[str, tuple[Level, ...]] = {
    "tinh": ("province",),
    "thanh pho": ("province", "district"),
    "tp": ("province", "district"),
    "huyen": ("district",),
    "quan": ("district",),
    "thi xa": ("district",),
    "xa": ("commune",),
    "phuong": ("commune",),
    "thi tran": ("commune",),
    "dac khu": ("commune",),
}
_KIND_STARTS = {("thanh", "pho"), ("thi", "xa"), ("thi", "tran"), ("dac", "khu")}
_TOKEN = re.compile(r"(?:[^\W_]|%)+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OFFICE = ("van", "phong")
_LONGEST_REST = 2  # words: a name has four at most
_BEGINS_ELSE_TEXT = """
bao cong doc kinh so nam thang quy ngay tm kt chu pho truong ubnd uy hdnd hoi dang doan phong ban trung bo cap
va ve tinh huyen quan xa phuong tp don phu bieu mau noi nhu luu ket ke thong quyet thuc cac nhung la da co tai
cua dinh ky tu den theo gui de toa vn nghi chi i ii iii iv v vi vii
"""
_BEGINS_ELSE = frozenset(_BEGINS_ELSE_TEXT.split())


@dataclass(frozen=True)
class PrintedLine:
    """A line of text and its words, worked out once: a long line may name many units."""

    text: str

    @cached_property
    def key(self) -> str:
        """The folded line."""
        return words(self.text)

    @cached_property
    def folded(self) -> list[str]:
        """Its folded words."""
        return self.key.split()

    @cached_property
    def tokens(self) -> list[str]:
        """Its words as printed; none where they do not agree with the folded ones."""
        tokens = _TOKEN.findall(tidy(self.text))
        return tokens if len(tokens) == len(self.folded) else []

    @cached_property
    def accented(self) -> bool:
        """Whether it is written with accents."""
        return fold(self.text) != tidy(self.text).lower()


def goes_on(line: PrintedLine, behind: int) -> bool:
    """Whether the name that ends before word number `behind` of a statement goes on there."""
    tokens, folded = line.tokens, line.folded
    if not 0 < behind < len(tokens):
        return False
    rest = 0
    while (
        rest <= _LONGEST_REST
        and behind + rest < len(tokens)
        and _continues(tokens[behind + rest], folded[behind + rest : behind + rest + 2])
    ):
        rest += 1
    if not 0 < rest <= _LONGEST_REST:
        return False
    at_end = behind + rest == len(tokens)
    return at_end or not tokens[behind - 1].isupper() or _begins_else(folded[behind + rest : behind + rest + 2])


def _continues(token: str, following: list[str]) -> bool:
    return token[0].isupper() and token.isalpha() and not _begins_else(following)


def _begins_else(following: list[str]) -> bool:
    return (
        following[0] in _BEGINS_ELSE or tuple(following[:2]) in _KIND_STARTS | {_OFFICE} or fold(following[0]).isdigit()
    )


def longest_name(kind: str, rest: tuple[str, ...]) -> tuple[tuple[Unit, ...], int]:
    """Units of this kind and of any time whose name starts the words behind the kind, and its length in words, at most.

    A name never ends inside another kind: in `xã Hòa Bình thành phố…` no xã Hòa Bình Thạnh is named. A name
    of another time is still a name: `xã Nam Thanh Miện` is never the xã Nam Thanh of before.
    """
    for length in range(len(rest), 0, -1):
        if rest[length - 1 : length + 1] in _KIND_STARTS:
            continue
        if found := {unit.unit_code: unit for unit in _of_kind(kind, " ".join(rest[:length]))}:
            return tuple(found.values()), length
    return (), 0


def printed_words(line: PrintedLine, start: int, length: int) -> str | None:
    """Words of a line as printed, by their place in its folded form; null where it is written without accents."""
    if not line.tokens or not line.accented:
        return None
    return " ".join(line.tokens[start : start + length])


def written_so(units: tuple[Unit, ...], printed: str | None) -> tuple[Unit, ...]:
    """Those of the units whose name has the very accents of the printed one; none where it is null."""
    key = spelt(printed) if printed else None
    return tuple(unit for unit in units if key in _spelt_names(unit))


@cache
def _spelt_names(unit: Unit) -> frozenset[str]:
    return frozenset(spelt(name) for name in written_names(unit))


def spelt(text: str) -> str:
    """Lower case with its accents, and punctuation as spaces; `Hoá` and `Hóa` are one, the tone behind the word."""
    return " ".join(_tone_last(word) for word in re.findall(r"\w+", tidy(text).lower()))


@lru_cache(maxsize=1 << 14)
def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES)) + tones


def _of_kind(kind: str, name: str) -> Iterator[Unit]:
    levels = LEVEL_OF_KIND[kind]
    full_kind = "thanh pho" if kind == "tp" else kind
    yield from (unit for unit in units_named(name, levels) if fold(unit.kind).startswith(full_kind))
    yield from units_named(f"{kind} {name}", levels)  # an alias has a kind of its own
