"""The indicator of each figure, once all of them are known: what stands beside it can change what it means."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.narrative.naming import Named
from loaders.narrative.passages import Line
from loaders.narrative.scopes import Scope

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


def settled(figures: Sequence[Stated]) -> list[Stated]:
    """The figures with their indicators."""
    known: list[Stated] = []
    for figure in figures:
        beside = {other.named.kind.figure for other in figures if other.above == figure.above}
        indicator = _indicator(figure, beside, known)
        if indicator is not None and _is_part(figure, indicator, known):
            indicator = None
        known.append(replace(figure, indicator=indicator))
    return known


def _indicator(figure: Stated, beside: set[str], known: Sequence[Stated]) -> str | None:
    kind = figure.named.kind
    if not figure.scope.definite and not (kind.of_parts and figure.scope.of_part):
        return None
    if figure.named.whole:
        return None if figure.scope.several else _whole(figure, known)
    if kind.unless in beside:
        return None
    return kind.area_indicator if figure.scope.several else kind.indicator


def _whole(figure: Stated, known: Sequence[Stated]) -> str | None:
    """The second number of `3429/3450`: what the same number was called before, else what its kind says."""
    named = {
        other.indicator
        for other in known
        if other.named.mark.value == figure.named.mark.value and other.scope.level == figure.scope.level
    }
    usual = figure.named.kind.whole
    return usual if usual in named else next((indicator for indicator in _WHOLES if indicator in named), usual)


def _is_part(figure: Stated, indicator: str, known: Sequence[Stated]) -> bool:
    """Whether its paragraph has already given this indicator another value: then this one is a part of it."""
    return any(
        other.indicator == indicator
        and other.scope.level == figure.scope.level
        and other.named.mark.value != figure.named.mark.value
        and other.scope.note == figure.scope.note
        for other in known
        if other.paragraph == figure.paragraph
    )
