"""What it costs to publish many reports, and one more into a warehouse that holds many."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

from loaders.form import all_forms
from warehouse import publish as publishing
from warehouse.model import Report, batch_of
from warehouse.periods import Period, parse_period

_YEARS_ON = 7  # the periods of a family lie within as many years, so that no report is superseded


@dataclass(frozen=True)
class Cost:
    """Seconds of one publication, and how many of them went into the checks."""

    reports: int
    held_before: int
    seconds: float
    checks: float


def publish_in_turn(directory: Path, reports: Sequence[Report]) -> list[Cost]:
    """Publish the reports into an empty warehouse, then those of later years: one, all but one of the rest, one."""
    later = [_years_on(report) for report in reports]
    costs: list[Cost] = []
    for batch in (reports, later[:1], later[2:], later[1:2]):
        costs.append(publish(directory, batch, sum(cost.reports for cost in costs)))
    return costs


def publish(directory: Path, reports: Sequence[Report], held_before: int) -> Cost:
    """Publish the reports as one batch through the product's own function, and say what it cost."""
    with _clocked_checks() as checks:
        started = perf_counter()
        done = publishing.publish(directory, batch_of(reports), all_forms(), action="load")
        seconds = perf_counter() - started
    return Cost(len(done.added), held_before, seconds, sum(checks))


@contextmanager
def _clocked_checks() -> Iterator[list[float]]:
    """The seconds of every run of the checks while this is open."""
    spent: list[float] = []
    run = publishing.find_problems

    def clocked(*arguments: object) -> object:
        started = perf_counter()
        found = run(*arguments)  # type: ignore[arg-type]
        spent.append(perf_counter() - started)
        return found

    with patch.object(publishing, "find_problems", clocked):
        yield spent


def _years_on(report: Report) -> Report:
    """The same figures as those of a later year."""
    period = _later(report.period)
    rows = tuple(replace(row, column_period=_later(row.column_period)) for row in report.observations)
    return replace(report, period=period, observations=rows, as_of=None, signed_on=None)


def _later(code: str) -> str:
    period = parse_period(code)
    return Period(period.year + _YEARS_ON, period.span).code
