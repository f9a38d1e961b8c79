"""A sentence cut around its numbers: which words stand before and after each, and which senses they carry.

A figure is named before its number (`Tiếp nhận trực tuyến 440 hồ sơ`), behind it (`339 hồ sơ đang giải quyết`)
or on both sides (`đã giải quyết 480 hồ sơ đúng hạn`). Words before the number and nearest to it win.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from loaders.narrative.lexicon import Token, tokens_of
from loaders.narrative.marks import Mark, is_whole, marks_of, may_state_a_figure
from loaders.narrative.passages import Line

CONCEPTS = frozenset({"action", "outcome", "channel", "topic"})
MAX_PIECES = 3  # how many statements before a number may name it
_MOST_NUMBERS = 60
_BOUNDARY = re.compile(r"[,;()]|:(?!\s*(?:\d|khong\b))|\b(?:trong do|cu the|bao gom|gom co)\b")
_CUT = re.compile(r"[=–]| - |\b(?:dat|chiem|ty le|ti le|tuong ung|tuong duong|bang|so voi|con)\b")
_AND = re.compile(r" va ")
_NAMELESS = re.compile(r"(?!(?:ke hoach|so voi|so|tren|tong|trong|cua|va|o|tai|theo|von)\b)[a-z]")


@dataclass(frozen=True)
class Item:
    """A number, or a part and its whole, with the noun right behind it."""

    marks: tuple[Mark, ...]
    noun: Token | None

    @property
    def start(self) -> int:
        """Where the number starts."""
        return self.marks[0].start

    @property
    def end(self) -> int:
        """Where the number ends, its noun included."""
        return self.noun.end if self.noun else self.marks[-1].end


@dataclass(frozen=True)
class Clause:
    """The words around one item. `pieces` run from the nearest before the number to the farthest.

    `open_ended` says that the words behind run into the next number without a comma: they are its own.
    """

    item: Item
    pieces: tuple[tuple[int, int], ...]
    behind: tuple[int, int]
    open_ended: bool


@dataclass(frozen=True)
class Sentence(Line):
    """A sentence with what is known in it."""

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The known phrases."""
        return tokens_of(self.folded)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The numbers, part and whole taken together; none where there are so many that it is no sentence."""
        if not may_state_a_figure(self.folded):
            return ()
        marks = marks_of(self.text, self.folded, self.tokens)
        return tuple(_items(self.folded, self.tokens, marks)) if len(marks) <= _MOST_NUMBERS else ()

    @cached_property
    def boundaries(self) -> tuple[tuple[int, int], ...]:
        """Where one statement ends and the next begins."""
        return tuple(self._outside(_BOUNDARY))

    @cached_property
    def cuts(self) -> tuple[int, ...]:
        """Where words behind a number may stop to name it: `đạt`, `chiếm`, `so với`."""
        return tuple(start for start, _ in self._outside(_CUT))

    @cached_property
    def ands(self) -> tuple[int, ...]:
        """Each `và` that is no part of a phrase."""
        return tuple(start for start, _ in self._outside(_AND))

    def within(self, start: int, end: int, *groups: str) -> list[Token]:
        """The phrases of these groups that lie between two places."""
        return [token for token in self.tokens if start <= token.start < end and token.group in groups]

    def clause(self, number: int, taken: int) -> Clause:
        """The words around an item; those before `taken` name an item before it."""
        item = self.items[number]
        following = self.items[number + 1].start if number + 1 < len(self.items) else len(self.text)
        hard = min([start for start, _ in self.boundaries if start >= item.end], default=len(self.text))
        cuts = [start for start in self.cuts if start >= item.end]
        if following < hard:
            cuts += [start for start in self.ands if item.end <= start < following]
        end = min(hard, following, *cuts)
        open_ended = following == end < min([hard, len(self.text), *cuts])
        return Clause(item, tuple(self._pieces(taken, item.start)), (item.marks[-1].end, end), open_ended)

    def outer(self, number: int) -> int | None:
        """The item that the parenthesis around an item belongs to; null outside parentheses."""
        start = self.items[number].start
        opened = self.folded.rfind("(", 0, start)
        if opened <= self.folded.rfind(")", 0, start):
            return None
        return max([at for at, item in enumerate(self.items) if item.end <= opened], default=None)

    def adjoins(self, clause: Clause, token: Token) -> bool:
        """Whether a phrase stands right behind the number."""
        return token.group != "head" and not self.folded[clause.item.marks[-1].end : token.start].strip()

    def nameless(self, clause: Clause) -> bool:
        """Whether a word follows the number that is neither a noun counted here nor part of a figure's name."""
        start = clause.item.marks[-1].end
        rest = self.folded[start : clause.behind[1]].lstrip(" ")
        position = clause.behind[1] - len(rest)
        named = (*CONCEPTS, "noun", "head")
        known = any(token.start == position and token.group in named for token in self.tokens)
        return clause.item.noun is None and bool(_NAMELESS.match(rest)) and not known

    def _pieces(self, taken: int, start: int) -> Iterator[tuple[int, int]]:
        end = start
        for left, right in reversed([place for place in self.boundaries if taken <= place[0] and place[1] <= start]):
            yield right, end
            end = left
        yield min(taken, end), end

    def _outside(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Matches that are not inside a known phrase or a number."""
        inside = [(token.start, token.end) for token in self.tokens]
        inside += [(mark.start, mark.end) for item in self.items for mark in item.marks]
        for match in pattern.finditer(self.folded):
            if not any(start <= match.start() < end for start, end in inside):
                yield match.span()


def _items(folded: str, tokens: Sequence[Token], marks: Sequence[Mark]) -> Iterator[Item]:
    nouns = {token.start: token for token in tokens if token.group == "noun"}
    position = 0
    while position < len(marks):
        pair = tuple(marks[position : position + 2])
        parts = len(pair) == 2 and {mark.kind for mark in pair} == {"number"}
        taken = pair if parts and is_whole(folded[pair[0].end : pair[1].start]) else pair[:1]
        position += len(taken)
        after = taken[-1].end
        while folded[after : after + 1] == " ":
            after += 1
        yield Item(taken, nouns.get(after) if taken[-1].kind != "nothing" else None)
