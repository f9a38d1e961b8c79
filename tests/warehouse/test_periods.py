"""Period codes and their nominal windows, by the state rule of 15 December."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from warehouse.periods import FIRST_YEAR, LAST_YEAR, SPANS, Period, all_periods, parse_period


@pytest.mark.parametrize(
    ("code", "start", "end", "cumulative"),
    [
        ("2024-Q1", date(2023, 12, 15), date(2024, 3, 14), False),
        ("2024-Q2", date(2024, 3, 15), date(2024, 6, 14), False),
        ("2024-Q3", date(2024, 6, 15), date(2024, 9, 14), False),
        ("2024-Q4", date(2024, 9, 15), date(2024, 12, 14), False),
        ("2024-6M", date(2023, 12, 15), date(2024, 6, 14), True),
        ("2024-9M", date(2023, 12, 15), date(2024, 9, 14), True),
        ("2024-12M", date(2023, 12, 15), date(2024, 12, 14), True),
    ],
)
def test_windows(code: str, start: date, end: date, cumulative: bool) -> None:
    period = parse_period(code)
    assert (period.code, period.window_start, period.window_end, period.cumulative) == (code, start, end, cumulative)


def test_quarters_follow_one_another_without_a_gap() -> None:
    quarters = [Period(year, span) for year in (2023, 2024) for span in ("Q1", "Q2", "Q3", "Q4")]
    for before, after in pairwise(quarters):
        assert after.window_start - before.window_end == timedelta(days=1)


def test_a_cumulative_window_is_that_of_its_quarters() -> None:
    assert Period(2024, "6M").window_end == Period(2024, "Q2").window_end
    assert Period(2024, "9M").window_end == Period(2024, "Q3").window_end
    assert Period(2024, "12M").window_end == Period(2024, "Q4").window_end


def test_the_year_before_is_the_same_span() -> None:
    assert parse_period("2024-6M").year_before == Period(2023, "6M")
    assert parse_period("2025-Q1").year_before.code == "2024-Q1"


@pytest.mark.parametrize("code", ["2024-6M", "2024-6m", " 2024-6M\n", "2024-q1", "2024-12m"])
def test_codes_are_read_however_they_are_written(code: str) -> None:
    assert parse_period(code).code == code.strip().upper()


@pytest.mark.parametrize(
    "code",
    [
        *("", "2024", "2024-", "-6M", "2024-3M", "2024-Q5", "6M-2024", "2024/6M", "24-6M", "2015-6M", "2036-Q1"),
        *("2024-6M-1", "2024 6M", "²⁰²⁴-6M", "2024-６M", "20.24-6M", "+2024-6M"),
    ],
)
def test_anything_else_is_refused_with_what_was_expected(code: str) -> None:
    with pytest.raises(ValueError, match="kỳ báo cáo") as refused:
        parse_period(code)
    assert str(refused.value) == (
        f"kỳ báo cáo “{code}” không đúng: cần năm từ 2016 đến 2035 và một trong "
        "Q1, Q2, 6M, Q3, 9M, Q4, 12M, ví dụ 2024-6M"
    )


def test_every_period_is_there_once_and_in_order() -> None:
    periods = all_periods()
    assert len(periods) == len(set(periods)) == 20 * 7
    assert (periods[0].code, periods[-1].code) == (f"{FIRST_YEAR}-Q1", f"{LAST_YEAR}-12M")
    assert [period.window_end for period in periods] == sorted(period.window_end for period in periods)
    assert [period.code for period in periods[:7]] == [f"{FIRST_YEAR}-{span}" for span in SPANS]
    for period in periods:
        assert parse_period(period.code) == period
