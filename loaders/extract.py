"""The rows of a report's annexes as observations: every printed row, mapped to an indicator or not."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from loaders.annexes import Annex
from loaders.cells import read_cell
from loaders.columns import Columns
from loaders.doubts import NO_READING, Figure, Marks, Rule, marks_of, read_figure
from loaders.headed import Headed, columns_under, headed_remarks
from loaders.match import FormMatch
from loaders.ratios import without_ratios
from loaders.repeats import contradicting, remark_of
from loaders.rows import AnnexRow
from loaders.units import Unit
from warehouse.model import FormRow, Level, Observation, Remark
from warehouse.periods import Period


def extract_observations(
    annexes: tuple[Annex, ...],
    match: FormMatch | None,
    unit: Unit,
    period: Period,
    of_parts: Collection[Annex] = (),
    headed: Headed = MappingProxyType({}),
) -> tuple[tuple[Observation, ...], tuple[Remark, ...]]:
    """One observation a printed row, for the column of the report's own period; and what was not taken at its word.

    Figures printed in columns of other periods are kept as observations of those periods. Where no column is the
    report's own (`choose_columns`), every row is kept and none counts for the report's period.
    """
    observations: list[Observation] = []
    remarks: list[Remark] = []
    marks = marks_of(annexes)
    chosen = [columns_under(annex, period, unit, headed) for annex in annexes]
    repeated = contradicting(annexes, match, chosen, of_parts)
    for number, annex in enumerate(annexes):
        form_rows = match.rows[number] if match else (None,) * len(annex.rows)
        columns = chosen[number]
        remarks += headed_remarks(annex, period, unit, headed)
        for row, form_row in zip(annex.rows, form_rows, strict=True):
            main = columns.main if columns.main is not None else _first_filled(row)
            for position in (main, *_other_columns(row, main, columns, period)):
                figure = _figure(annex, row, form_row, position, marks)
                if position == columns.main and (number, row.row_no) in repeated:
                    figure = _unsettled(figure)
                found = _observation(annex, row, form_row, position, columns, figure, unit.level)
                observations.append(replace(found, indicator=None) if annex in of_parts else found)
                if figure.rule and position == columns.main:
                    remarks.append(_remark(annex, row, position, figure.rule, figure.told or {}))
    groups = {id(group): group for group in repeated.values()}
    taken, ratios = without_ratios(observations, period.code)
    return taken, (*remarks, *map(remark_of, groups.values()), *ratios)


def _unsettled(figure: Figure) -> Figure:
    """The figure of a row that another one contradicts, which the remark on both says."""
    return replace(figure, reading=NO_READING) if figure.reading.value is not None else figure


def _figure(annex: Annex, row: AnnexRow, form_row: FormRow | None, position: int, marks: Marks) -> Figure:
    indicator = form_row.indicator if form_row else None
    heading, above = annex.columns[position].label, "" if row.unit_of_measure else annex.measure
    figure = read_figure(row.values[position], row.unit_of_measure, heading, indicator, marks, above)
    if figure.reading.value is not None and _reached(row, position):
        return Figure(NO_READING, "figure_merged")
    return figure


def _reached(row: AnnexRow, position: int) -> list[str]:
    """The places of the rows that the merged cell of a value reaches; none where it is not merged."""
    return [place for number, place in row.merged if number == position]


def _remark(annex: Annex, row: AnnexRow, position: int, rule: Rule, told: Mapping[str, str]) -> Remark:
    places = [row.place, *(_reached(row, position) if rule == "figure_merged" else ())]
    where = ", ".join((annex.name, *dict.fromkeys(places)))
    return Remark(rule, where, {"subject": row.label, "printed": row.values[position], **told})


def _first_filled(row: AnnexRow) -> int:
    """Where no column is the report's own, the row is told by its first figure."""
    return next((position for position, raw in enumerate(row.values) if raw), 0)


def _other_columns(row: AnnexRow, main: int, columns: Columns, period: Period) -> Iterator[int]:
    for position, raw in enumerate(row.values):
        if position == main or not raw:
            continue
        if raw != row.values[main] or columns.main is None or _is_figure_of_its_own(row, position, columns, period):
            yield position


def _is_figure_of_its_own(row: AnnexRow, position: int, columns: Columns, period: Period) -> bool:
    """Whether the same text as in the period's own column is another period's number; words repeated are not."""
    if columns.periods[position] == period.code:
        return False
    return read_cell(row.values[position], row.unit_of_measure).status == "reported"


def _observation(
    annex: Annex,
    row: AnnexRow,
    form_row: FormRow | None,
    position: int,
    columns: Columns,
    figure: Figure,
    level: Level,
) -> Observation:
    return Observation(
        annex=annex.name,
        row_no=row.row_no,
        code=row.code,
        label=row.label,
        parent_label=row.parent_label,
        column_label=annex.columns[position].label,
        column_period=columns.periods[position],
        unit_of_measure=row.unit_of_measure or None,
        raw_value=row.values[position] or None,
        value=figure.reading.value,
        status=figure.reading.status,
        note=row.note or None,
        indicator=form_row.indicator if form_row else None,
        known_row=form_row is not None,
        level=(form_row.level if form_row else None) or level,
        place=row.place,
    )
