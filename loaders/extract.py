"""The rows of a report's annexes as observations: every printed row, mapped to an indicator or not."""

from collections.abc import Iterator

from loaders.annexes import Annex
from loaders.cells import read_cell
from loaders.headers import Column
from loaders.match import FormMatch
from loaders.periods import column_period
from loaders.rows import AnnexRow
from warehouse.model import FormRow, Level, Observation
from warehouse.periods import Period


def extract_observations(
    annexes: tuple[Annex, ...], match: FormMatch | None, level: Level, period: Period
) -> tuple[Observation, ...]:
    """One observation a printed row, for the column of the report's own period.

    Figures printed in columns of other periods are kept as observations of those periods.
    """
    observations: list[Observation] = []
    for number, annex in enumerate(annexes):
        form_rows = match.rows[number] if match else (None,) * len(annex.rows)
        main = _main_column(annex, period)
        for row, form_row in zip(annex.rows, form_rows, strict=True):
            observations.append(_observation(annex, row, form_row, main, level, period))
            observations.extend(_other_columns(annex, row, form_row, main, level, period))
    return tuple(observations)


def _main_column(annex: Annex, period: Period) -> int:
    """The position, among the value columns, of the one that speaks of the report's period.

    Where none says so, the first that speaks of no other period, else the first.
    """
    periods = [column_period(column.label, period) for column in annex.columns]
    wanted = next((code for code in (period.code, None) if code in periods), periods[0])
    return periods.index(wanted)


def _other_columns(
    annex: Annex, row: AnnexRow, form_row: FormRow | None, main: int, level: Level, period: Period
) -> Iterator[Observation]:
    for position, raw in enumerate(row.values):
        if (
            position != main
            and raw
            and (raw != row.values[main] or _is_figure_of_its_own(annex, row, position, period))
        ):
            yield _observation(annex, row, form_row, position, level, period)


def _is_figure_of_its_own(annex: Annex, row: AnnexRow, position: int, period: Period) -> bool:
    """Whether the same text as in the period's own column is another period's number; words repeated are not."""
    if column_period(annex.columns[position].label, period) in (None, period.code):
        return False
    return read_cell(row.values[position], row.unit_of_measure).status == "reported"


def _observation(
    annex: Annex, row: AnnexRow, form_row: FormRow | None, position: int, level: Level, period: Period
) -> Observation:
    column: Column = annex.columns[position]
    reading = read_cell(row.values[position], row.unit_of_measure)
    of_period = column_period(column.label, period)
    return Observation(
        annex=annex.name,
        row_no=row.row_no,
        code=row.code,
        label=row.label,
        parent_label=row.parent_label,
        column_label=column.label,
        column_period=period.code if of_period is None else of_period,
        unit_of_measure=row.unit_of_measure or None,
        raw_value=row.values[position] or None,
        value=reading.value,
        status=reading.status,
        note=row.note or None,
        indicator=form_row.indicator if form_row else None,
        known_row=form_row is not None,
        level=(form_row.level if form_row else None) or level,
        place=row.place,
    )
