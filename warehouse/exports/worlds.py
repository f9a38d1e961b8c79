"""Real or simulated: an export holds one of the two unless both are asked for, and nothing is not exported.

The pages show real reports first and simulated ones only where a unit has no others; so does an export.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, get_args

from warehouse import answers
from warehouse.answers import RowFilter, reporting
from warehouse.answers.explore import FigureFilter, RateFilter, figures_count, rate_figures_count
from warehouse.exports.extract import Wanted
from warehouse.model import NATION
from warehouse.numbers import FORMATS
from warehouse.periods import parse_period
from warehouse.store import Warehouse

World = Literal["real", "simulated", "both"]
WORLDS: tuple[World, ...] = get_args(World)
_SIMULATED: Mapping[World, bool | None] = {"real": False, "simulated": True, "both": None}
_NAMES: Mapping[World, str] = {"real": "báo cáo thật", "simulated": "dữ liệu mô phỏng", "both": "cả thật lẫn mô phỏng"}
_PERIODS_NAMED = 8
_MONTHS = {"6M": 6, "9M": 9, "12M": 12}
# What a filter may narrow down, by its fields, as the reader calls it.
_NARROWING = {
    "periods": "kỳ",
    "levels": "cấp",
    "themes": "lĩnh vực",
    "indicators": "chỉ tiêu",
    "statuses": "tình trạng",
    "rates": "tỷ lệ",
    "definitions": "định nghĩa",
}
_KINDS: Mapping[type, str] = {
    RowFilter: "dòng in trong báo cáo",
    FigureFilter: "số liệu theo chỉ tiêu",
    RateFilter: "tỷ lệ",
}


class NothingFound(LookupError):
    """The filter finds no row; says what was looked for and what there is."""


def one_world(warehouse: Warehouse, wanted: Wanted, asked: World | None) -> tuple[Wanted, tuple[str, ...]]:
    """The filter within the world asked for, by default the real one where it has rows; and what to tell about it.

    Raises `NothingFound` where that world has no row.
    """
    real, simulated = (rows_found(warehouse, replace(wanted, simulated=world)) for world in (False, True))
    counts: Mapping[World, int] = {"real": real, "simulated": simulated, "both": real + simulated}
    world = asked or ("real" if counts["real"] or not counts["simulated"] else "simulated")
    if not counts[world]:
        raise NothingFound(_nothing(warehouse, wanted, asked, counts))
    return replace(wanted, simulated=_SIMULATED[world]), tuple(_notes(world, counts, asked is None))


def rows_found(warehouse: Warehouse, wanted: Wanted) -> int:
    """How many rows an export of this filter has."""
    if isinstance(wanted, RowFilter):
        return int(answers.rows_count(warehouse, wanted)["rows"][0])
    if isinstance(wanted, RateFilter):
        return int(rate_figures_count(warehouse, wanted)["rows"][0])
    return int(figures_count(warehouse, wanted)["rows"][0])


def _notes(world: World, counts: Mapping[World, int], chosen_for_them: bool) -> list[str]:
    number = FORMATS["vi"].number
    if world == "both" and counts["real"] and counts["simulated"]:
        return [
            f"Lưu ý: tệp có {number(counts['real'])} dòng báo cáo thật và {number(counts['simulated'])} dòng mô phỏng "
            "(cột simulated); không cộng hai loại với nhau."
        ]
    if counts["simulated"] and world != "real":
        only = "không có báo cáo thật nào khớp, nên " if chosen_for_them else ""
        return [f"Lưu ý: {only}tệp chỉ có dữ liệu mô phỏng, không phải báo cáo thật."]
    if counts["simulated"] and chosen_for_them:
        return [
            f"Lưu ý: chỉ xuất báo cáo thật; còn {number(counts['simulated'])} dòng mô phỏng cũng khớp "
            "(thêm --world simulated hoặc --world both để lấy)."
        ]
    return []


def _nothing(warehouse: Warehouse, wanted: Wanted, asked: World | None, counts: Mapping[World, int]) -> str:
    units = list(dict.fromkeys((*wanted.below, *wanted.alone))) or [wanted.unit]
    looked = [_KINDS[type(wanted)], f"đơn vị {', '.join(_unit_name(warehouse, unit, wanted) for unit in units)}"]
    for field, name in _NARROWING.items():
        if codes := getattr(wanted, field, ()):
            looked.append(f"{name} {', '.join(codes)}")
    looked.append(_NAMES[asked or "both"])
    there = [line for unit in units for line in _there(warehouse, unit, wanted)]
    other: World = "simulated" if asked == "real" else "real"
    hint = _only_quarters(wanted) or "Hãy bỏ bớt điều kiện lọc, hoặc chọn kỳ có báo cáo."
    if asked in ("real", "simulated") and counts[other]:
        hint = f"Với --world {other} thì có {FORMATS['vi'].number(counts[other])} dòng ({_NAMES[other]})."
    return "\n".join(
        (
            "Không có dòng nào để xuất nên không ghi tệp.",
            f"Đã tìm: {'; '.join(looked)}.",
            f"Kho có: {'; '.join(there) or 'chưa có báo cáo nào của các đơn vị này'}.",
            hint,
        )
    )


def _only_quarters(wanted: Wanted) -> str:
    """Why cumulative periods have no row where each quarter is counted alone, and what to ask instead."""
    periods = [parse_period(code) for code in wanted.periods]
    cumulative = [period for period in periods if period.cumulative]
    if isinstance(wanted, RowFilter) or wanted.counting != "discrete" or not cumulative:
        return ""
    quarters = {
        f"{period.year}-Q{quarter}" for period in cumulative for quarter in range(1, _MONTHS[period.span] // 3 + 1)
    }
    named = ", ".join(one.code for one in cumulative)
    return (
        f"--counting discrete đếm riêng từng quý nên chỉ có kỳ là quý; {named} là kỳ "
        f"lũy kế. Hãy hỏi {' '.join(f'--period {code}' for code in sorted(quarters))}, hoặc bỏ --counting discrete để "
        "lấy số lũy kế như báo cáo in."
    )


def _unit_name(warehouse: Warehouse, unit: str, wanted: Wanted) -> str:
    if unit == NATION:
        return "cả nước"
    return f"{answers.unit_path(warehouse, unit, wanted.boundary)['name'][-1]} ({unit})"


def _there(warehouse: Warehouse, unit: str, wanted: Wanted) -> list[str]:
    """Which periods a unit and those in it have reported for, in each world."""
    lines = []
    worlds: tuple[World, ...] = ("real", "simulated")
    for world in worlds:
        periods = reporting.data_periods(warehouse, unit, world == "simulated", wanted.boundary)["period"].to_list()
        if periods:
            more = len(periods) - _PERIODS_NAMED
            named = ", ".join(periods[:_PERIODS_NAMED]) + (f" và {more} kỳ khác" if more > 0 else "")
            lines.append(f"{_unit_name(warehouse, unit, wanted)}, {_NAMES[world]}: kỳ {named}")
    return lines
