"""What it costs to publish many reports, and one more into a warehouse that holds many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time

from benchmarks.clock import clocked
from loaders.form import all_forms
from warehouse.model import Report, batch_of
from warehouse.periods import Period, parse_period
from warehouse.versions.publish import publish

_YEARS_ON = 7  # the periods of a family lie within as many years, so that no report is superseded


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time of one publication, and how many of them went into the checks."""

    reports: int
    held_before: int
    seconds: float
    checks: float


def publish_in_turn(directory: Path, reports: Sequence[Report]) -> list[Cost]:
    """Publish the reports into an empty warehouse, then those of later years: one, all but one of the rest, one."""
    later = [_years_on(report) for report in reports]
    costs: list[Cost] = []
    for batch in (reports, later[:1], later[2:], later[1:2]):
        costs.append(publish_clocked(directory, batch, sum(cost.reports for cost in costs)))
    return costs


def publish_clocked(directory: Path, reports: Sequence[Report], held_before: int = 0) -> Cost:
    """Publish the reports as one batch through the product's own function, and say what it cost."""
    with clocked("warehouse.derivation", "find_problems", process_time) as checks:
        started = process_time()
        done = publish(directory, batch_of(reports), all_forms(), action="load")
        seconds = process_time() - started
    return Cost(len(done.added), held_before, seconds, sum(checks))


def _years_on(report: Report) -> Report:
    """The same figures as those of a later year."""
    rows = tuple(replace(row, column_period=_later(row.column_period)) for row in report.observations)
    return replace(report, period=_later(report.period), observations=rows, as_of=None, signed_on=None)


def _later(code: str) -> str:
    period = parse_period(code)
    return Period(period.year + _YEARS_ON, period.span).code
