"""The test for trend against values worked out by hand, and what keeps a mark from being given."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.special import expit, logit
from scipy.stats import chi2, f

from warehouse.answers.trend_test import (
    CRITICAL_99,
    CRITICAL_F_99,
    FEWEST_PERIODS,
    Mark,
    Point,
    chi_square_for_trend,
    mark_of,
    trend_marks,
)


def points(*numerators: float, of: float = 100) -> list[Point]:
    return [Point(2020 + number, numerator, of) for number, numerator in enumerate(numerators)]


# Worked out by hand: p = 300/500, spread = 100 (4 + 1 + 0 + 1 + 4), slope = 50 / 1000, chi-square = 2.5 / 0.24.
def test_a_straight_line_has_its_chi_square_and_no_scatter() -> None:
    trend, dispersion, slope = chi_square_for_trend(points(50, 55, 60, 65, 70))
    assert (trend, dispersion, slope) == (pytest.approx(2.5 / 0.24), pytest.approx(0), pytest.approx(0.05))
    assert mark_of(points(50, 55, 60, 65, 70)).direction == "rising"
    assert mark_of(points(70, 65, 60, 55, 50)).direction == "falling"


def test_a_wobble_is_no_trend() -> None:
    trend, _, slope = chi_square_for_trend(points(58, 61, 60, 59, 62))
    assert (trend, slope) == (pytest.approx(0.036 / 0.24), pytest.approx(0.006))
    assert mark_of(points(58, 61, 60, 59, 62)).direction == "steady"


# p = 0.6; slope 2500/100000; chi-square for trend 62.5/0.24, for everything 250/0.24, so 62.5/0.24 a degree of freedom.
def test_thousands_of_dossiers_do_not_make_a_trend_of_scatter() -> None:
    scattered = points(6000, 5000, 6500, 5500, 7000, of=10_000)
    trend, dispersion, _ = chi_square_for_trend(scattered)
    assert (trend, dispersion) == (pytest.approx(62.5 / 0.24), pytest.approx(62.5 / 0.24))
    assert mark_of(scattered).direction == "steady"


def test_critical_values_are_those_of_their_distributions() -> None:
    assert pytest.approx(chi2.ppf(0.99, 1), abs=1e-6) == CRITICAL_99
    assert pytest.approx(f.ppf(0.99, 1, FEWEST_PERIODS - 2), abs=1e-6) == CRITICAL_F_99


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.3, 0.6])
def test_hardly_one_in_a_hundred_without_a_trend_has_one(spread: float) -> None:
    """Years that differ for other reasons, by `spread` of their odds' logarithm, on either side of 97 %."""
    dice = np.random.default_rng(1)
    shares = expit(logit(0.97) + dice.normal(0, spread, (2000, 5)))
    marks = [mark_of(points(*row, of=2000)).direction for row in dice.binomial(2000, shares).tolist()]
    assert sum(mark != "steady" for mark in marks) / len(marks) <= 0.0125


def test_a_rise_much_larger_than_its_scatter_is_one() -> None:
    assert mark_of(points(5000, 5520, 5980, 6510, 6990, of=10_000)).direction == "rising"


def test_groups_of_different_size_and_a_missing_year_weigh_as_they_are() -> None:
    uneven = [Point(2020, 1, 10), Point(2021, 4, 20), Point(2023, 15, 30)]
    # p = 1/3, mean year 11/6, spread 10 (11/6)^2 + 20 (5/6)^2 + 30 (7/6)^2 = 265/3; numerator sum = 175/9 - 11/18 ...
    mean, spread = 2020 + 11 / 6, 10 * (11 / 6) ** 2 + 20 * (5 / 6) ** 2 + 30 * (7 / 6) ** 2
    slope = sum((one.numerator - one.denominator / 3) * (one.year - mean) for one in uneven) / spread
    trend, _, found = chi_square_for_trend(uneven)
    assert (found, trend) == (pytest.approx(slope), pytest.approx(slope**2 * spread / (2 / 9)))


def test_all_or_none_has_nothing_to_test() -> None:
    assert chi_square_for_trend(points(100, 100, 100, 100, 100)) == (0.0, 0.0, 0.0)
    assert mark_of(points(0, 0, 0, 0, 0)).direction == "steady"


def test_the_latest_five_count() -> None:
    assert mark_of(points(90, 50, 55, 60, 65, 70)) == mark_of(points(90, 50, 55, 60, 65, 70)[1:])
    assert mark_of(points(50, 60, 70, 80)) == Mark("unknown", "too_few", periods=4)
    assert mark_of(points(50, 60, 70, 80, 101)).reason == "impossible"


def frame(span: str, numerators: list[float | None], **changed: Any) -> pl.DataFrame:
    """Rows of `trends.trend` for one unit: one period of a span a year from 2020 on, of a hundred each."""
    rows = [
        {
            "unit_code": "1",
            "period": f"{2020 + number}-{span}",
            "window_end": date(2020 + number, 6, 14),
            "numerator": numerator,
            "denominator": None if numerator is None else 100.0,
            "value": numerator,
            "units": 1,
            "expected": 1,
            "basis": "own",
            "era": None,
            **{name: values[number] for name, values in changed.items()},
        }
        for number, numerator in enumerate(numerators)
    ]
    return pl.DataFrame(rows, schema_overrides={"era": pl.Date, "numerator": pl.Float64, "value": pl.Float64})


RISING = [50.0, 55.0, 60.0, 65.0, 70.0]
NEW = date(2023, 7, 1)


def test_a_mark_names_its_periods() -> None:
    mark = trend_marks(frame("6M", RISING))["1"]
    assert (mark.direction, mark.span, mark.first, mark.last, mark.periods) == ("rising", "6M", "2020-6M", "2024-6M", 5)


@pytest.mark.parametrize(
    ("changed", "periods"),
    [
        ({"era": [None, None, None, NEW, NEW]}, 2),  # other units stand behind the last two
        ({"basis": ["own", "own", "own", "own", "estimated"]}, 4),
        ({"basis": ["sum"] * 5, "expected": [10] * 5, "units": [10, 9, 8, 10, 10]}, 4),  # a sum over too few
    ],
)
def test_what_is_not_comparable_does_not_count(changed: dict[str, list[Any]], periods: int) -> None:
    mark = trend_marks(frame("6M", RISING, **changed))["1"]
    assert (mark.direction, mark.reason, mark.periods) == ("unknown", "too_few", periods)


def test_kinds_of_period_are_not_mixed() -> None:
    mixed = pl.concat([frame("6M", RISING[:3]), frame("12M", RISING[:4])])
    assert trend_marks(mixed)["1"] == Mark("unknown", "too_few", "12M", "2020-12M", "2023-12M", 4)


def test_a_count_without_a_denominator_has_no_mark() -> None:
    counts = frame("6M", RISING).with_columns(pl.lit(None, pl.Float64).alias("denominator"))
    assert trend_marks(counts)["1"] == Mark("unknown", "counts")
    assert trend_marks(frame("6M", [None] * 5))["1"] == Mark("unknown", "too_few")
