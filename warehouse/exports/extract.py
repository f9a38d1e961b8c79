"""What an export holds, whatever its file format: the values as laid out, their definitions, sources and caveats."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from warehouse import answers
from warehouse.answers import RowFilter
from warehouse.answers.explore import (
    ALL,
    FigureFilter,
    RateFilter,
    figures,
    figures_count,
    parts_of,
    rate_figures,
    rate_figures_count,
    subject_of,
    taken_off,
    widened,
)
from warehouse.exports.caveats import NOTHING_COUNTED, PARTS_MISSING, REASONS, caveats, findings_at, mark_gravest
from warehouse.exports.definitions import definitions, rate_definitions
from warehouse.model import NATION
from warehouse.numbers import Language
from warehouse.store import Warehouse
from warehouse.territory import Boundary

Wanted = RowFilter | FigureFilter | RateFilter
# The columns of a long export, as far as it has them; `line` is left out when it is written.
_ORDER = (
    *("unit_name", "province_name", "unit_code", "level", "period", "theme", "indicator", "name"),
    *("rate", "rate_name", "definition", "definition_name", "numerator", "denominator", "percent", "stated_percent"),
    *(
        "value",
        "measure_name",
        "measure",
        "status",
        "boundary",
        "counting",
        "basis",
        "estimated",
        "problem",
        "reason",
        "own",
    ),
    *("finding", "place", "form", "file_name", "report_id", "simulated", "line"),
)
_PAPER = ("document_number", "signed_on", "as_of", "window_start", "window_end", "sha256")


@dataclass(frozen=True)
class Extract:
    """An export before it is written.

    `long` has a figure a row and is what `values` shows, one a row or side by side; `statuses` tells, in the shape of
    wide values, why a cell is empty.
    """

    values: pl.DataFrame
    definitions: pl.DataFrame
    caveats: pl.DataFrame
    sources: pl.DataFrame
    long: pl.DataFrame
    statuses: pl.DataFrame | None
    language: Language


def extract(warehouse: Warehouse, wanted: Wanted, language: Language) -> Extract:
    """Everything that the filter finds, whole."""
    if isinstance(wanted, RowFilter):
        return _rows(warehouse, wanted, language)
    if isinstance(wanted, RateFilter):
        frame, counted = _with_status(rate_figures(warehouse, wanted)), rate_figures_count(warehouse, wanted)
        names = {"rate_name": f"rate_{language}", "definition_name": f"name_{language}"}
        used = rate_definitions(warehouse, frame, language)
    else:
        frame, counted = figures(warehouse, wanted), figures_count(warehouse, wanted)
        measures = answers.catalogue(warehouse).select("measure", pl.col(f"measure_{language}").alias("measure_name"))
        frame = frame.join(measures.unique(), on="measure", how="left", maintain_order="left")
        names, used = {"name": f"name_{language}"}, definitions(warehouse, frame, language)
    parts = parts_of(warehouse, frame, wanted)
    if wanted.counting == "discrete":
        parts = pl.concat([parts, taken_off(warehouse, frame, parts)], how="diagonal")
    behind = pl.concat([frame.drop_nulls("report_id"), parts], how="diagonal")
    met = findings_at(warehouse, behind)
    told = _whence(frame, wanted, language).with_columns(pl.col(old).alias(new) for new, old in names.items())
    told, parts = (one.with_columns(subject_of(one).alias("subject")) for one in (told, parts))
    long = mark_gravest(told, parts, met)
    long = long.select([name for name in _ORDER if name in long.columns])
    notes = caveats(warehouse, frame, behind, met, language, wanted.layout == "long")
    values, statuses = long.drop("line"), None
    if wanted.layout != "long":
        heads = counted.row(0, named=True)
        values = widened(long, wanted.layout, heads, "percent" if isinstance(wanted, RateFilter) else "value")
        why = pl.when(pl.col("estimated")).then(pl.lit("estimated")).otherwise(pl.coalesce("problem", "status"))
        statuses = widened(long.with_columns(why.alias("status")), wanted.layout, heads, "status")
    return Extract(values, used, notes, sources(warehouse, behind), long, statuses, language)


def _with_status(rates: pl.DataFrame) -> pl.DataFrame:
    """Rates with the status of each, and why one is missing also where its parts alone are the reason."""
    none, nothing = pl.col("percent").is_null(), pl.col("denominator") == 0
    parts = pl.when(nothing).then(pl.lit(NOTHING_COUNTED)).otherwise(pl.lit(PARTS_MISSING))
    return rates.with_columns(
        status=pl.when(none).then(pl.lit("no_rate")).otherwise(pl.lit("reported")),
        problem=pl.when(none).then(pl.coalesce("problem", parts)),
    )


def _whence(frame: pl.DataFrame, wanted: FigureFilter | RateFilter, language: Language) -> pl.DataFrame:
    """Figures with the boundary and the counting asked for, whether each is an estimate, and why one is missing."""
    reasons = {problem: texts[language] for problem, texts in REASONS.items()}
    return frame.with_columns(
        pl.lit(wanted.boundary).alias("boundary"),
        pl.lit(wanted.counting).alias("counting"),
        pl.col("problem").replace_strict(reasons, return_dtype=pl.String).alias("reason"),
        (
            (pl.col("basis") == "estimated")
            & pl.col("percent" if "percent" in frame.columns else "value").is_not_null()
        ).alias("estimated"),
    )


def _rows(warehouse: Warehouse, wanted: RowFilter, language: Language) -> Extract:
    frame = answers.rows(warehouse, wanted, limit=ALL)
    used = definitions(warehouse, frame, language)
    notes = caveats(warehouse, frame, frame, findings_at(warehouse, frame), language, is_long=True)
    named = frame.join(used.select("indicator", "name"), on="indicator", how="left", maintain_order="left")
    at = frame.columns.index("indicator") + 1
    told = named.select(*frame.columns[:at], "name", *frame.columns[at:])
    return Extract(told, used, notes, sources(warehouse, frame), told, None, language)


def heads_of(long: pl.DataFrame) -> dict[str, str]:
    """What heads the columns of a wide table: the names of what may stand there, each with its unit of measure."""
    if "rate_name" in long.columns:
        named = long.select(subject_of(long), pl.format("{}: {} (%)", "rate_name", "definition_name"))
        return dict(named.unique().iter_rows()) | {code: f"{code} (%)" for code in long["period"].unique()}
    if "measure_name" in long.columns:
        named = long.select("indicator", pl.format("{} ({})", "name", "measure_name"))
        return dict(named.unique().iter_rows())
    return {}


def sources(warehouse: Warehouse, rows: pl.DataFrame) -> pl.DataFrame:
    """The reports behind `rows` with their numbers, dates and files, and how many rows each gave.

    Unit and period are the report's own: a figure may be carried to another unit, or be that of a quarter alone.
    """
    counted = rows.group_by(["report_id", "form", "file_name", "simulated"], maintain_order=True).len("rows")
    papers = answers.papers(warehouse, counted["report_id"].to_list())
    found = counted.join(papers, on="report_id", how="left", maintain_order="left")
    columns = ("report_id", "unit_name", "unit_code", "period", "form", "file_name", "simulated")
    return found.select(*columns, *_PAPER, "rows")


def unknown_unit(warehouse: Warehouse, units: Sequence[str], boundary: Boundary) -> str | None:
    """The first of the units that is not on the map, named in Vietnamese."""
    for unit in units:
        if unit != NATION and answers.unit_path(warehouse, unit, boundary).is_empty():
            return f"đơn vị “{unit}”" + ("" if boundary == "then" else " trên địa giới hiện nay")
    return None


def unknown_code(warehouse: Warehouse, wanted: Wanted) -> str | None:
    """What is asked for and does not exist, named in Vietnamese: an empty file would look like an answer."""
    if unit := unknown_unit(warehouse, (wanted.unit, *wanted.below, *wanted.alone), wanted.boundary):
        return unit
    if isinstance(wanted, RateFilter):
        names = answers.rates(warehouse)
        asked = {"tỷ lệ": ("rate", wanted.rates), "định nghĩa": ("definition", wanted.definitions)}
    else:
        names, asked = answers.catalogue(warehouse), {"chỉ tiêu": ("indicator", wanted.indicators)}
    missing = (
        f"{what} “{code}”"
        for what, (column, codes) in asked.items()
        for code in codes
        if code not in names[column].to_list()
    )
    return next(missing, None)
