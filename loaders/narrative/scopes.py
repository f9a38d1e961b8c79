"""What limits a figure: whose work it counts, its window, its office or field, and predecessors' work.

The words that limit it become its note. A figure that is not the unit's own for the period as a whole
(old communes before a merger, one month, one field of work) is not definite and gets no indicator.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from loaders.narrative.clauses import Clause
from loaders.narrative.lexicon import FigureKind, Token, tokens_of
from loaders.narrative.marks import qualifier_before, spans, windows, years
from loaders.narrative.passages import Line, Passage, sentence_places
from loaders.narrative.tiers import Tier, tier_before, tier_of_heading
from warehouse.model import Level
from warehouse.periods import Period

_MERGER = date(2025, 7, 1)
_DAY = re.compile(r"(\d{1,2})(?:\s*[/.-]\s*|\s+thang\s+)(\d{1,2})(?:(?:\s*[/.-]\s*|\s+nam\s+)(\d{4})\b)?")
_LAST_YEAR = re.compile(r"\bnam (20\d\d)\W*$")
_QUARTERS = {"i": "Q1", "1": "Q1", "ii": "Q2", "2": "Q2", "iii": "Q3", "3": "Q3", "iv": "Q4", "4": "Q4"}
_OFFICE = ("trung tam", "tt")
_FIELD = "linh vuc "
_IN_PARENTHESES = 3
_LOOK_BACK = 2000  # characters: further back in its paragraph a sentence does not reach


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


@dataclass(frozen=True)
class Scope:
    """What a figure is about. `several`: it counts several tiers together; `definite`: nothing else limits it.

    `of_part`: nothing limits it but that it counts a part of the period, `quý II` of a half-year.
    """

    level: Level
    several: bool
    definite: bool
    of_part: bool
    note: str | None


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


def of_another_year(stretch: Stretch, clause: Clause, period: Period) -> bool:
    """Whether the year named last before the number is not the report's."""
    named = [year for start, year in years(stretch.folded) if start < clause.item.start + stretch.shift]
    if named:
        return named[-1] != period.year
    above = (_LAST_YEAR.search(line.folded) for line in reversed(stretch.above))
    return any(match is not None and int(match[1]) != period.year for match in above)


def scope_of(stretch: Stretch, clause: Clause, kind: FigureKind, own: Level, period: Period) -> Scope:
    """What limits the figure of a clause; tasks are always the reporting unit's own."""
    tasks = "task" in kind.counts
    position = clause.item.start + stretch.shift
    end = clause.behind[1] + stretch.shift
    tier = Tier(own) if tasks else _tier(stretch, position, own)
    window, of_period = _window(stretch, end, period)
    field = _field(stretch, clause)
    predecessors = _predecessors(stretch, end)
    mark = clause.item.marks[-1]
    notes = (
        qualifier_before(stretch.text, stretch.folded, clause.item.start + stretch.shift, mark.end + stretch.shift),
        window,
        None if tasks or tier.words else _office(stretch, position),
        _saturday(stretch) if kind.figure == "dossiers_saturday" else None,
        field,
        predecessors,
        tier.words,
    )
    own_work = field is None and predecessors is None
    note = "; ".join(dict.fromkeys(part for part in notes if part)) or None
    return Scope(tier.level, tier.words is not None, of_period and own_work, not of_period and own_work, note)


def _tier(stretch: Stretch, position: int, own: Level) -> Tier:
    if named := tier_before(stretch, stretch.tokens, position, own):
        return named
    headings = (tier_of_heading(line, tokens_of(line.folded), own) for line in reversed(stretch.above))
    return next((tier for tier in headings if tier is not None), Tier(own))


def _office(stretch: Stretch, position: int) -> str | None:
    """The one-stop centre that the figure is of: `Trung tâm Hành chính công huyện`."""
    for line, end in stretch.lines_to(position):
        named = [token for token in tokens_of(line.folded) if token.group in ("tier", "office") and token.start < end]
        if named:
            last = named[-1]
            return line.text[last.start : last.end] if line.folded.startswith(_OFFICE, last.start) else None
    return None


def _window(stretch: Stretch, end: int, period: Period) -> tuple[str | None, bool]:
    """The printed window where it is not the period's own, and whether the figure is the period's."""
    for line, limit in stretch.lines_to(end + _IN_PARENTHESES * stretch.folded.startswith(("(", " ("), end)):
        stated = [place for place in windows(line.folded) if place[0] < limit]
        if stated:
            start, stop = stated[-1]
            return (None if _is_nominal(line.folded[start:stop], period) else line.text[start:stop]), True
        others = [match for match in spans(line.folded) if match.start() < limit]
        if others:
            own = _is_own_span(others[-1], period)
            return (None if own else line.text[others[-1].start() : others[-1].end()].strip()), own
    return None, True


def _is_own_span(match: re.Match[str], period: Period) -> bool:
    if match["quarter"]:
        return _QUARTERS[match["quarter"]] == period.span
    return bool(match["months"]) and f"{match['months']}M" == period.span


def _is_nominal(folded: str, period: Period) -> bool:
    days = [(int(day), int(month), int(year or period.year)) for day, month, year in _DAY.findall(folded)]
    first, last = period.window_start, period.window_end
    ends_there = bool(days) and days[-1] == (last.day, last.month, last.year)
    return ends_there and (len(days) == 1 or days[0][:2] == (first.day, first.month))


def _saturday(stretch: Stretch) -> str | None:
    lines = (stretch, stretch.before, *reversed(stretch.above))
    named = ((line, token) for line in lines for token in tokens_of(line.folded) if token.sense == "saturday")
    return next((line.text[token.start : token.end] for line, token in named), None)


def _field(stretch: Stretch, clause: Clause) -> str | None:
    """The field of work that the figure is limited to: `lĩnh vực đất đai`."""
    near = clause.pieces[0][0] + stretch.shift, clause.behind[1] + stretch.shift
    for token in reversed([token for token in stretch.tokens if token.group == "field" and token.start < near[1]]):
        named = stretch.folded.endswith(_FIELD, 0, token.start)
        if named or token.start >= near[0]:
            return stretch.text[token.start - named * len(_FIELD) : token.end]
    for line in reversed(stretch.above):
        named_above = [token for token in tokens_of(line.folded) if token.group == "field"]
        if line.text.endswith(":") and named_above and _FIELD in line.folded:
            return line.text[named_above[0].start : named_above[-1].end]
    return None


def _predecessors(stretch: Stretch, end: int) -> str | None:
    """The words that give a figure to the units before a merger: `các xã cũ`."""
    for line, limit in stretch.lines_to(end):
        named = [token for token in tokens_of(line.folded) if token.sense in ("predecessor", "merger_end")]
        before = [token for token in named if token.start < limit]
        if before:
            last = before[-1]
            return line.text[last.start : last.end] if last.sense == "predecessor" else None
        stated = [place for place in windows(line.folded) if place[0] < limit]
        if stated:
            start, stop = stated[-1]
            old = line.folded.startswith("truoc", start) and _is_merger(line.folded[start:stop])
            return line.text[start:stop] if old else None
    return None


def _is_merger(folded: str) -> bool:
    return any((int(day), int(month), year) == (1, 7, "2025") for day, month, year in _DAY.findall(folded))
