"""Which of an annex's value columns gives the figures of the report's own period.

A column is told by its heading. Figures under the heading of another period are kept as observations of that period,
and never taken for the report's own.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from loaders.annexes import Annex
from loaders.cells import read_cell
from loaders.column_words import (
    is_plain,
    names_another_owner,
    names_another_unit,
    names_other_months,
    states_other_days,
    without_address,
)
from loaders.headers import Column
from loaders.periods import MONTHS, QUARTER, period_of_window, span_of_quarters, without_dates, years_in
from loaders.readers.layout import YEAR
from loaders.units import Unit
from warehouse.periods import FIRST_YEAR, LAST_YEAR, Period, Span
from warehouse.text import fold, tidy, words

# Columns that hold no figure of the report's own period: the one before, another stretch of time.
_OTHER_TIME = re.compile(
    r"\b(?:ky|(?<!cung ky )nam|quy|thang) truoc\b|\bthang cuoi\b|\bnhiem ky\b|\bgiai doan\b|\btuan (?:thu )?\d"
)
# A plan or what is held against it: `Kết quả thực hiện kế hoạch` is a result, `Thực hiện/Kế hoạch` none.
_PLAN = re.compile(
    r"(?<!thuc hien )\bke hoach\b|(?:^|[–-] )kh\b|(?:%|\bt[yi] le\b).*\bke hoach\b|\bke hoach\b.*%|\bso voi\b"
)
# With their accents, for `giám sát`, `nền tảng` are no change; nor is `tăng cường`.
_CHANGE = re.compile(r"\bchênh lệch\b|\btăng\b(?! cường)|(?<!tinh )\bgiảm\b(?! nghèo)")
_CHANGE_UNACCENTED = re.compile(r"\bchenh lech\b|\btang\b(?! cuong)|(?<!tinh )\bgiam\b(?! sat| ngheo| doc)")
_PLAINLY_ANOTHER = re.compile(
    r"^(?:(?:so lieu|chi tieu|muc|so|t[yi] le|%) )*(?:(?:ke hoach|kh)(?: (?:nam|quy|thang|\d+|i{1,3}|iv|giao|duoc|dau"
    r"|de ra|ca|ky|bao cao|cchc))*|(?:(?:tang|giam|so sanh|chenh lech) )*so voi\b.*"
    r"|(?:tang|giam)(?: (?:tang|giam|hay))*)$"
)
_MONTHS_OF_COLUMN = re.compile(r"\b0?(3|6|9|12)\s*thang\b")
# `Luỹ kế` that counts from the start of the year; other words tell of another start (`từ đầu nhiệm kỳ`, `đến nay`).
_FROM_NEW_YEAR = re.compile(
    r"^(?:nam 20\d\d )?(?:(?:so lieu|ket qua|gia tri|thuc hien) )*luy ke(?: (?:so lieu|ket qua|thuc hien))*"
    r"(?P<said>(?: ke)?(?: tinh)? tu dau nam\b.*| (?:trong |ca )?nam(?: 20\d\d)?|)$"
)
_UP_TO_MONTH = re.compile(r" (?:tinh )?den (?:het |cuoi )?thang 0?(\d{1,2})(?:\W*(?:nam )?20\d\d)?$")
_UP_TO: dict[Span, Span] = {"Q1": "Q1", "Q2": "6M", "Q3": "9M", "Q4": "12M"}
_LAST_QUARTER: dict[Span, Span] = {"6M": "Q2", "9M": "Q3", "12M": "Q4"}
# `Trong quý`: the quarter itself, in a report of one, and the last quarter of a longer period.
_OF_QUARTER = re.compile(
    r"^(?:(?:so lieu|ket qua|so|(?:uoc )?thuc hien|phat sinh) )*(?:trong )?quy(?: nay| bao cao)?(?: nam 20\d\d)?$"
)
OWN_PERIOD = re.compile(r"\bky (?:bao cao|nay)\b|\btrong ky\b")
_OF_ALL = re.compile(r"^(?:tong|tong so|tong cong|cong|chung|toan (?:xa|huyen|tinh|thanh pho))$")


@dataclass(frozen=True)
class Columns:
    """The period of each value column, empty where nobody can tell; `main` is that of the report's own, if any is.

    `alike` are the columns of which none can be taken, for nothing tells them apart; `of_parts` says that each counts
    another part, `of_another` that the only one is headed by other units.
    """

    periods: tuple[str, ...]
    main: int | None
    alike: tuple[int, ...] = ()
    of_parts: bool = False
    of_another: bool = False


def choose_columns(annex: Annex, period: Period, unit: Unit) -> Columns:
    """The column that speaks of the report's period; where none says so, the one that speaks of no other.

    Of several it is the one that holds figures; where two hold different ones it is none, nor beside figures under
    words that nobody knows (`Số liệu | Số liệu thẩm định`). Of columns that count parts it is that of all.
    """
    named = _named(annex.columns, period)
    wanted = next((code for code in (period.code, None) if code in named), "")
    if wanted == "":
        return Columns(tuple(code or "" for code in named), None)
    parts = [number for number, code in enumerate(named) if code == wanted and annex.columns[number].of_part]
    if len(parts) > 1:
        kinds = {number: annex.columns[number].label.rpartition("– ")[2] for number in parts}
        of_all = [number for number, kind in kinds.items() if _OF_ALL.match(words(kind))]
        # what all tiers have together is no figure of the reporter's own
        of_tiers = any(names_another_owner(kind, unit.level) for number, kind in kinds.items() if number not in of_all)
        main = of_all[0] if len(of_all) == 1 and not of_tiers else None
        unknown = {number for number in parts if number != main}
        return Columns(_periods(named, unknown, period), main, of_parts=main is None)
    if len(annex.columns) == 1 and _is_of_another(annex.columns[0].label, unit, period):
        return Columns(("",), None, of_another=True)
    return _of_several(annex, named, period)


@lru_cache(maxsize=1024)
def _is_of_another(label: str, unit: Unit, period: Period) -> bool:
    label = without_address(label, unit)
    return names_another_owner(label, unit.level) or names_another_unit(label, unit, period.window_end)


def _of_several(annex: Annex, named: Sequence[str | None], period: Period) -> Columns:
    """The column of the report's own period among those that may be it; `named` as `_named` tells them."""
    own = [number for number, code in enumerate(named) if code == period.code]
    may_be = unknown = [number for number, code in enumerate(named) if code in (period.code, None)]
    sure = [number for number in may_be if len(named) == 1 or is_plain(annex.columns[number].label)]
    if any(number in sure for number in own):  # a heading that names the period outdoes one that names none
        may_be = own
        sure = [number for number in sure if number in own]
    filled = [number for number in may_be if _holds_figures(annex, number)]
    main = next((number for number in sure if number in filled), sure[0] if sure else None)
    if main is None or (filled and main not in filled) or _contradict(annex, filled):
        return Columns(_periods(named, set(unknown), period), None, tuple(may_be))
    of_its_time = named[main] is not None and not _names_only_the_period(annex.columns[main].label, period)
    if not of_its_time and (doubtful := _counted_on(annex, main, period)):
        return Columns(_periods(named, {main}, period), None, (main, *doubtful))
    others = {number for number in unknown if not _same(annex.columns[number], annex.columns[main])}
    return Columns(_periods(named, others, period), main)


