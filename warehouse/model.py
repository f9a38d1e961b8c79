"""The values that travel from a report to the warehouse. The column names are the public data contract."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

import polars as pl

Level = Literal["province", "district", "commune"]
Status = Literal["reported", "blank", "text", "formula", "ratio_text"]
Source = Literal["annex", "narrative"]
Severity = Literal["high", "medium", "low"]

LEVELS: tuple[Level, ...] = ("province", "district", "commune")
NATION = "VN"  # stands for the whole country wherever a unit is asked for; it is not a row of `unit`
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")


@dataclass(frozen=True)
class Observation:
    """One printed figure, kept as printed, with what was made of it.

    `row_no` counts the rows of its annex from 1, headings included. `value` is null unless `status`
    is `reported`; `column_period` is the period its column speaks of; `known_row` is false for a row that
    no form has, and `indicator` is null there and on headings; `place` says where it stands in the file.
    """

    annex: str
    row_no: int
    code: str | None
    label: str
    parent_label: str | None
    column_label: str | None
    column_period: str
    unit_of_measure: str | None
    raw_value: str | None
    value: Decimal | None
    status: Status
    note: str | None
    indicator: str | None
    known_row: bool
    level: Level
    place: str
    source: Source = "annex"


@dataclass(frozen=True)
class Remark:
    """Something wrong that only the document shows: the rule it breaks, where, and the values, texts as printed."""

    rule: str
    place: str
    compared: Mapping[str, str | float]


@dataclass(frozen=True)
class Report:
    """One report as read: who sent it, for which period, and every figure in it.

    `window_start`, `window_end` and `as_of` are what the document states, null when it does not;
    the nominal window of a period is in the `period` table.
    """

    file_name: str
    sha256: str
    form: str | None
    unit_code: str
    level: Level
    period: str
    window_start: date | None = None
    window_end: date | None = None
    as_of: date | None = None
    signed_on: date | None = None
    document_number: str | None = None
    simulated: bool = False
    observations: tuple[Observation, ...] = field(default=(), repr=False)
    remarks: tuple[Remark, ...] = field(default=(), repr=False)

    @property
    def report_id(self) -> str:
        """The same file read for the same unit and period always has the same id."""
        return f"{self.unit_code}-{self.period}-{self.sha256[:8]}"


@dataclass(frozen=True)
class FormRow:
    """One row a form prints. `indicator` is null for a heading; a null `level` is the reporting unit's own."""

    annex: str
    position: int
    code: str | None
    label: str
    parent_label: str | None
    unit_of_measure: str | None
    indicator: str | None
    level: Level | None


@dataclass(frozen=True, eq=False)
class Form:
    """A form family: what it is, for which levels it is made, and its rows in printed order.

    Forms are compared by identity: each is read once.
    """

    form: str
    name_vi: str
    name_en: str
    legal_basis: str
    levels: tuple[Level, ...]
    minimum_share: float
    rows: tuple[FormRow, ...]

    def annexes(self) -> dict[str, tuple[FormRow, ...]]:
        """The rows by annex, in printed order."""
        grouped: dict[str, list[FormRow]] = {}
        for row in self.rows:
            grouped.setdefault(row.annex, []).append(row)
        return {annex: tuple(rows) for annex, rows in grouped.items()}


_REMARK_COLUMNS: dict[str, pl.DataType] = dict.fromkeys(("report_id", "rule", "place", "compared"), pl.String())


@dataclass(frozen=True)
class Batch:
    """Reports and their observations as two frames, ready to be stored.

    `reports` has the columns of the `report` table but `loaded_at` and `superseded_by`, in the order in
    which they were loaded; `observations` and `remarks` have the columns of the tables of that name.
    """

    reports: pl.DataFrame
    observations: pl.DataFrame
    remarks: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_REMARK_COLUMNS))


_REPORT_COLUMNS: dict[str, pl.DataType] = {
    **dict.fromkeys(("report_id", "file_name", "sha256", "form", "unit_code", "level", "period"), pl.String()),
    **dict.fromkeys(("window_start", "window_end", "as_of", "signed_on"), pl.Date()),
    "document_number": pl.String(),
    "simulated": pl.Boolean(),
}
_OBSERVATION_COLUMNS: dict[str, pl.DataType] = {
    "report_id": pl.String(),
    "source": pl.String(),
    "annex": pl.String(),
    "row_no": pl.Int32(),
    **dict.fromkeys(("code", "label", "parent_label", "column_label", "column_period"), pl.String()),
    **dict.fromkeys(("unit_of_measure", "raw_value"), pl.String()),
    "value": pl.Decimal(18, 4),
    **dict.fromkeys(("status", "note", "indicator"), pl.String()),
    "known_row": pl.Boolean(),
    **dict.fromkeys(("level", "place"), pl.String()),
}


def batch_of(reports: Sequence[Report]) -> Batch:
    """Loaded reports as one batch, in their order; the same file loaded twice counts once, where it came last."""
    last = {report.report_id: report for report in reversed(reports)}
    distinct = list(reversed(last.values()))
    lines = [{column: getattr(report, column) for column in _REPORT_COLUMNS} for report in distinct]
    rows = [
        {
            "report_id": report.report_id,
            **{name: getattr(row, name) for name in _OBSERVATION_COLUMNS if name != "report_id"},
        }
        for report in distinct
        for row in report.observations
    ]
    remarks = [
        {
            "report_id": report.report_id,
            "rule": remark.rule,
            "place": remark.place,
            "compared": json.dumps(remark.compared, ensure_ascii=False),
        }
        for report in distinct
        for remark in report.remarks
    ]
    return Batch(
        pl.DataFrame(lines, schema=_REPORT_COLUMNS),
        pl.DataFrame(rows, schema=_OBSERVATION_COLUMNS),
        pl.DataFrame(remarks, schema=_REMARK_COLUMNS),
    )


@dataclass(frozen=True)
class Figured:
    """What some units reported, without printed rows.

    `reports` has the columns of `Batch.reports`. `facts` has `unit_code`, `level`, `period`, `indicator`, `value`
    (`Decimal(18, 4)`, null where blank) and `status` (`reported` or `blank`), one row for each of the first four,
    in the order of indicator, time and unit.
    """

    reports: pl.DataFrame
    facts: pl.DataFrame
