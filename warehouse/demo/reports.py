"""Sheets as reports and observations, in the columns of `warehouse.model.Batch`."""

from hashlib import sha256

import numpy as np
import polars as pl

from warehouse.demo.arrivals import Days
from warehouse.demo.sheets import Sheet
from warehouse.demo.timeline import Figures
from warehouse.model import Batch, Level, batch_of

COLUMN_LABEL = "Số liệu"
_SCHEMAS = batch_of([])


def as_batch(sheet: Sheet, cells: pl.DataFrame, signed_on: Days, numbers: Figures) -> Batch:
    """The reports of a sheet with their printed cells.

    `cells` has one line a row of every report, `signed_on` and `numbers` have shape (units, periods).
    """
    reports = _reports(sheet, cells, signed_on, numbers)
    rows = len(sheet.form.rows)
    of_report = np.repeat(np.arange(reports.height), rows)
    form = _form_rows(sheet)[np.tile(np.arange(rows), reports.height)]
    observations = pl.concat([form, cells], how="horizontal").with_columns(
        report_id=reports["report_id"].gather(of_report),
        column_period=reports["period"].gather(of_report),
        code=form["code"].scatter(*_changed_codes(sheet)),
    )
    return Batch(reports, _typed(observations, _SCHEMAS.observations))


def report_ids(sheet: Sheet, batch: Batch) -> dict[tuple[int, int], str]:
    """The id of each report of a sheet, by the positions of its unit and period."""
    return dict(zip(sheet.reports(), batch.reports["report_id"], strict=True))


def _reports(sheet: Sheet, cells: pl.DataFrame, signed_on: Days, numbers: Figures) -> pl.DataFrame:
    units, periods = np.nonzero(sheet.sent)
    printed = cells["raw_value"].fill_null("").to_numpy().reshape(len(units), -1)
    codes = [sheet.units[unit] for unit in units]
    names = [sheet.timeline.codes[period] for period in periods]
    lines = pl.DataFrame(
        {
            "unit_code": codes,
            "period": names,
            "sha256": [_digest(*report) for report in zip(codes, names, printed, strict=True)],
            "signed_on": signed_on[sheet.sent],
            "number": numbers[sheet.sent],
        }
    )
    return as_reports(lines, sheet.level, sheet.form.form)


def as_reports(lines: pl.DataFrame, level: Level, form: str | None) -> pl.DataFrame:
    """Simulated reports from `unit_code`, `period`, `sha256`, `signed_on` and the document's running `number`."""
    reports = lines.with_columns(
        report_id=pl.concat_str("unit_code", "period", pl.col("sha256").str.head(8), separator="-"),
        file_name=pl.format("mo-phong_{}_{}.sim", "unit_code", "period"),
        form=pl.lit(form),
        level=pl.lit(level),
        document_number=pl.format("{}/BC-UBND", pl.col("number").cast(pl.Int64)),
        simulated=pl.lit(value=True),
        **dict.fromkeys(("window_start", "window_end", "as_of"), pl.lit(None)),
    )
    return _typed(reports, _SCHEMAS.reports)


def _digest(unit_code: str, period: str, printed: np.ndarray) -> str:
    """A simulated report has no file: the hash is of all that would be printed in it."""
    return sha256("\n".join([unit_code, period, *printed]).encode()).hexdigest()


def _form_rows(sheet: Sheet) -> pl.DataFrame:
    """What every report of the sheet prints alike: one line a row of the form."""
    lines = [
        {
            "source": "annex",
            "annex": annex,
            "row_no": row_no,
            "code": row.code,
            "label": row.label,
            "parent_label": row.parent_label,
            "column_label": COLUMN_LABEL,
            "unit_of_measure": row.unit_of_measure,
            "note": None,
            "indicator": row.indicator,
            "known_row": True,
            "level": row.level or sheet.level,
            "place": f"row:{row_no}",
        }
        for annex, rows in sheet.form.annexes().items()
        for row_no, row in enumerate(rows, start=1)
    ]
    return pl.DataFrame(lines, infer_schema_length=None)


def _changed_codes(sheet: Sheet) -> tuple[list[int], list[str]]:
    """The positions among all printed rows whose code a careless hand changed, and the codes they bear."""
    rows = len(sheet.form.rows)
    number = {report: position for position, report in enumerate(sheet.reports())}
    changed = sorted(sheet.codes.items())
    positions = [number[unit, period] * rows + row for (unit, period, row), _ in changed]
    return positions, [code for _, code in changed]


def _typed(frame: pl.DataFrame, like: pl.DataFrame) -> pl.DataFrame:
    return frame.select(like.columns).cast(like.schema)
