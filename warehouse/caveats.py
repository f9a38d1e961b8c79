"""What a reader of an export must know besides the figures: findings at their places, and marks that apply to them."""

from collections.abc import Mapping

import polars as pl

from warehouse import answers
from warehouse.model import SEVERITIES
from warehouse.numbers import Language
from warehouse.store import Warehouse

_TEXT = ("kind", "severity", "unit_name", "unit_code", "period", "place", "note", "report_id")
_MARKS: Mapping[str, Mapping[Language, str]] = {
    "simulated": {
        "vi": "{count} dòng là dữ liệu mô phỏng (cột simulated), không phải báo cáo thật; không cộng với số liệu thật.",
        "en": "{count} rows are simulated (column simulated), not from real reports; never add them to real figures.",
    },
    "others": {
        "vi": "{count} dòng là số đơn vị in hộ cấp dưới (cột own là false); không cộng với báo cáo của chính cấp dưới.",
        "en": "{count} rows are what a report prints for the tiers below its unit (column own is false); never add "
        "them to those tiers' own reports.",
    },
    "missing": {
        "vi": "{count} dòng không có giá trị: để trống, ghi bằng chữ, còn công thức hoặc thiếu thành phần. Đó không "
        "phải là số 0.",
        "en": "{count} rows have no value: left blank, words, a formula left in, or a part missing. None is a zero.",
    },
}


def places(warehouse: Warehouse, frame: pl.DataFrame) -> pl.DataFrame:
    """Where the figures of a frame stand: report_id, subject, level, and the place as `annex, locator`."""
    if "rate" in frame.columns:
        found = warehouse.ask("rate_places", {"reports": frame["report_id"].unique().to_list()})
        return found.select(
            "report_id", pl.concat_str("rate", pl.lit("."), "definition").alias("subject"), "level", "place"
        )
    place = pl.concat_str("annex", pl.lit(", "), "place") if "annex" in frame.columns else pl.col("place")
    return frame.select("report_id", pl.col("indicator").alias("subject"), "level", place.alias("place"))


def findings_at(warehouse: Warehouse, frame: pl.DataFrame) -> pl.DataFrame:
    """The findings at the places of a frame's figures: a row for each figure and finding."""
    found = answers.findings(warehouse, frame["report_id"].unique().to_list()).with_row_index("finding")
    parts = found.with_columns(pl.col("place").str.split(", ").alias("locator")).explode("locator")
    wanted = places(warehouse, frame).with_columns(
        pl.col("place").str.split(", ").list.last().alias("locator"),
        pl.col("place").str.replace(r",? ?[^,]*$", "").alias("annex"),
    )
    met = wanted.drop("place").unique().join(parts, on=["report_id", "locator"])
    return met.filter(pl.col("place").str.contains(pl.col("annex"), literal=True))


def gravest(met: pl.DataFrame) -> pl.DataFrame:
    """The gravest severity that `findings_at` met for each report, subject and level, as the column `finding`."""
    order = pl.col("severity").replace_strict(dict(zip(SEVERITIES, range(len(SEVERITIES)), strict=True)))
    keys = ["report_id", "subject", "level"]
    return met.sort(order).unique(keys, keep="first").select(*keys, pl.col("severity").alias("finding"))


def caveats(warehouse: Warehouse, frame: pl.DataFrame, met: pl.DataFrame, language: Language) -> pl.DataFrame:
    """The marks that apply to a frame, each once, then the findings about its figures, the gravest first."""
    marks = [
        {"kind": kind, "note": _MARKS[kind][language].format(count=count)}
        for kind, count in _counts(frame).items()
        if count
    ]
    found = answers.findings(warehouse, frame["report_id"].unique().to_list()).with_row_index("finding")
    about = found.filter(pl.col("finding").is_in(met["finding"].unique().to_list()) | (pl.col("place") == "report"))
    lines = about.with_columns(pl.lit("finding").alias("kind"), pl.col(f"message_{language}").alias("note")).select(
        _TEXT
    )
    return pl.concat([pl.DataFrame(marks, schema=dict.fromkeys(_TEXT, pl.String)), lines.cast(pl.String)])


def _counts(frame: pl.DataFrame) -> dict[str, int]:
    """How many rows each mark applies to."""
    value = "percent" if "percent" in frame.columns else "value"
    simulated = int(frame["simulated"].sum())
    others = int((~frame["own"]).sum()) if "own" in frame.columns else 0
    return {"simulated": simulated, "others": others, "missing": frame[value].null_count()}
