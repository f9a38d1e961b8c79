"""`cchc export` as options and as what they ask for: the terminal's side of an export."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

from warehouse import answers
from warehouse.answers import Counting, RowFilter, reporting
from warehouse.answers.explore import LAYOUTS, FigureFilter, RateFilter
from warehouse.exports.dataset import export_dataset
from warehouse.exports.extract import Wanted, unknown_code, unknown_unit
from warehouse.exports.workbook import FORMATS, SDMX, export_rows, format_of
from warehouse.exports.worlds import WORLDS, one_world
from warehouse.model import LEVELS, NATION, Status
from warehouse.periods import SPANS, Period, is_period, parse_period, spoken
from warehouse.store import Warehouse
from warehouse.territory import BOUNDARIES, Boundary
from warehouse.text import fold

# What is exported, and the options that do not go with it.
_WHAT: dict[str, tuple[str, ...]] = {
    "rows": ("rate", "definition", "wide", "others", "counting"),
    "figures": ("rate", "definition"),
    "rates": ("indicator", "theme", "status"),
}


_NAMED, _SEARCHED = 6, 100  # units of a name that are told, and that are looked through
_UNKNOWN = "Không có {} trong kho dữ liệu; hãy kiểm tra lại mã."


class WrongChoice(ValueError):
    """Options that name what does not exist, or do not go together."""


@dataclass(frozen=True)
class Exported:
    """What was written: how many rows, and what the person who asked must know besides."""

    rows: int
    notes: tuple[str, ...]


def export_asked(warehouse: Warehouse, asked: argparse.Namespace) -> Exported:
    """Write the file or folder asked for. Raises `WrongChoice`, and `NothingFound` before a file is touched."""
    if asked.parquet_dataset:
        _only_the_dataset(asked)
        return Exported(export_dataset(warehouse, asked.parquet_dataset), ())
    if not asked.file:
        raise WrongChoice("Thiếu tên tệp cần ghi, hoặc --parquet-dataset THƯ MỤC.")
    units = (*(asked.unit or ()), *(asked.only_unit or ()))
    if unknown := unknown_unit(warehouse, units, asked.boundary):
        raise WrongChoice(_UNKNOWN.format(unknown) + _named_so(warehouse, units, asked.boundary))
    if wrong := _wrong_period(warehouse, asked):
        raise WrongChoice(wrong)
    chosen, wanted = _format(asked), _wanted(asked)
    if unknown := unknown_code(warehouse, wanted):
        raise WrongChoice(_UNKNOWN.format(unknown))
    if chosen == SDMX and asked.what == "rows":
        raise WrongChoice("SDMX chỉ chứa được số liệu hoặc tỷ lệ: thêm --what figures hoặc --what rates.")
    of_world, notes = one_world(warehouse, wanted, asked.world)
    return Exported(export_rows(warehouse, of_world, asked.file, asked.language, chosen), notes)


def _named_so(warehouse: Warehouse, units: tuple[str, ...], boundary: Boundary) -> str:
    """The codes of the units on the map that are called what was given for a code; nothing where none is.

    Where one is spelt just so, none that differs in its accents is named.
    """
    given = next(unit for unit in units if unknown_unit(warehouse, (unit,), boundary))
    rows = [
        row
        for row in answers.unit_search(warehouse, given, _SEARCHED).iter_rows(named=True)
        if not unknown_unit(warehouse, (row["unit_code"],), boundary)
    ]
    called = next(filter(None, ([row for row in rows if _is_called(row, given, how)] for how in (str.lower, fold))), [])
    found = [f"{row['unit_code']} ({', '.join(part for part in _described(row) if part)})" for row in called]
    more = "; …" if len(found) > _NAMED else ""
    return f"\nĐơn vị có tên ấy: {'; '.join(found[:_NAMED])}{more}." if found else ""


def _is_called(unit: dict[str, Any], given: str, spelt: Callable[[str], str]) -> bool:
    """Whether a row of `unit_search` has the given name, with or without its kind in front."""
    name = spelt(unit["name"])
    return spelt(given).strip() in {name, name.removeprefix(f"{spelt(unit['kind'])} ")}


def _described(unit: dict[str, Any]) -> tuple[str | None, ...]:
    """A row of `unit_search` by its name, what it lies in, and its last day where it has ended."""
    last = unit["valid_to"] - timedelta(days=1) if unit["valid_to"] else None
    return unit["name"], unit["parent_name"], unit["grandparent_name"], last and f"đến hết {last:%d/%m/%Y}"


def _only_the_dataset(asked: argparse.Namespace) -> None:
    """A filter that is not followed would be believed."""
    for name, settings in EXPORT_OPTIONS:
        if name in {"--parquet-dataset", "--language"}:
            continue
        given = getattr(asked, name.lstrip("-").replace("-", "_"))
        if given and given != settings.get("default"):
            raise WrongChoice(f"{name}: --parquet-dataset xuất toàn bộ phiên bản, không dùng cùng lựa chọn khác.")


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
        "periods": tuple(parse_period(code).code for code in asked.period or ()),
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


def _wrong_period(warehouse: Warehouse, asked: argparse.Namespace) -> str | None:
    """What is no period among those asked for, with the periods that there are: of its year, if it is a year."""
    wrong = next((code for code in asked.period or () if not is_period(code)), None)
    if wrong is None:
        return None
    units = [unit for unit in (*(asked.unit or ()), *(asked.only_unit or ())) if unit != NATION] or [NATION]
    known = {
        parse_period(code)
        for unit in units
        for simulated in (False, True)
        for code in reporting.data_periods(warehouse, unit, simulated, asked.boundary)["period"]
    }
    found = sorted(known, key=lambda period: (period.window_end, period.cumulative))
    of_year = [period for period in found if str(period.year) == wrong.strip()]
    codes = ", ".join(f"{period.code} ({spoken(period.code, 'vi')})" for period in of_year)
    if of_year:
        there = f"Năm {wrong.strip()} có báo cáo của các kỳ: {codes}"
    elif found:
        years = ", ".join(dict.fromkeys(str(period.year) for period in found))
        there = f"Có báo cáo của các năm {years}; kỳ mới nhất là {found[-1].code} ({spoken(found[-1].code, 'vi')})"
    else:
        there = "Chưa có báo cáo nào của đơn vị này"
    rule = f"mã kỳ gồm năm và một trong {', '.join(SPANS)}"
    return f"--period “{wrong}” không phải một kỳ báo cáo: {rule}.\n{there}.\nLặp lại --period để lấy nhiều kỳ."


def period_asked(text: str) -> Period:
    """The period of a code, as a type of `argparse`."""
    try:
        return parse_period(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


_FORMAT_NAMES = tuple(sorted({"sdmx", *FORMATS} - {SDMX}))
_MANY: dict[str, Any] = {"action": "append"}
EXPORT_OPTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("file", {"type": Path, "metavar": "TỆP", "nargs": "?", "help": f"đuôi tệp là {', '.join(sorted(FORMATS))}"}),
    (
        "--parquet-dataset",
        {
            "type": Path,
            "metavar": "THƯ MỤC",
            "help": "toàn bộ phiên bản thành tệp Parquet, mỗi bảng một thư mục, bảng lớn chia theo năm",
        },
    ),
    ("--what", {"choices": tuple(_WHAT), "default": "rows", "help": "dòng in trong báo cáo, số liệu hay tỷ lệ"}),
    ("--unit", {**_MANY, "metavar": "MÃ", "help": "đơn vị và mọi đơn vị bên dưới; lặp lại được"}),
    ("--only-unit", {**_MANY, "metavar": "MÃ", "help": "chỉ đơn vị ấy, không gồm đơn vị bên dưới; lặp lại được"}),
    ("--level", {**_MANY, "choices": LEVELS, "help": "cấp có việc được đếm; lặp lại được"}),
    ("--period", {**_MANY, "metavar": "KỲ", "help": "ví dụ 2024-6M; lặp lại được"}),
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
