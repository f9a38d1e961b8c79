"""What limits a figure: whose work it counts, its window, its office or field, and predecessors' work.

The words that limit it become its note. A figure that is not the unit's own for the period as a whole
(another unit's, old communes' before a merger, one month's, one field's of work) is not definite and gets no indicator.
"""

from dataclasses import dataclass

from loaders.narrative.bodies import other_body
from loaders.narrative.clauses import Clause
from loaders.narrative.lexicon import FigureKind, tokens_of
from loaders.narrative.marks import qualifier_before, windows
from loaders.narrative.stretches import Stretch, Teller
from loaders.narrative.tiers import Tier, tier_before, tier_of_heading
from loaders.narrative.times import DAY, window_of
from warehouse.model import Level

_OFFICE = ("trung tam", "tt")
_FIELD = "linh vuc "


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


def scope_of(stretch: Stretch, clause: Clause, kind: FigureKind, teller: Teller) -> Scope:
    """What limits the figure of a clause; tasks are of no tier but the reporting unit's own."""
    own, tasks = teller.level, "task" in kind.counts
    position = clause.item.start + stretch.shift
    end = clause.behind[1] + stretch.shift
    tier = Tier(own) if tasks else _tier(stretch, position, own)
    window, of_period = window_of(stretch, end, teller.period)
    field = _field(stretch, clause)
    predecessors = _predecessors(stretch, end)
    other = other_body(stretch, clause, kind, teller)
    mark = clause.item.marks[-1]
    notes = (
        qualifier_before(stretch.text, stretch.folded, clause.item.start + stretch.shift, mark.end + stretch.shift),
        window,
        None if tasks or tier.words else _office(stretch, position),
        _saturday(stretch) if kind.figure == "dossiers_saturday" else None,
        field,
        predecessors,
        tier.words,
        other,
    )
    own_work = field is None and predecessors is None and other is None
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
    return any((int(day), int(month), year) == (1, 7, "2025") for day, month, year in DAY.findall(folded))
