"""The figures that the running text of a report states, as observations beside those of its annexes.

They never overwrite an annex: they are what the narrative says, kept with its place so that the two can be
compared. A figure whose meaning is not definite has no indicator; `note` keeps the words that limit it.
"""

from collections.abc import Sequence

from loaders.document import Document
from loaders.doubts import is_too_large
from loaders.narrative.clauses import Sentence
from loaders.narrative.contexts import context_of
from loaders.narrative.naming import Meaning, Named, figures_in
from loaders.narrative.passages import Line, Passage, passages_of
from loaders.narrative.scopes import scope_of
from loaders.narrative.settle import Stated, settled
from loaders.narrative.statements import statements_in
from loaders.narrative.stretches import Stretch, Teller, stretch_of
from loaders.narrative.times import looks_back
from loaders.units import Unit
from warehouse.model import Level, Observation
from warehouse.periods import Period


def read_narrative(
    document: Document, level: Level, period: Period, unit: Unit | None = None
) -> tuple[Observation, ...]:
    """The figures of the running text in reading order, counted from 1; `unit` tells its name from others'."""
    teller = Teller(level, period, unit)
    figures: list[Stated] = []
    leads: dict[Line, Meaning | None] = {}
    for number, passage in enumerate(passages_of(document)):
        led_by = leads.get(passage.above[-1]) if passage.above else None
        last = _read(passage, number, figures, led_by, teller)
        if passage.text.endswith(":"):
            leads[passage.last_sentence] = last
    return tuple(_observation(number, figure, period) for number, figure in enumerate(settled(figures), start=1))


def _read(passage: Passage, number: int, figures: list[Stated], last: Meaning | None, teller: Teller) -> Meaning | None:
    """Add the figures of one paragraph; what its last number meant is for the lines it leads into."""
    run = 0
    for start, end in passage.sentences():
        sentence = Sentence(passage.text[start:end], passage.folded[start:end])
        stated = tuple(statements_in(sentence))
        if not sentence.items and not stated:
            run = end
            continue
        stretch = stretch_of(passage, run, start, end)
        found = figures_in(sentence, context_of(stretch, teller.level), last)
        last = found.last if sentence.items else last
        figures += [
            Stated(
                named=named,
                scope=scope_of(stretch, named.clause, named.kind, teller),
                place=passage.place_at(start + named.mark.start),
                paragraph=number,
                above=passage.above,
            )
            for named in _once(found.figures, stated)
            if _of_now(stretch, named, teller)
        ]
        run = run if found.figures else end
    return last


def _of_now(stretch: Stretch, named: Named, teller: Teller) -> bool:
    """Whether a figure is not of an earlier time; what was carried over may be told with the year it came from."""
    back = looks_back(stretch, named.clause, teller.period, named.kind.of_tasks)
    return back is None or (back == "year" and named.kind.figure == "dossiers_carried_over")


def _once(figures: Sequence[Named], stated: Sequence[Named]) -> list[Named]:
    """The figures in reading order; a number that a set phrase names is no other figure."""
    taken = {named.mark.start for named in stated}
    named = [*(figure for figure in figures if figure.mark.start not in taken), *stated]
    return sorted(named, key=lambda figure: figure.mark.start)


def _observation(number: int, figure: Stated, period: Period) -> Observation:
    named = figure.named
    return Observation(
        annex="",
        row_no=number,
        code=None,
        label=named.label,
        parent_label=None,
        column_label=None,
        column_period=period.code,
        unit_of_measure=named.unit or None,
        raw_value=named.mark.raw,
        value=named.mark.value,
        status="reported",
        note=figure.scope.note,
        indicator=None if is_too_large(named.mark.value) else figure.indicator,
        known_row=True,
        level=figure.scope.level,
        place=figure.place,
        source="narrative",
    )