def _names_only_the_period(label: str, period: Period) -> bool:
    """Whether a heading says `Kỳ báo cáo`, `Trong kỳ`: of 9 or 12 months it may be the last quarter's."""
    key = without_dates(label)
    return period.span in {"9M", "12M"} and not _spans(key) and OWN_PERIOD.search(key) is not None


def _counted_on(annex: Annex, main: int, period: Period) -> list[int]:
    """The columns of `Luỹ kế` that differ from one that names no time, in a report of 6, 9 or 12 months.

    Those months are themselves counted from the start of the year: which of the two is the report's nobody can tell.
    """
    return [
        number
        for number, column in enumerate(annex.columns)
        if period.span in _LAST_QUARTER
        and re.search(r"\bluy ke\b", key := without_dates(column.label))
        and not _means_another(column.label, key, period, alone=False)
        and not years_in(key) - {period.year}
        and _contradict(annex, (main, number))
    ]


def counted_otherwise(annex: Annex, main: int, period: Period) -> list[int]:
    """The columns that count a half-year from the start of the year, and differ from the one taken for its own.

    The two are one period: where they differ, `Kỳ báo cáo` may be the second quarter. Longer periods take neither.
    """
    if period.span != "6M" or annex.columns[main].of_part:
        return []
    return [one for one in _counted_on(annex, main, period) if _from_new_year(annex.columns[one].label, period, False)]


def _named(columns: Sequence[Column], period: Period) -> list[str | None]:
    """The period of each column; that of `Luỹ kế` is the report's, where no other can be and both count alike.

    6, 9 and 12 months are counted from the start of the year. Beside other columns the heading has to say so,
    save beside the last of their quarters.
    """
    alone = len(columns) == 1
    named = [column_period(_without_part(column), period, alone) for column in columns]
    if period.span in _UP_TO or period.code in named or None in named:
        return named
    of_year = alone or Period(period.year, _LAST_QUARTER[period.span]).code in named
    own = [number for number, column in enumerate(columns) if _from_new_year(column.label, period, of_year)]
    if any(not _same(columns[number], columns[own[0]]) for number in own):
        return named
    return [period.code if number in own else code for number, code in enumerate(named)]


def _without_part(column: Column) -> str:
    return column.label.rpartition(" – ")[0] if column.of_part else column.label


