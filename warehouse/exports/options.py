"""`cchc export` as options and as what they ask for: the terminal's side of an export."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from warehouse.answers import Counting, RowFilter
from warehouse.answers.explore import LAYOUTS, FigureFilter, RateFilter
from warehouse.exports.extract import Wanted, unknown_code
from warehouse.exports.workbook import FORMATS, SDMX, export_rows, format_of
from warehouse.exports.worlds import WORLDS, one_world
from warehouse.model import LEVELS, NATION, Status
from warehouse.periods import Period, parse_period
from warehouse.store import Warehouse
from warehouse.territory import BOUNDARIES

# What is exported, and the options that do not go with it.
_WHAT: dict[str, tuple[str, ...]] = {
    "rows": ("rate", "definition", "wide", "others", "counting"),
    "figures": ("rate", "definition"),
    "rates": ("indicator", "theme", "status"),
}


class WrongChoice(ValueError):
    """Options that name what does not exist, or do not go together."""


@dataclass(frozen=True)
class Exported:
    """What was written: how many rows, and what the person who asked must know besides."""

    rows: int
    notes: tuple[str, ...]


def export_asked(warehouse: Warehouse, asked: argparse.Namespace) -> Exported:
    """Write the file that the options ask for. Raises `WrongChoice`, and `NothingFound` before a file is touched."""
    chosen, wanted = _format(asked), _wanted(asked)
    if unknown := unknown_code(warehouse, wanted):
        raise WrongChoice(f"Không có {unknown} trong kho dữ liệu; hãy kiểm tra lại mã.")
    if chosen == SDMX and asked.what == "rows":
        raise WrongChoice("SDMX chỉ chứa được số liệu hoặc tỷ lệ: thêm --what figures hoặc --what rates.")
    of_world, notes = one_world(warehouse, wanted, asked.world)
    return Exported(export_rows(warehouse, of_world, asked.file, asked.language, chosen), notes)


def _format(asked: argparse.Namespace) -> str:
    if asked.format:
        return SDMX if asked.format == "sdmx" else str(asked.format)
    try:
        return format_of(asked.file)
    except ValueError as problem:
        raise WrongChoice(str(problem)) from problem


def _wanted(asked: argparse.Namespace) -> Wanted:
    for option in _WHAT[asked.what]:
        if getattr(asked, option):
            raise WrongChoice(f"--{option} không dùng được với --what {asked.what}.")
    common: dict[str, Any] = {
        "unit": NATION,
        "below": () if NATION in (asked.unit or ()) else tuple(asked.unit or ()),
        "alone": tuple(asked.only_unit or ()),
        "periods": tuple(period.code for period in asked.period or ()),
        "levels": tuple(asked.level or ()),
        "boundary": asked.boundary,
    }
    shape: dict[str, Any] = {
        "others": asked.others,
        "layout": asked.wide or "long",
        "counting": asked.counting or "printed",
    }
    if asked.others and (asked.boundary, shape["counting"]) != ("then", "printed"):
        raise WrongChoice(
            "--others chỉ dùng được với --boundary then và --counting printed: số in hộ không quy đổi được."
        )
    if asked.what == "rates":
        rates: dict[str, Any] = {"rates": tuple(asked.rate or ()), "definitions": tuple(asked.definition or ())}
        return RateFilter(**common, **rates, **shape)
    figures: dict[str, Any] = {
        "indicators": tuple(asked.indicator or ()),
        "themes": tuple(asked.theme or ()),
        "statuses": tuple(asked.status or ()),
    }
    if asked.what == "rows":
        return RowFilter(**common, **figures)
    return FigureFilter(**common, **figures, **shape)


def period_asked(text: str) -> Period:
    """The period of a code, as a type of `argparse`."""
    try:
        return parse_period(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


_FORMAT_NAMES = tuple(sorted({"sdmx", *FORMATS} - {SDMX}))
_MANY: dict[str, Any] = {"action": "append"}
EXPORT_OPTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("file", {"type": Path, "metavar": "TỆP", "help": f"đuôi tệp là {', '.join(sorted(FORMATS))}"}),
    ("--what", {"choices": tuple(_WHAT), "default": "rows", "help": "dòng in trong báo cáo, số liệu hay tỷ lệ"}),
    ("--unit", {**_MANY, "metavar": "MÃ", "help": "đơn vị và mọi đơn vị bên dưới; lặp lại được"}),
    ("--only-unit", {**_MANY, "metavar": "MÃ", "help": "chỉ đơn vị ấy, không gồm đơn vị bên dưới; lặp lại được"}),
    ("--level", {**_MANY, "choices": LEVELS, "help": "cấp có việc được đếm; lặp lại được"}),
    ("--period", {**_MANY, "type": period_asked, "metavar": "KỲ", "help": "ví dụ 2024-6M; lặp lại được"}),
    ("--indicator", {**_MANY, "metavar": "CHỈ TIÊU", "help": "lặp lại được"}),
    ("--theme", {**_MANY, "metavar": "LĨNH VỰC", "help": "lặp lại được"}),
    (
        "--status",
        {**_MANY, "metavar": "TÌNH TRẠNG", "choices": get_args(Status), "help": "cách đọc ô in; lặp lại được"},
    ),
    ("--rate", {**_MANY, "metavar": "TỶ LỆ", "help": "với --what rates; lặp lại được"}),
    ("--definition", {**_MANY, "metavar": "ĐỊNH NGHĨA", "help": "với --what rates; lặp lại được"}),
    (
        "--boundary",
        {
            "choices": BOUNDARIES,
            "default": "then",
            "help": "địa giới lúc báo cáo (then, mặc định), hiện nay (now), hiện nay gồm cả số ước tính (estimated)",
        },
    ),
    (
        "--counting",
        {"choices": get_args(Counting), "help": "như báo cáo in (printed, mặc định) hoặc riêng từng quý (discrete)"},
    ),
    (
        "--world",
        {
            "choices": WORLDS,
            "help": "báo cáo thật (real), dữ liệu mô phỏng (simulated) hoặc cả hai (both); mặc định là báo cáo thật, "
            "chỉ khi không có mới là mô phỏng",
        },
    ),
    ("--others", {"action": "store_true", "help": "gồm cả số đơn vị in hộ cấp dưới (không cộng với số của cấp ấy)"}),
    (
        "--wide",
        {
            "nargs": "?",
            "const": "periods",
            "choices": LAYOUTS[1:],
            "help": "bảng ngang: các kỳ (mặc định) hoặc các chỉ tiêu thành cột",
        },
    ),
    ("--format", {"choices": _FORMAT_NAMES, "help": "định dạng, khi đuôi tệp không nói"}),
    (
        "--language",
        {"choices": ("vi", "en"), "default": "vi", "help": "tiếng Việt (mặc định) hoặc tiếng Anh trong tệp"},
    ),
)
