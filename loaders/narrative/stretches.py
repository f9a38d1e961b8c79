"""A sentence with what it goes on with and stands under, and the report that tells it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.narrative.lexicon import Token, tokens_of
from loaders.narrative.passages import Line, Passage, sentence_places
from loaders.units import Unit
from warehouse.model import Level
from warehouse.periods import Period

_LOOK_BACK = 2000  # characters: further back in its paragraph a sentence does not reach


@dataclass(frozen=True)
class Teller:
    """The report whose text is read: the level of its unit, its period, and its unit where that is known."""

    level: Level
    period: Period
    unit: Unit | None = None


@dataclass(frozen=True)
class Stretch(Line):
    """A sentence with the ones before it that it goes on with; the sentence starts at `shift`.

    `before` is the text of its paragraph before that, `above` the lines it stands under, the nearest last.
    """

    shift: int
    before: Line
    above: tuple[Line, ...]

    @property
    def tokens(self) -> Sequence[Token]:
        """The known phrases."""
        return tokens_of(self.folded)

    @property
    def sentence_before(self) -> Line:
        """The sentence right before this one in its paragraph; empty where it is the first."""
        text = self.before.text + self.text[: self.shift]
        folded = self.before.folded + self.folded[: self.shift]
        places = list(sentence_places(text.rstrip()))
        return Line(text[slice(*places[-1])], folded[slice(*places[-1])])

    def lines_to(self, end: int) -> Iterator[tuple[Line, int]]:
        """The stretch up to a place, then the lines above it, the nearest first, each whole."""
        yield self, end
        for line in reversed(self.above):
            yield line, len(line.text)


def stretch_of(passage: Passage, run: int, start: int, end: int) -> Stretch:
    """The sentence from `start` to `end` of a paragraph, which goes on with what stands from `run`."""
    run = max(run, start - _LOOK_BACK)
    before = slice(max(0, run - _LOOK_BACK), run)
    return Stretch(
        passage.text[run:end],
        passage.folded[run:end],
        start - run,
        Line(passage.text[before], passage.folded[before]),
        passage.above,
    )
