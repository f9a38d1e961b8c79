"""The frame behind a comparison or a trend as a file: every unit, period and measure on screen, with definitions."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.frame_export import frame_buttons
from pages.kit.measures import Choice
from warehouse.answers import Counting
from warehouse.exports.definitions import definitions, rate_definitions
from warehouse.frames import alike, beside

_COLUMNS = (
    *("name", "unit_code", "level", "period_name", "period", "measure_name", "value", "numerator", "denominator"),
    *("basis", "disputed", "problem", "reason", "units", "expected"),
    *("window_start", "as_of", "signed_on", "file_name", "report_id"),
    *("boundary", "counting", "simulated", "measure"),
)
_DECIMALS = 6  # as rates have in all exports
_DEFINED = ("name", "measure", "how", "note", "direction")


def course_export(
    context: Context, page: str, drawn: Sequence[tuple[Choice, pl.DataFrame]], counting: Counting = "printed"
) -> None:
    """The export buttons for frames of `trends.trend`, each with its measure; a row says why it is empty.

    With a column `disputed` it says, too, whether reports contradict the figure.
    """
    words, selection = context.words, context.selection
    rows = pl.concat([_rows(context, choice, frame, counting) for choice, frame in drawn])
    with st.container(key=f"screen-only-{page}"):
        st.markdown(f"**{words('explore.export', rows=words.numbers.number(rows.height))}**")
        frame_buttons(
            rows,
            lambda: {"course": rows, "definitions": _definitions(context, [choice for choice, _ in drawn])},
            {"course": words("export.sheet_figures"), "definitions": words("compare.definitions")},
            f"cchc_{page}_{selection.unit}_{selection.period}".replace("@", "_"),
            words,
        )


def _rows(context: Context, choice: Choice, frame: pl.DataFrame, counting: Counting) -> pl.DataFrame:
    words, selection = context.words, context.selection
    same = {
        **{"measure": choice.code, "measure_name": choice.full_name, "level": selection.level},
        **{"boundary": selection.boundary, "counting": counting, "simulated": selection.simulated},
    }
    changed = [
        pl.Series("period_name", [words.period(code) for code in frame["period"].to_list()], pl.String),
        pl.Series("reason", [words(f"why.{one}") if one else None for one in frame["problem"].to_list()], pl.String),
        *(frame[name].cast(pl.Float64) for name in ("numerator", "denominator")),
        frame["value"].cast(pl.Float64).round(_DECIMALS),
        *([frame["disputed"] > 0] if "disputed" in frame.columns else []),
    ]
    rows = beside(frame, [*(alike(name, value, frame.height) for name, value in same.items()), *changed])
    return rows[[name for name in _COLUMNS if name in rows.columns]]


def _definitions(context: Context, choices: Sequence[Choice]) -> pl.DataFrame:
    """What the measures mean, rates and indicators alike."""
    subjects = [choice.subject for choice in choices]
    language = context.words.language
    rates = pl.DataFrame(
        [(one.rate, one.definition) for one in subjects if one.rate],
        schema={"rate": pl.String, "definition": pl.String},
        orient="row",
    )
    indicators = pl.DataFrame(
        {"indicator": [one.indicator for one in subjects if one.indicator]}, {"indicator": pl.String}
    )
    of_rates = rate_definitions(context.warehouse, rates, language).with_columns(
        pl.format("{}: {}", "rate_name", "definition_name").alias("name")
    )
    of_indicators = definitions(context.warehouse, indicators, language).with_columns(
        pl.lit(None, pl.String).alias("note")
    )
    return pl.concat([of_rates.select(_DEFINED), of_indicators.select(_DEFINED)])
