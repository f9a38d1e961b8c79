"""Choosing what is drawn: a rate, each under its definition, or an indicator; by one code in the address."""

from dataclasses import dataclass
from typing import Any

from pages.kit.context import Context
from warehouse.answers import Counting, Scope, Subject
from warehouse.answers.sources import Figure

RATE, INDICATOR = "rate:", "indicator:"


@dataclass(frozen=True)
class Choice:
    """One measure: its code, what it asks for, its names, and how it is written (null decimals: a percentage).

    `name` is of a rate its definition, which `title`, the rate's own name, stands above.
    """

    code: str
    subject: Subject
    name: str
    full_name: str
    decimals: int | None
    less_is_better: bool = False
    title: str = ""


def figure_at(scope: Scope, subject: Subject, unit: str, period: str, counting: Counting = "printed") -> Figure:
    """The number that a subject has for a unit and a period, on the level, world and boundary of a scope."""
    return Figure(
        unit,
        scope.level,
        period,
        subject.indicator or "",
        subject.rate or "",
        subject.definition or "",
        scope.simulated,
        boundary=scope.boundary,
        counting=counting,
    )


def indicator_choices(context: Context) -> dict[str, Choice]:
    """The indicators that have figures, `indicator:<code>`, in catalogue order."""
    rows = context.indicators.values()
    drawn = [row for row in rows if row["has_data"] and row["kind"] not in {"text", "coded"}]
    return {choice.code: choice for choice in (_indicator(context, row) for row in drawn)}


def rate_choices(context: Context) -> dict[str, Choice]:
    """Every rate under each of its definitions, `rate:<rate>@<definition>`, in catalogue order."""
    names = context.rate_names
    return {
        choice.code: choice
        for choice in (rate_choice(context, rate, definition) for rate, definition in names if definition)
    }


def rate_choice(context: Context, rate: str, definition: str) -> Choice:
    """A rate under one definition."""
    names, words = context.rate_names, context.words
    name, under = words.named(names[rate, None]), words.named(names[rate, definition])
    return Choice(
        f"{RATE}{rate}@{definition}",
        Subject(rate, definition),
        under,
        under if under == name else f"{name}: {under}",
        None,
        names[rate, None]["direction"] == "down",
        "" if under == name else name,
    )


def _indicator(context: Context, row: dict[str, Any]) -> Choice:
    words = context.words
    return Choice(
        f"{INDICATOR}{row['indicator']}",
        Subject(indicator=row["indicator"]),
        f"{words.named(row)} ({words.named(row, 'measure')})",
        f"{words.named(row, 'theme')} · {words.named(row)}",
        int(row["decimals"]),
        row["direction"] == "down",
    )
