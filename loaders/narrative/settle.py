"""The indicator of each figure, once all of them are known: what stands beside it can change what it means."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from loaders.narrative.naming import Named
from loaders.narrative.passages import Line
from loaders.narrative.scopes import Scope
from warehouse.model import Level

_WHOLES = (
    "dossiers_received",
    "dossiers_resolved",
    "plan_tasks",
    "assigned_tasks",
    "issued_tasks",
    "feedback_received",
)


@dataclass(frozen=True)
class Stated:
    """A figure the text states: what limits it, where it stands, and what it is an indicator of."""

    named: Named
    scope: Scope
    place: str
    paragraph: int
    above: tuple[Line, ...]
    indicator: str | None = None


_Place = tuple[int, str, Level, str | None]  # paragraph, indicator, level and what limits the figure


@dataclass(frozen=True)
class _Known:
    """What the figures so far were: their indicators by value and level, their values by where they stand."""

    indicators: defaultdict[tuple[Decimal, Level], set[str | None]] = field(default_factory=lambda: defaultdict(set))
    values: defaultdict[_Place, set[Decimal]] = field(default_factory=lambda: defaultdict(set))

    def add(self, figure: Stated) -> None:
        value, scope = figure.named.mark.value, figure.scope
        self.indicators[value, scope.level].add(figure.indicator)
        if figure.indicator is not None:
            self.values[figure.paragraph, figure.indicator, scope.level, scope.note].add(value)


def settled(figures: Sequence[Stated]) -> list[Stated]:
    """The figures with their indicators."""
    beside: defaultdict[tuple[Line, ...], set[str]] = defaultdict(set)
    for figure in figures:
        beside[figure.above].add(figure.named.kind.figure)
    known, found = _Known(), []
    for figure in figures:
        indicator = _indicator(figure, beside[figure.above], known)
        if indicator is not None and _is_part(figure, indicator, known):
            indicator = None
        found.append(replace(figure, indicator=indicator))
        known.add(found[-1])
    return found


def _indicator(figure: Stated, beside: set[str], known: _Known) -> str | None:
    kind = figure.named.kind
    if not figure.scope.definite and not (kind.of_parts and figure.scope.of_part):
        return None
    if figure.named.whole:
        return None if figure.scope.several else _whole(figure, known)
    if kind.unless in beside:
        return None
    return kind.area_indicator if figure.scope.several else kind.indicator


def _whole(figure: Stated, known: _Known) -> str | None:
    """The second number of `3429/3450`: what the same number was called before, else what its kind says."""
    named = known.indicators.get((figure.named.mark.value, figure.scope.level), set())
    usual = figure.named.kind.whole
    return usual if usual in named else next((indicator for indicator in _WHOLES if indicator in named), usual)


def _is_part(figure: Stated, indicator: str, known: _Known) -> bool:
    """Whether its paragraph has already given this indicator another value: then this one is a part of it."""
    values = known.values.get((figure.paragraph, indicator, figure.scope.level, figure.scope.note), set())
    return len(values) > (figure.named.mark.value in values)
