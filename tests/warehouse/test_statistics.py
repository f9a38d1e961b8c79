"""The statistics of comparing proportions: worked out by hand, from published examples, and against SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from warehouse.answers.statistics import (
    TAIL_95,
    TAIL_998,
    Numbers,
    control_limits,
    difference_interval,
    dispersion,
    expected_at_whole,
    quartiles,
    rank_ranges,
    ranks,
)


def numbers(*values: float) -> Numbers:
    return np.array(values, dtype=np.float64)


# Ranks that are open ----------------------------------------------------------------------------------


def test_a_rank_is_open_to_every_overlapping_interval() -> None:
    low, high = numbers(50, 94, 96, 92, 10), numbers(100, 99, 99.5, 96.5, 40)
    found = rank_ranges(low, high)
    assert found.best.tolist() == [1, 1, 1, 1, 5]
    assert found.worst.tolist() == [4, 4, 4, 4, 5]
    assert found.alike.tolist() == [3, 3, 3, 3, 0]


def test_intervals_that_touch_cannot_be_told_apart() -> None:
    assert rank_ranges(numbers(1, 2), numbers(2, 3)).alike.tolist() == [1, 1]
    apart = rank_ranges(numbers(1, 2.5), numbers(2, 3))
    assert (apart.best.tolist(), apart.worst.tolist()) == ([2, 1], [2, 1])


def test_no_unit_has_no_rank() -> None:
    assert [part.tolist() for part in rank_ranges(numbers(), numbers())] == [[], [], []]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), min_size=1, max_size=12))
def test_ranks_are_counted_pair_by_pair(intervals: list[tuple[int, int]]) -> None:
    pairs = [(float(low), float(low + width)) for low, width in intervals]
    found = rank_ranges(numbers(*(low for low, _ in pairs)), numbers(*(high for _, high in pairs)))
    for at, (low, high) in enumerate(pairs):
        better = sum(other_low > high for other_low, _ in pairs)
        worse = sum(other_high < low for _, other_high in pairs)
        assert (found.best[at], found.worst[at]) == (1 + better, len(pairs) - worse)
        assert found.alike[at] == len(pairs) - 1 - better - worse


def test_equal_values_share_a_rank_also_where_they_are_infinite() -> None:
    assert ranks(numbers(3, 1, 3, 2)).tolist() == [3, 1, 3, 2]
    assert ranks(numbers(np.inf, 1, np.inf)).tolist() == [2, 1, 2]  # two above 100 % are last
    assert ranks(numbers()).tolist() == []


def test_quartiles_are_interpolated() -> None:
    assert quartiles(numbers(7)) == (7, 7, 7)
    assert quartiles(numbers(4, 0)) == (1, 2, 3)
    assert quartiles(numbers(40, 10, 20, 30)) == (17.5, 25, 32.5)
    np.testing.assert_array_equal(quartiles(numbers()), [np.nan] * 3)


# A change -----------------------------------------------------------------------------------------------


def test_the_interval_of_a_change_is_the_published_one() -> None:
    # Newcombe 1998, table II (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339. The Wilson intervals by hand.
    now, before = numbers(0.8, 0.691823, 0.876947), numbers(0.6, 0.490447, 0.700402)
    low, high = difference_interval(now.reshape(3, 1), before.reshape(3, 1))
    assert (low[0], high[0]) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


# Over-dispersion ----------------------------------------------------------------------------------------


def test_dispersion_draws_in_the_outer_tenths() -> None:
    # z-scores -5 to 5: the 10th and 90th percentile of eleven are -4 and 4; (4 * 16 + 2 * (9 + 4 + 1)) / 11.
    successes = numbers(*(50 + 5 * step for step in range(-5, 6)))
    assert dispersion(successes, np.full(11, 100.0), 0.5) == pytest.approx(92 / 11)


def test_units_that_only_chance_tells_apart_are_not_dispersed() -> None:
    drawn = binom.rvs(400, 0.9, size=2000, random_state=7).astype(float)
    phi = dispersion(drawn, np.full(2000, 400.0), 0.9)
    assert phi is not None
    assert 0.6 < phi < 1


@pytest.mark.parametrize("pooled", [0.0, 1.0])
def test_where_all_have_all_there_is_nothing_to_estimate(pooled: float) -> None:
    assert dispersion(numbers(10, 20), numbers(10, 20), pooled) is None


# Control limits -----------------------------------------------------------------------------------------


def test_limits_by_hand() -> None:
    # Ten tosses: P(X <= 8) = 1013/1024 is the first beyond 0.975, P(X = 8) = 45/1024.
    above = (9 - (1013 / 1024 - 0.975) / (45 / 1024)) / 10
    low, high = control_limits(0.5, numbers(10), [TAIL_95])[0]
    assert (low[0], high[0]) == (pytest.approx(1 - above), pytest.approx(above))
    assert above == pytest.approx(0.867555556)


@pytest.mark.parametrize("tail", [TAIL_95, TAIL_998])
@pytest.mark.parametrize("pooled", [0.02, 0.5, 0.93, 0.998, 0.99999])
@pytest.mark.parametrize("trials", [1, 7, 40, 500, 12345])
def test_a_unit_is_beyond_just_where_its_count_is_too_rare(trials: int, pooled: float, tail: float) -> None:
    low, high = control_limits(pooled, numbers(trials), [tail])[0]
    middle, spread = round(trials * pooled), int(8 * np.sqrt(trials * pooled * (1 - pooled))) + 8
    counts = np.arange(max(0, middle - spread), min(trials, middle + spread) + 1)
    assert (counts / trials > high[0]).tolist() == (binom.sf(counts - 1, trials, pooled) <= tail).tolist()
    assert (counts / trials < low[0]).tolist() == (binom.cdf(counts, trials, pooled) <= tail).tolist()


def test_a_hundred_percent_of_few_cases_is_never_beyond() -> None:
    trials = np.arange(1, 1800).astype(float)  # 0.998 ** 1799 is 0.027
    _, high = control_limits(0.998, trials, [TAIL_95])[0]
    assert set(high.tolist()) == {1.0}
    assert control_limits(0.998, numbers(1900), [TAIL_95])[0][1][0] < 1


def test_dispersion_widens_the_limits_by_its_square_root_and_no_further_than_possible() -> None:
    low, high = control_limits(0.5, numbers(10, 1000), [TAIL_95], phi=4)[0]
    plain_low, plain_high = control_limits(0.5, numbers(10, 1000), [TAIL_95])[0]
    assert (low[0], high[0]) == (0, 1)
    assert low[1] == pytest.approx(0.5 - 2 * (0.5 - plain_low[1]))
    assert high[1] == pytest.approx(0.5 + 2 * (plain_high[1] - 0.5))


def test_limits_of_equal_sizes_are_equal_and_in_place() -> None:
    low, high = control_limits(0.9, numbers(50, 200, 50), [TAIL_998])[0]
    assert low[0] == low[2] < low[1] < 0.9 < high[1] < high[0] == high[2]


def test_a_common_rate_of_all_has_limits_of_all() -> None:
    low, high = control_limits(1.0, numbers(10, 20), [TAIL_95])[0]
    assert (low.tolist(), high.tolist()) == ([1, 1], [1, 1])


def test_how_many_would_have_all() -> None:
    assert expected_at_whole(0.9, numbers(1, 2)) == pytest.approx(1.71)
