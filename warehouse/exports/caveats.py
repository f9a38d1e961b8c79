"""What a reader of an export must know besides the figures: findings at their places, and marks that apply to them."""

from collections.abc import Mapping

import polars as pl

from warehouse import answers
from warehouse.exports.codes import code_words
from warehouse.model import SEVERITIES
from warehouse.numbers import Language, written_in
from warehouse.store import Warehouse

PARTS_MISSING, NOTHING_COUNTED = "parts_missing", "nothing_counted"  # why a rate has no value on any map
_TEXT = ("kind", "severity", "unit_name", "unit_code", "period", "place", "note", "report_id")
_MARKS: Mapping[str, Mapping[Language, str]] = {
    "simulated": {
        "vi": "{count} dòng là dữ liệu mô phỏng (cột “Mô phỏng”), không phải báo cáo thật; không cộng với số "
        "liệu thật.",
        "en": "{count} {count:row is|rows are} simulated (column “Simulated”), not from real reports; never add "
        "simulated to real figures.",
    },
    "estimated": {
        "vi": "{count} dòng là số ước tính (cột “Ước tính”): có đơn vị cũ bị chia cho nhiều đơn vị mới.",
        "en": "{count} {count:row is an estimate|rows are estimates} (column “Estimated”): a former unit was "
        "divided among several new ones.",
    },
    "union": {
        "vi": "{count} dòng là số cộng từ các đơn vị cũ đã nhập nguyên vẹn vào đơn vị hiện nay (xem cột “Cách có số”); "
        "trang nguồn liệt kê báo cáo của từng đơn vị cũ.",
        "en": "{count} {count:row adds|rows add} up former units that went whole into a unit of today (see the column "
        "“Basis”); the sheet of sources lists the report of each.",
    },
    "difference": {
        "vi": "{count} dòng là số riêng của một quý, bằng hiệu hai kỳ lũy kế (xem cột “Cách có số”); tử số và "
        "mẫu số trừ riêng.",
        "en": "{count} {count:row is|rows are} of one quarter alone, the difference of two cumulative periods (see the "
        "column “Basis”); numerators and denominators are subtracted separately.",
    },
    "others": {
        "vi": "{count} dòng là số liệu in hộ cấp dưới (xem cột “Việc của chính đơn vị”); không cộng với báo cáo "
        "của chính cấp dưới.",
        "en": "{count} {count:row is|rows are} what a report prints for the tiers below its unit (see the column “Own "
        "work”); never add such figures to those tiers' own reports.",
    },
    "problem": {
        "vi": "{count} dòng không tính được trên địa giới hoặc cách tính đã chọn; cột “Lý do thiếu” nêu lý do.",
        "en": "{count} {count:row|rows} could not be worked out on the boundaries or the counting chosen; the column "
        "“Reason” says why.",
    },
    "alone": {
        "vi": "{count} dòng có tử số hoặc mẫu số nhưng không có tỷ lệ (cột “Lý do thiếu” nêu lý do): không cộng các "
        "dòng này khi tính tỷ lệ chung.",
        "en": "{count} {count:row has|rows have} a numerator or a denominator but no rate (the column “Reason” says "
        "why): leave {count:it|them} out when you add up an overall rate.",
    },
    "missing": {
        "vi": "{count} dòng không có giá trị: để trống, ghi bằng chữ hoặc số không hợp lệ, còn công thức hoặc thiếu "
        "thành phần. Đó không phải là số 0.",
        "en": "{count} {count:row has|rows have} no value: left blank, words or an invalid number, a formula left in, "
        "or a part missing. A missing value is not a zero.",
    },
}
# Why a carried figure or a quarter's is missing, by `problem` of the views `own_fact` and `own_rate`.
REASONS: Mapping[str, Mapping[Language, str]] = {
    code: {"vi": text, "en": code_words("values", "reason", "en")[code]}
    for code, text in code_words("values", "reason", "vi").items()
}


def places(warehouse: Warehouse, frame: pl.DataFrame) -> pl.DataFrame:
    """Where the figures of a frame stand: report_id, subject, level, and the place as `annex, locator`."""
    if "rate" in frame.columns:
        found = warehouse.ask("rate_places", {"reports": _reports(frame)})
        return found.select(
            "report_id", pl.concat_str("rate", pl.lit("."), "definition").alias("subject"), "level", "place"
        )
    place = pl.concat_str("annex", pl.lit(", "), "place") if "annex" in frame.columns else pl.col("place")
    return frame.select("report_id", pl.col("indicator").alias("subject"), "level", place.alias("place"))


