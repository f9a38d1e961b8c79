"""The words of the narrative and what they name: data in `words.csv` and `figures.csv`.

`words.csv` gives each phrase a sense (`đúng hạn` is `on_time`); `…` stands for up to four words, and a space
for any of the ways in which words are strung together (`xã, thị trấn`, `xã-thị trấn`); the group `list` holds
single words. `figures.csv` says which senses together name which figure: its first line that fits is the figure.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from warehouse.text import fold

_HERE = Path(__file__).parent
_WORD = re.compile(r"[a-z0-9]+")
_STRUNG = r"[ ,/&–-]{1,3}"
_ANY_WORDS = r"(?: [a-z]+){0,4} "


@dataclass(frozen=True)
class Token:
    """A known phrase in a sentence: what it means, and where it stands."""

    group: str
    sense: str
    start: int
    end: int


@dataclass(frozen=True)
class FigureKind:
    """A figure the text may state. `counts` are the nouns it counts; `indicator` is null where the catalogue has none.

    `area_indicator` holds when several tiers are counted together; `whole` is the indicator of the second
    number in `3429/3450`; `unless` names a figure beside which this one means less than its indicator. One `of_parts`
    keeps its indicator where it counts a part of the period, which is at most what the whole has.
    """

    figure: str
    counts: frozenset[str]
    needs: tuple[frozenset[str], ...]
    without: frozenset[str]
    indicator: str | None
    area_indicator: str | None
    whole: str | None
    unless: str | None
    of_parts: bool = False

    @property
    def of_tasks(self) -> bool:
        """Whether it counts tasks or how far a plan has been carried out."""
        return "task" in self.counts or self.figure in ("tasks_rate", "plan_completion")

    def fits(self, noun: str, senses: frozenset[str]) -> bool:
        """Whether these senses, counted in this noun, name this figure."""
        return noun in self.counts and all(need & senses for need in self.needs) and not self.without & senses


@lru_cache(maxsize=512)
def tokens_of(folded: str) -> tuple[Token, ...]:
    """The known phrases of a folded text from left to right, the longest at each place."""
    found: list[Token] = []
    position = 0
    for word in _WORD.finditer(folded):
        entry = _phrases().get(word[0]) if word.start() >= position else None
        if entry is not None and (match := entry[0].match(folded, word.start())):
            group, sense = entry[1][(match.lastindex or 1) - 1]
            found.append(Token(group, sense, match.start(), match.end()))
            position = match.end()
    return tuple(found)


def figure_named(noun: str, senses: frozenset[str]) -> FigureKind | None:
    """The figure that these senses name; null when none does."""
    return next((kind for kind in figure_kinds() if kind.fits(noun, senses)), None)


@cache
def single_words(name: str) -> frozenset[str]:
    """A list of single words of `words.csv`, folded."""
    return frozenset(word for group, sense, words in _word_rows() if (group, sense) == ("list", name) for word in words)


def known_senses() -> frozenset[str]:
    """Every sense a phrase can have."""
    return frozenset(sense for _, sense, _ in _word_rows())


@cache
def figure_kinds() -> tuple[FigureKind, ...]:
    """The lines of `figures.csv`, in their order."""
    with (_HERE / "figures.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_figure_kind(row) for row in csv.DictReader(file))


def _figure_kind(row: dict[str, str]) -> FigureKind:
    def alternatives(text: str) -> frozenset[str]:
        return frozenset(text.split("/")) if text else frozenset()

    return FigureKind(
        figure=row["figure"],
        counts=alternatives(row["counts"]),
        needs=tuple(alternatives(term) for term in row["needs"].split()),
        without=alternatives(row["without"]),
        indicator=row["indicator"] or None,
        area_indicator=row["area_indicator"] or None,
        whole=row["whole"] or None,
        unless=row["unless"] or None,
    )


@cache
def _word_rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    with (_HERE / "words.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["group"], row["sense"], tuple(fold(row["words"]).split("|"))) for row in csv.DictReader(file))


@cache
def _phrases() -> dict[str, tuple[re.Pattern[str], list[tuple[str, str]]]]:
    """For each first word, one pattern with a group a phrase, the longest first, and what each group means."""
    by_word: dict[str, list[tuple[str, str, str]]] = {}
    for group, sense, phrases in _word_rows():
        for phrase in phrases if group != "list" else ():
            by_word.setdefault(phrase.split()[0].split("…")[0], []).append((phrase, group, sense))
    return {word: _pattern(entries) for word, entries in by_word.items()}


def _pattern(entries: Iterable[tuple[str, str, str]]) -> tuple[re.Pattern[str], list[tuple[str, str]]]:
    longest_first = sorted(entries, key=lambda entry: (-len(entry[0]), entry[0]))
    phrases = (
        _ANY_WORDS.join(_STRUNG.join(map(re.escape, part.split())) for part in phrase.split("…"))
        for phrase, _, _ in longest_first
    )
    pattern = re.compile("|".join(f"({phrase})(?![a-z0-9])" for phrase in phrases))
    return pattern, [(group, sense) for _, group, sense in longest_first]
