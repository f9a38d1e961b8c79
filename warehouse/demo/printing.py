"""Printing: figures as the text that stands in a report.

Units have habits: thousands points (`4.340`), leading zeros (`04`), percent signs, `Không phát sinh` for
a zero. The value kept is what the printed text says.
"""

from functools import cache

import numpy as np
import polars as pl

from warehouse.demo.dice import Dice
from warehouse.demo.errors import FORMULA
from warehouse.demo.sheets import Mask, Sheet
from warehouse.tables import read_catalogue

NOTHING_HAPPENED = "Không phát sinh"

_BLANK_ROWS = 0.02
_WITH_POINTS, _WITH_LEADING_ZERO, _WITH_PERCENT_SIGN, _WITH_WORDS = 0.6, 0.25, 0.15, 0.08
_ZERO_AS_NUMBER = 0.5
_HUNDREDTHS = pl.col("hundredths")
_WHOLE = _HUNDREDTHS // 100


def print_cells(sheet: Sheet, dice: Dice) -> pl.DataFrame:
    """`raw_value`, `status`, `value`: a line for every row of every report, in the order of the sheet."""
    figures = sheet.figures[sheet.sent]
    columns = {name: mask[sheet.sent].ravel() for name, mask in _habits(sheet, dice).items()}
    hundredths = np.round(np.nan_to_num(figures) * 100).astype(np.int64)
    cells = pl.DataFrame({"hundredths": hundredths.ravel(), **columns})
    sign = pl.when("percent_sign").then(pl.lit("%")).otherwise(pl.lit(""))
    text = pl.concat_str(_whole_part(), _decimals(), sign)
    return cells.select(
        raw_value=pl.coalesce(
            pl.when("formula").then(pl.lit(FORMULA)),
            pl.when("words").then(pl.lit(NOTHING_HAPPENED)),
            pl.when(~pl.col("blank")).then(text),
        ),
        status=pl.coalesce(
            pl.when("formula").then(pl.lit("formula")),
            pl.when("words").then(pl.lit("text")),
            pl.when("blank").then(pl.lit("blank")),
            pl.lit("reported"),
        ),
        value=pl.when(~pl.col("blank") & ~pl.col("words")).then(_HUNDREDTHS / 100).cast(pl.Decimal(18, 4)),
    )


def _habits(sheet: Sheet, dice: Dice) -> dict[str, Mask]:
    """How each cell is written, by its unit's habits and by chance; every mask (units, periods, rows)."""
    shape = sheet.figures.shape
    chance = dice.uniform(count=shape[1] * shape[2]).reshape(shape)
    careless = ~sheet.spared[:, :, None]
    formula = np.zeros(shape, dtype=np.bool_)
    for place in sheet.formulas:
        formula[place] = True
    by_row = {
        "points": (dice.uniform() < _WITH_POINTS) & _rows_of_kind(sheet, "flow", "cumulative", "stock"),
        "leading_zero": (dice.uniform() < _WITH_LEADING_ZERO) & _rows_of_kind(sheet, "flow", "stock"),
        "percent_sign": (dice.uniform() < _WITH_PERCENT_SIGN) & _percentages(sheet),
        "words": (dice.uniform() < _WITH_WORDS) & _rows_of_kind(sheet, "flow"),
    }
    masks = {name: np.broadcast_to(mask[:, None, :], shape) for name, mask in by_row.items()}
    blank = np.isnan(sheet.figures) | ((chance < _BLANK_ROWS) & careless)
    words = masks["words"] & (sheet.figures == 0) & (chance > _ZERO_AS_NUMBER) & careless
    return {**masks, "words": words, "blank": blank, "formula": formula}


def _percentages(sheet: Sheet) -> Mask:
    return np.array([[row.unit_of_measure == "%" for row in sheet.form.rows]])


def _rows_of_kind(sheet: Sheet, *kinds: str) -> Mask:
    known = _kinds()
    return np.array([[known.get(row.indicator or "") in kinds for row in sheet.form.rows]])


@cache
def _kinds() -> dict[str, str]:
    return dict(read_catalogue("indicators").select("indicator", "kind").iter_rows())


def _whole_part() -> pl.Expr:
    """`1234567`, or `1.234.567` from units that write points; `04` from units that write leading zeros."""
    plain = _WHOLE.cast(pl.String)
    # The points stand before the last three digits and before the three ahead of them.
    pointed = plain.str.replace(r"^(\d+)(\d{3})$", "$1.$2").str.replace(r"^(\d+)(\d{3})\.", "$1.$2.")
    zero_first = pl.col("leading_zero") & _WHOLE.is_between(1, 9)
    return pl.when("points").then(pointed).when(zero_first).then(pl.concat_str(pl.lit("0"), plain)).otherwise(plain)


def _decimals() -> pl.Expr:
    """`,4` or `,62`, nothing after a whole number."""
    fraction = (_HUNDREDTHS % 100).cast(pl.String).str.zfill(2).str.strip_chars_end("0")
    return pl.when(_HUNDREDTHS % 100 == 0).then(pl.lit("")).otherwise(pl.concat_str(pl.lit(","), fraction))
