"""How figures and rates stand in the table: long, or with periods or indicators side by side."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.kit.context import Context
from pages.kit.tables import Column, Kind
from pages.kit.words import Words
from warehouse.answers import RowFilter
from warehouse.answers.explore import FigureFilter, RateFilter, subject_of, widened
from warehouse.exports.extract import Wanted

_MOST_COLUMNS = 60
_HOLLOW = "○"


def is_carried(wanted: Wanted) -> bool:
    """Whether figures may be other than as printed: on today's map, or a quarter's taken apart."""
    return not isinstance(wanted, RowFilter) and (wanted.boundary != "then" or wanted.counting != "printed")


def spoken(
    context: Context, frame: pl.DataFrame, wanted: FigureFilter | RateFilter, counted: Mapping[str, Any]
) -> pl.DataFrame:
    """A page of figures in its layout and in the reader's words, with `subject` for what a line is about."""
    if wanted.layout == "long":
        shown = frame.with_columns(subject_of(frame).alias("subject"))
    else:
        shown = widened(frame, wanted.layout, counted, "percent" if isinstance(wanted, RateFilter) else "value")
        if wanted.layout == "periods":
            shown = shown.with_columns(subject_of(shown).alias("subject"))
    return _in_words(context, shown)


def _in_words(context: Context, shown: pl.DataFrame) -> pl.DataFrame:
    words = context.words
    names = _names(context)
    written = {
        "level_name": [words(f"level.{level}") for level in shown["level"]],
        "data": [words("app.simulated_short" if simulated else "real") for simulated in shown["simulated"]],
    }
    if "period" in shown.columns:
        written["period_name"] = [words.period(code) for code in shown["period"]]
    if "subject" in shown.columns:
        written["subject_name"] = [names[subject] for subject in shown["subject"]]
    if "status" in shown.columns:
        written["status_name"] = [words(f"status.{status}") if status else "" for status in shown["status"]]
    if "place" in shown.columns:
        written["place_name"] = [words.place(place or "") for place in shown["place"]]
    if "measure" in shown.columns:
        measures = {row["measure"]: words.named(row, "measure") for row in context.indicators.values()}
        written["measure_name"] = [measures[measure] for measure in shown["measure"]]
    if "own" in shown.columns:
        written["whose"] = [words("explore.own" if own else "explore.of_others") for own in shown["own"]]
    if "basis" in shown.columns:
        written["came_by"] = [_came_by(words, *row) for row in shown.select("problem", "basis").iter_rows()]
    if "estimated" in shown.columns:
        written["estimate"] = [_heads(words, names, heads) for heads in shown["estimated"]]
    return shown.with_columns(pl.Series(name, values, pl.String) for name, values in written.items())


def _came_by(words: Words, problem: str | None, basis: str) -> str:
    """How a figure came about, an estimate with a hollow mark as in figures, or why there is none."""
    if problem:
        return words("explore.no_figure", reason=words(f"problem.{problem}"))
    return f"{_HOLLOW} {words('basis.estimated')}" if basis == "estimated" else words(f"basis.{basis}")


def _heads(words: Words, names: Mapping[str, str], heads: str | None) -> str:
    """The columns of a wide line whose figures are estimates, by their names."""
    codes = heads.split(", ") if heads else []
    return ", ".join(f"{_HOLLOW} {names.get(code) or words.period(code)}" for code in codes)


def _names(context: Context) -> dict[str, str]:
    """The names of indicators and of rates under their definitions, by subject."""
    indicators = {indicator: context.words.named(row) for indicator, row in context.indicators.items()}
    rates = {
        f"{rate}.{definition}": f"{context.rate_name(rate)}: {context.rate_name(rate, definition)}"
        for rate, definition in context.rate_names
        if definition is not None
    }
    return {**indicators, **rates}


def figure_columns(
    context: Context, shown: pl.DataFrame, wanted: FigureFilter | RateFilter, counted: Mapping[str, Any]
) -> list[Column]:
    """The columns of a layout; of a wide one, only as many as a screen can bear."""
    words = context.words
    kind: Kind = "percent" if isinstance(wanted, RateFilter) else "number"
    several = wanted.layout == "indicators" or len(wanted.periods) != 1
    unit = [
        Column("unit_name", words("column.unit"), width=160, narrow=76 if several else 92),
        Column("level_name", words("column.level"), width=85),
    ]
    label = 128 if several else 166
    subject = Column(
        "subject_name", words("explore.subject"), width=330, narrow=label, short=words("column.label_short")
    )
    period = Column("period_name", words("column.period"), width=105, narrow=66 if several else None)
    last = [Column("data", words("column.data"), width=100)]
    if "estimate" in shown.columns:
        last = [Column("estimate", words("explore.estimated"), width=200), *last]
    if wanted.layout == "periods":
        heads = counted["heads"][-_MOST_COLUMNS:]
        cells = [Column(head, words.period(head), kind, width=105, narrow=90) for head in heads]
        return [*unit, subject, *cells, *last]
    if wanted.layout == "indicators":
        names = _names(context)
        heads = counted["heads"][:_MOST_COLUMNS]
        cells = [Column(head, names[head], kind, names[head], width=150, narrow=120) for head in heads]
        return [*unit, period, *cells, *last]
    came_by = [Column("came_by", words("column.basis"), width=230)] if is_carried(wanted) else []
    whose = [Column("whose", words("explore.whose"), width=150)] if wanted.others else []
    figures = _rate_columns(context) if isinstance(wanted, RateFilter) else _figure_columns(context)
    file = Column("file_name", words("column.file"), width=210)
    return [*unit, period, subject, *figures, *came_by, *whose, file, *last]


def _figure_columns(context: Context) -> list[Column]:
    words = context.words
    return [
        Column("value", words("column.value"), "number", width=95, narrow=88),
        Column("measure_name", words("column.measure"), width=110),
        Column("status_name", words("column.status"), width=120),
        Column("place_name", words("column.place"), width=160),
    ]


def _rate_columns(context: Context) -> list[Column]:
    words = context.words
    return [
        Column("percent", words("column.percent"), "percent", width=95, narrow=88),
        Column("numerator", words("column.numerator"), "number", width=90),
        Column("denominator", words("column.denominator"), "number", width=90),
        Column("stated_percent", words("column.raw_value"), "printed", width=120),
    ]