def _from_new_year(label: str, period: Period, of_year: bool) -> bool:
    """Whether a column counts from the start of the year; `of_year`: bare `Luỹ kế` can count from nowhere else."""
    key = without_dates(label)
    up_to = _UP_TO_MONTH.search(fold(tidy(label)))  # the last month of 6, 9 or 12 says no more than `Luỹ kế`
    own_end = up_to is not None and up_to[1] == period.span.removesuffix("M")
    match = _FROM_NEW_YEAR.match(key.strip() if own_end else key)
    if match is None or _means_another(label, key, period, alone=False) or years_in(key) - {period.year}:
        return False
    return of_year or match["said"] != ""


def _periods(named: Sequence[str | None], unknown: Set[int], period: Period) -> tuple[str, ...]:
    """The period of each column: empty for the unknown ones, the report's own where the heading names none."""
    codes = (period.code if code is None else code for code in named)
    return tuple("" if number in unknown else code for number, code in enumerate(codes))


def _same(one: Column, other: Column) -> bool:
    return words(one.label) == words(other.label)


def _contradict(annex: Annex, filled: Sequence[int]) -> bool:
    """Whether at least two columns that hold figures do not hold the same ones."""
    return len(filled) > 1 and any(_differ(row.values, filled) for row in annex.rows)


def _holds_figures(annex: Annex, position: int) -> bool:
    return any(read_cell(row.values[position], row.unit_of_measure).status == "reported" for row in annex.rows)


def _differ(values: Sequence[str], positions: Sequence[int]) -> bool:
    """Whether a row prints other things in these columns; one that is empty says nothing else than the other."""
    return len({values[position] for position in positions if values[position]}) > 1


@lru_cache(maxsize=1024)  # asked for every row of the few columns there are
def column_period(label: str, period: Period, alone: bool = False) -> str | None:
    """The period a value column speaks of: `Quý I` of a 2020 report is `2020-Q1`; null for `Số liệu`.

    Empty where it is another one than the report's and nobody can tell which: `Kỳ trước`, `Kế hoạch`. What a
    half-year's form counts as `Luỹ kế` is left so as well, for it may stand beside a `Kỳ báo cáo`. A column that stands
    `alone` is a plan or a change only where its heading is nothing else.
    """
    key = without_dates(label)
    years = years_in(key)
    year = period.year if not years or period.year in years else min(years)
    if _means_another(label, key, period, alone):
        return ""
    if YEAR.match(key.strip()) and period.span in {"Q2", "Q3", "Q4"}:  # a quarter is less than the year so far
        return Period(year, "12M").code
    if re.search(r"\bcung ky\b", key):
        return Period(year if year < period.year else period.year - 1, period.span).code
    spans = _spans(key)
    if spans:
        return Period(year, spans[0]).code if len(spans) == 1 else ""
    named = _named_column(key, year, period)
    return _by_year_or_window(label, year, period, alone) if named is None else named


def _means_another(label: str, key: str, period: Period, alone: bool) -> bool:
    """Whether a heading, `key` folded, tells of another time, a plan or a change."""
    if _OTHER_TIME.search(key) or (not _spans(key) and names_other_months(label, period.span)):
        return True
    if alone:
        return any(_PLAINLY_ANOTHER.match(words(part)) for part in label.split(" – "))
    printed = tidy(label).lower()
    change = _CHANGE_UNACCENTED if printed.isascii() else _CHANGE
    return _PLAN.search(key) is not None or change.search(printed) is not None


def _spans(key: str) -> list[Span]:
    """The spans a heading names; `quý II và 6 tháng` is the half-year that ends with the quarter."""
    quarters = QUARTER.search(re.sub(r"\bqui\b", "quy", key))
    months = _MONTHS_OF_COLUMN.search(key)
    span = span_of_quarters(quarters["span"]) if quarters else None
    if quarters and span is None:
        return ["Q1", "Q2"]  # a list of quarters that is no period
    found: list[Span] = [one for one in (span, MONTHS[months[1]] if months else None) if one]
    if len(found) > 1 and _UP_TO.get(found[0]) == found[1]:
        return found[1:]
    return list(dict.fromkeys(found))


def _named_column(key: str, year: int, period: Period) -> str | None:
    """The period of a column whose heading names no months: `Luỹ kế`, `Năm`, `Kỳ báo cáo`, `Trong quý`."""
    if _OF_QUARTER.match(key):
        return Period(year, _LAST_QUARTER.get(period.span, period.span)).code
    if re.search(r"\bluy ke\b", key):
        return Period(year, _UP_TO[period.span]).code if period.span in _UP_TO else ""
    if re.search(r"\b(trong nam|ca nam)\b|^nam\b", key):
        return Period(year, "12M").code
    return period.code if OWN_PERIOD.search(key) else None


def _by_year_or_window(label: str, year: int, period: Period, alone: bool) -> str | None:
    """The period of `Kết quả năm 2023`, or of a window of days; null for a heading that names no other time.

    Of days that are no period nobody can tell where other columns stand beside; a column `alone` is the report's.
    """
    if year != period.year:
        return Period(year, "12M").code if FIRST_YEAR <= year <= LAST_YEAR else ""
    window = period_of_window(label)
    return window.code if window else "" if not alone and states_other_days(label, period) else None