def findings_at(warehouse: Warehouse, frame: pl.DataFrame) -> pl.DataFrame:
    """The findings at the places of a frame's figures: a row for each figure and finding."""
    found = _findings(warehouse, frame)
    parts = found.with_columns(pl.col("place").str.split(", ").alias("locator")).explode("locator")
    wanted = places(warehouse, frame).with_columns(
        pl.col("place").str.split(", ").list.last().alias("locator"),
        pl.col("place").str.replace(r",? ?[^,]*$", "").alias("annex"),
    )
    met = wanted.drop("place").unique().join(parts, on=["report_id", "locator"])
    return met.filter(pl.col("place").str.contains(pl.col("annex"), literal=True))


def _reports(frame: pl.DataFrame) -> list[str]:
    return frame["report_id"].drop_nulls().unique().to_list()


def _findings(warehouse: Warehouse, frame: pl.DataFrame) -> pl.DataFrame:
    """The findings in the reports of a frame, numbered; none where it has no report."""
    reports = _reports(frame)
    found = answers.findings(warehouse, reports)  # of all reports when none is named
    return (found if reports else found.clear()).with_row_index("finding")


def _order(column: str) -> pl.Expr:
    return pl.col(column).replace_strict(dict(zip(SEVERITIES, range(len(SEVERITIES)), strict=True)))


def gravest(met: pl.DataFrame) -> pl.DataFrame:
    """The gravest severity that `findings_at` met for each report, subject and level, as the column `finding`."""
    keys = ["report_id", "subject", "level"]
    return met.sort(_order("severity")).unique(keys, keep="first").select(*keys, pl.col("severity").alias("finding"))


def mark_gravest(frame: pl.DataFrame, parts: pl.DataFrame, met: pl.DataFrame) -> pl.DataFrame:
    """Figures with the gravest finding at the place of each, or at those of its `parts`, as the column `finding`.

    Both frames have a `subject`; `parts` is that of `warehouse.answers.explore.parts_of`.
    """
    graves, keys = gravest(met), ["report_id", "subject", "level"]
    own = frame.join(graves, on=keys, how="left", maintain_order="left")
    heir = ["unit_code", "level", "period", "simulated", "subject"]
    of_parts = parts.drop("unit_code").rename({"heir_code": "unit_code"}).join(graves, on=keys)
    worst = of_parts.sort(_order("finding")).unique(heir, keep="first").select(*heir, of_parts="finding")
    own = own.join(worst, on=heir, how="left", maintain_order="left")
    graver = pl.min_horizontal(_order("finding"), _order("of_parts"))
    return own.with_columns(graver.replace_strict(dict(enumerate(SEVERITIES))).alias("finding"))


def caveats(
    warehouse: Warehouse,
    frame: pl.DataFrame,
    behind: pl.DataFrame,
    met: pl.DataFrame,
    language: Language,
    is_long: bool,
) -> pl.DataFrame:
    """The marks that apply to a frame, each once, then the findings about its figures, the gravest first.

    `behind` has the rows of the reports that the figures come from, of which `met` are the findings. `is_long` where a
    figure has a row of its own.
    """
    marks = [
        {"kind": kind, "note": written_in(_MARKS[kind][language], {"count": count})}
        for kind, count in _counts(frame, is_long).items()
        if count
    ]
    found = _findings(warehouse, behind)
    about = found.filter(pl.col("finding").is_in(met["finding"].unique().to_list()) | (pl.col("place") == "report"))
    lines = about.with_columns(pl.lit("finding").alias("kind"), pl.col(f"message_{language}").alias("note")).select(
        _TEXT
    )
    return pl.concat([pl.DataFrame(marks, schema=dict.fromkeys(_TEXT, pl.String)), lines.cast(pl.String)])


def _counts(frame: pl.DataFrame, is_long: bool) -> dict[str, int]:
    """How many rows each mark applies to; a wide table shows no parts of rates."""
    value = pl.col("percent" if "percent" in frame.columns else "value")
    marks = {"simulated": pl.col("simulated")}
    if "basis" in frame.columns:
        kinds = ("estimated", "union", "difference")
        marks |= {kind: (pl.col("basis") == kind) & value.is_not_null() for kind in kinds}
        # Null, and so not counted, where there is none.
        told = ~pl.col("problem").is_in([PARTS_MISSING, NOTHING_COUNTED])
        marks |= {"others": ~pl.col("own"), "problem": told}
    if "percent" in frame.columns and is_long:
        marks["alone"] = value.is_null() & (pl.col("numerator").is_not_null() | pl.col("denominator").is_not_null())
    marks["missing"] = value.is_null()
    return frame.select(condition.sum().alias(kind) for kind, condition in marks.items()).row(0, named=True)
