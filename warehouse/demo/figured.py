"""Ledgers as reports and facts, without printed rows: what the units of a province reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
import polars as pl

from warehouse.demo.arrivals import document_numbers, sent_reports, signing_days, valid_at_window_end
from warehouse.demo.dice import Dice
from warehouse.demo.nation_work import Group
from warehouse.demo.questions import is_printed
from warehouse.demo.reports import as_reports
from warehouse.demo.sheets import Mask
from warehouse.demo.timeline import Counts, Timeline
from warehouse.model import Figured, Level

_BLANK_CELLS = 0.02
# In place of hundredths, of which no figure has fewer than 0.
_BLANK, _NOT_ASKED = -1, -2


@dataclass(frozen=True)
class Filled:
    """The reports of a group: which arrive (units, periods), and their cells (units, periods, rows) in hundredths."""

    group: Group
    rows: tuple[tuple[str, Level], ...]
    sent: Mask
    cells: Counts

    @cached_property
    def timeline(self) -> Timeline:
        """The periods of the reports."""
        return self.group.ledger.timeline


def fill_in(group: Group, seed: int) -> Filled:
    """Which reports of a group arrive, and what stands in them."""
    ledger, timeline = group.ledger, group.ledger.timeline
    rows = tuple(key for key in ledger.figures if is_printed(key[0], ledger.level))
    sent = valid_at_window_end(group.units, timeline)
    cells = np.stack([ledger.figures[key] for key in rows], axis=-1)
    blank = np.isnan(cells)
    if ledger.level != "province":
        # Figures of provinces head every page: their reports all arrive, and in full.
        sent = sent_reports(Dice(seed, "arrivals", group.units, timeline), sent)
        chance = Dice(seed, "habits", group.units, timeline).uniform(count=len(timeline) * len(rows))
        blank |= chance.reshape(cells.shape) < _BLANK_CELLS
    hundredths = np.round(np.nan_to_num(cells) * 100).astype(np.int64)
    return Filled(group, rows, sent, np.where(blank, _BLANK, hundredths))


def reported(groups: Sequence[Filled], seed: int) -> Figured:
    """The reports and the facts of the groups of a province."""
    reports = pl.concat([_reports(filled, seed) for filled in groups])
    order = {code: position for position, code in enumerate(groups[0].timeline.codes)}
    in_order = reports.sort(pl.col("period").replace_strict(order), "unit_code")
    return Figured(in_order, _facts(groups))


def _reports(filled: Filled, seed: int) -> pl.DataFrame:
    arrivals = Dice(seed, "letters", filled.group.units, filled.timeline)
    units, periods = np.nonzero(filled.sent)
    codes = [filled.group.units[unit] for unit in units]
    names = [filled.timeline.codes[period] for period in periods]
    lines = pl.DataFrame(
        {
            "unit_code": codes,
            "period": names,
            "sha256": [_digest(*report) for report in zip(codes, names, filled.cells[filled.sent], strict=True)],
            "signed_on": signing_days(arrivals)[filled.sent],
            "number": document_numbers(arrivals)[filled.sent],
        }
    )
    return as_reports(lines, filled.group.ledger.level, form=None)


def _digest(unit_code: str, period: str, cells: Counts) -> str:
    """A simulated report has no file: the hash is of all the figures in it."""
    return sha256(f"{unit_code}\n{period}\n".encode() + cells.astype("<i8").tobytes()).hexdigest()


def _facts(groups: Sequence[Filled]) -> pl.DataFrame:
    """Every cell of every report, by way of a table that has them in their order."""
    indicators = sorted({indicator for filled in groups for indicator, _ in filled.rows})
    lines = sorted({(unit, level) for filled in groups for _, level in filled.rows for unit in filled.group.units})
    cells = _table(groups, indicators, lines)
    there = cells != _NOT_ASKED
    indicator, period, line = (place.astype(np.uint32) for place in np.nonzero(there))
    units, levels = (pl.Series(names, dtype=pl.String) for names in zip(*lines, strict=True))
    hundredths = pl.col("hundredths")
    return pl.DataFrame(
        {
            "unit_code": units.gather(line),
            "level": levels.gather(line),
            "period": pl.Series(groups[0].timeline.codes).gather(period),
            "indicator": pl.Series(indicators).gather(indicator),
            "hundredths": cells[there],
        }
    ).select(
        "unit_code",
        "level",
        "period",
        "indicator",
        value=pl.when(hundredths != _BLANK).then(hundredths / 100).cast(pl.Decimal(18, 4)),
        status=pl.when(hundredths != _BLANK).then(pl.lit("reported")).otherwise(pl.lit("blank")),
    )


def _table(groups: Sequence[Filled], indicators: Sequence[str], lines: Sequence[tuple[str, Level]]) -> Counts:
    """The cells of all reports in hundredths, shape (indicators, periods, lines); a line is a unit and a tier."""
    cells = np.full((len(indicators), len(groups[0].timeline), len(lines)), _NOT_ASKED)
    number_of, line_of = ({key: number for number, key in enumerate(keys)} for keys in (indicators, lines))
    for filled in groups:
        for row, (indicator, level) in enumerate(filled.rows):
            figures = filled.cells[:, :, row]
            # What there is not of another tier, because it is gone or never was, is not asked.
            asked = filled.sent if level == filled.group.ledger.level else filled.sent & (figures != _BLANK)
            at = [line_of[unit, level] for unit in filled.group.units]
            cells[number_of[indicator], :, at] = np.where(asked, figures, _NOT_ASKED)
    return cells
