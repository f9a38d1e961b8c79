"""Sheets: the figures of a group of units laid out on a form, every row of every report."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from warehouse.demo.ledger import Ledger
from warehouse.demo.timeline import Figures, Timeline
from warehouse.model import LEVELS, Form, FormRow, Level

Mask = NDArray[np.bool_]
Place = tuple[int, int, int]  # unit, period, row


@dataclass
class Sheet:
    """Reports of units of one level on one form.

    `figures` has shape (units, periods, rows), NaN where nothing is printed; `sent` (units, periods) says
    which reports exist; `codes` and `formulas` are what a careless hand changed in single rows, and
    `spared` the reports in which nothing else may be left blank.
    """

    form: Form
    timeline: Timeline
    level: Level
    units: tuple[str, ...]
    figures: Figures
    sent: Mask
    spared: Mask
    codes: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)

    def reports(self) -> Iterator[tuple[int, int]]:
        """Every report that exists, as its unit's and its period's position."""
        for unit, period in np.argwhere(self.sent):
            yield int(unit), int(period)

    def row_of(self, indicator: str, tier: str | None = None) -> int:
        """The position of the row that asks for an indicator of a tier (the units' own by default)."""
        wanted = (indicator, tier or self.level)
        asked = ((row.indicator, row.level or self.level) for row in self.form.rows)
        return next(position for position, key in enumerate(asked) if key == wanted)


def lay_out(form: Form, ledger: Ledger, units: tuple[str, ...], sent: Mask) -> Sheet:
    """The figures of a ledger on the rows of a form; headings and the rows of tiers above stay blank."""
    columns = [_column(row, ledger, len(units)) for row in form.rows]
    timeline = ledger.timeline
    nothing = np.zeros((len(units), len(timeline)), dtype=np.bool_)
    return Sheet(form, timeline, ledger.level, units, np.stack(columns, axis=-1), sent, nothing)


def _column(row: FormRow, ledger: Ledger, units: int) -> Figures:
    blank = np.full((units, len(ledger.timeline)), np.nan)
    if row.indicator is None:
        return blank
    figures = ledger.find(row.indicator, row.level)
    if figures is None and not _is_above(row.level, ledger.level):
        raise LookupError(
            f"the simulation does not know {row.indicator} of level {row.level or ledger.level}, which a row "
            f"of {row.annex} asks for: add a line to warehouse/demo/commune.csv or district.csv"
        )
    return blank if figures is None else figures


def _is_above(tier: Level | None, level: Level) -> bool:
    return tier is not None and LEVELS.index(tier) < LEVELS.index(level)
