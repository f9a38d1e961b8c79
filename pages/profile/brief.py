"""The one-page brief of a unit: its contents as text and charts of one language, whatever it is written to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.findings import tier
from pages.profile.standing import Standing, comparable, peer_group
from warehouse import answers
from warehouse.answers import Subject, profiles, trends
from warehouse.periods import parse_period

_FINDINGS_SHOWN = 4
_REPORTS_SHOWN = 3
MOST_RATES = 5


@dataclass(frozen=True)
class Line:
    """One rate as the brief's table says it, every cell written."""

    name: str
    value: str
    parts: str
    change: str
    rank: str
    median: str
    target: str
    definition: str


@dataclass(frozen=True)
class Series:
    """One rate over the same span of the years: pairs of a period's name and a figure, null where there is none."""

    name: str
    points: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class Brief:
    """Everything on the sheet."""

    title: str
    unit: str
    subtitle: str
    warnings: tuple[str, ...]
    lines: tuple[Line, ...]
    standings: tuple[Standing, ...]
    series: tuple[Series, ...]
    findings: tuple[str, ...]
    more_findings: int
    sources: tuple[str, ...]
    made_on: str


def brief_of(context: Context, found: Sequence[Standing]) -> Brief:
    """The brief of the selected unit and period."""
    words, selection = context.words, context.selection
    _, root_name, level = peer_group(context)
    shown = [one for one in found if one.rate in HEADLINE_RATES or len(found) <= MOST_RATES][:MOST_RATES]
    findings = context.ask(answers.findings_of, *selection.place).filter(pl.col("unit_code") == selection.unit)
    return Brief(
        title=words("brief.heading"),
        unit=selection.name,
        subtitle=words(
            "brief.subtitle",
            period=words.period(selection.period),
            level=words(f"level.{level}").lower(),
            root=root_name,
        ),
        warnings=_warnings(context, shown),
        lines=tuple(_line(context, one) for one in shown),
        standings=tuple(comparable(shown)),
        series=_series(context, shown),
        findings=tuple(
            f"{' · '.join(part for part in (words('severity.' + row['severity']), tier(words, row)) if part)}. "
            f"{words.named(row, 'message')}"
            for row in findings.head(_FINDINGS_SHOWN).iter_rows(named=True)
        ),
        more_findings=max(0, findings.height - _FINDINGS_SHOWN),
        sources=_sources(context),
        made_on=words.date(datetime.now(UTC).date()),
    )


def _warnings(context: Context, shown: Sequence[Standing]) -> tuple[str, ...]:
    """What a reader must know before the figures."""
    words, selection = context.words, context.selection
    said = []
    if selection.simulated:
        said.append(words("brief.simulated"))
    if selection.boundary != "then":
        said.append(words("brief.map_now"))
    if any(one.basis == "estimated" for one in shown):
        said.append(words("brief.estimated"))
    return tuple(said)


def _line(context: Context, one: Standing) -> Line:
    words, numbers = context.words, context.words.numbers
    reached = "" if one.target is None else words("brief.reached" if one.percent >= one.target else "brief.not_reached")
    return Line(
        name=one.short_name,
        value=numbers.percent(one.percent),
        parts=f"{numbers.number(one.numerator)}/{numbers.number(one.denominator)}",
        change=numbers.missing if one.change is None else numbers.points(one.change),
        rank=f"{numbers.number(one.rank)}/{numbers.number(one.ranked)}" if one.ranked > 1 else numbers.missing,
        median=numbers.percent(one.median) if one.ranked > 1 else numbers.missing,
        target=numbers.missing if one.target is None else f"{numbers.percent(one.target, 0)} ({reached})",
        definition=one.definition_name,
    )


def _series(context: Context, shown: Sequence[Standing]) -> tuple[Series, ...]:
    selection = context.selection
    span = parse_period(selection.period).span
    made = []
    for one in shown:
        subject = Subject(one.rate, one.definition)
        frame = context.ask(trends.trend, selection.scope, (selection.unit,), subject, (span,))
        points = tuple((str(parse_period(code).year), value) for code, value in frame.select("period", "value").rows())
        made.append(Series(one.short_name, points))
    return tuple(made)


def _sources(context: Context) -> tuple[str, ...]:
    """The unit's own reports of the period; for sums over others, how many reported."""
    words, selection = context.words, context.selection
    reports = context.ask(profiles.unit_reports, selection.unit, selection.simulated, selection.boundary)
    own = reports.filter((pl.col("period") == selection.period) & pl.col("superseded_by").is_null())
    lines = [
        words("brief.source", unit=row["unit_name"], file=row["file_name"], signed=words.date(row["signed_on"]))
        for row in own.head(_REPORTS_SHOWN).iter_rows(named=True)
    ]
    if own.height > _REPORTS_SHOWN:
        lines.append(words("brief.more_sources", count=own.height - _REPORTS_SHOWN))
    if selection.path[-1].level != selection.level:
        complete = context.ask(answers.completeness, *selection.place).filter(pl.col("level") == selection.level)
        reported, expected = complete.select("reported", "expected").row(0)
        lines.append(words("brief.reported", reported=reported, expected=expected))
    return tuple(lines)
