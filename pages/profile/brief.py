"""The one-page brief of a unit: its contents as text and charts of one language, whatever it is written to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import polars as pl

from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.remarks import coverage_words, of_few, of_most
from pages.kit.windows import short_window
from pages.kit.words import Words
from pages.profile.findings import own_findings
from pages.profile.standing import (
    Standing,
    change_words,
    comparable,
    disputed_words,
    part_lines,
    parts_words,
    peer_group,
    percent_words,
    rank_words,
)
from warehouse.answers import Subject, disputes, profiles, reporting, trends
from warehouse.periods import parse_period

_FINDINGS_SHOWN, _FINDINGS_LETTERS = 4, 500  # what one page has room for
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
    """One rate over the same span of the years: pairs of a period's name and a figure, null where there is none.

    `disputed` are the names of those periods whose figure reports contradict.
    """

    name: str
    points: tuple[tuple[str, float | None], ...]
    disputed: frozenset[str] = frozenset()


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
    nothing_found: str
    sources: tuple[str, ...]
    made_on: str


def brief_of(context: Context, found: Sequence[Standing]) -> Brief:
    """The brief of the selected unit and period."""
    words, selection = context.words, context.selection
    _, root_name, level = peer_group(context)
    shown = [one for one in found if one.rate in HEADLINE_RATES or len(found) <= MOST_RATES][:MOST_RATES]
    findings, nothing = own_findings(context, shown)
    texts = (_finding(words, row) for row in findings.iter_rows(named=True))
    told = fitting(texts)
    return Brief(
        title=words("brief.heading"),
        unit=selection.name,
        subtitle=words(
            "brief.subtitle",
            period=words.period(selection.period),
            counted=words(f"level.{selection.level}").lower(),
            level=words(f"level.{level}").lower(),
            root=root_name,
        ),
        warnings=_warnings(context, shown),
        lines=tuple(_line(context, one) for one in shown),
        standings=tuple(comparable(shown)),
        series=_series(context, shown),
        findings=told,
        more_findings=findings.height - len(told),
        nothing_found=nothing,
        sources=_sources(context),
        made_on=words.date(datetime.now(UTC).date()),
    )


def fitting(findings: Iterable[str]) -> tuple[str, ...]:
    """The first findings, the gravest, that the page has room for; the first one whatever its length."""
    told: list[str] = []
    for text in islice(findings, _FINDINGS_SHOWN):
        if told and sum(map(len, told)) + len(text) > _FINDINGS_LETTERS:
            break
        told.append(text)
    return tuple(told)


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
    few = {(one.added, one.expected) for one in shown if of_few(one.added, one.expected)}
    said += [coverage_words(words, selection.level, *counts) + "." for counts in sorted(few)]
    short = short_window(context)
    return (*said, *disputed_words(shown, words), *part_lines(shown, words), *([short] if short else []))


def _finding(words: Words, row: dict[str, Any]) -> str:
    """`⚠ Giải quyết đúng hạn: Trung bình. …`: the rates of the sheet it contradicts, how grave it is, and what."""
    about = f"⚠ {', '.join(row['rates'])}: " if row["rates"] else ""
    return f"{about}{words('severity.' + row['severity'])}. {words.named(row, 'message')}"


def _target(one: Standing, target: float, words: Words) -> str:
    """`50 % (đạt)`; open where too few of the units have a figure, or where the report contradicts its own."""
    verdict = "brief.reached" if one.percent >= target else "brief.not_reached"
    if one.expected is None and one.disputed:
        verdict = "brief.target_disputed"
    elif not of_most(one.added, one.expected):
        verdict = "brief.target_open"
    return f"{words.numbers.percent(target, 0)} ({words(verdict)})"


def _line(context: Context, one: Standing) -> Line:
    words, numbers = context.words, context.words.numbers
    return Line(
        name=one.short_name,
        value=percent_words(one, words),
        parts=parts_words(one, words),
        change=change_words(one, words),
        rank=rank_words(one, words),
        median=numbers.percent(one.median_shown),
        target=numbers.missing if one.target is None else _target(one, one.target, words),
        definition=one.definition_name,
    )


def _series(context: Context, shown: Sequence[Standing]) -> tuple[Series, ...]:
    selection = context.selection
    span = parse_period(selection.period).span
    made = []
    for one in shown:
        subject = Subject(one.rate, one.definition)
        frame = context.ask(trends.trend, selection.scope.in_any_period, (selection.unit,), subject, (span,))
        points = tuple((str(parse_period(code).year), value) for code, value in frame.select("period", "value").rows())
        scope = selection.scope
        contradicted = context.ask(disputes.disputed_in_time, scope, (selection.unit,), subject)["period"]
        periods = [parse_period(code) for code in contradicted]
        disputed = frozenset(str(period.year) for period in periods if period.span == span)
        made.append(Series(one.short_name, points, disputed))
    return tuple(made)


def _sources(context: Context) -> tuple[str, ...]:
    """The unit's own reports of the period; for sums over other units, how many of them reported."""
    words, selection = context.words, context.selection
    if selection.path[-1].level != selection.level:
        complete = context.ask(reporting.completeness, *selection.place).filter(pl.col("level") == selection.level)
        reported, expected = complete.select("reported", "expected").row(0)
        number = words.numbers.number
        return (words("brief.reported", reported=number(reported), expected=number(expected)),)
    reports = context.ask(profiles.unit_reports, selection.unit, selection.simulated, selection.boundary)
    own = reports.filter((pl.col("period") == selection.period) & pl.col("superseded_by").is_null())
    lines = [_source(words, row) for row in own.head(_REPORTS_SHOWN).iter_rows(named=True)]
    if own.height > _REPORTS_SHOWN:
        lines.append(words("brief.more_sources", count=own.height - _REPORTS_SHOWN))
    return tuple(lines)


def _source(words: Words, row: dict[str, Any]) -> str:
    """One report behind the sheet; one that bears no date says so."""
    unit, file, signed = row["unit_name"], row["file_name"], row["signed_on"]
    if signed is None:
        return words("brief.source_undated", unit=unit, file=file)
    return words("brief.source", unit=unit, file=file, signed=words.date(signed))
