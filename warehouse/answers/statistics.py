"""The statistics of comparing proportions: which ranks a unit may have, and which units stand apart from the rest.

Pure functions over NumPy arrays, one entry a unit; proportions are 0-1. Sources: intervals by Wilson (1927); the
control limits of a funnel plot, over-dispersion and its winsorised estimate by Spiegelhalter, "Funnel plots for
comparing institutional performance", Statistics in Medicine 24 (2005), 1185-1202.
"""

from collections.abc import Sequence
from math import ceil, floor, log, nan, sqrt
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

TAIL_95, TAIL_998 = 0.025, 0.001  # the chance beyond each of two limits
Z_95 = 1.959964  # standard deviations that hold 95 %
WINSORISED = 0.1  # of the z-scores at either end
_AT_ONCE = 64  # numbers of trials summed together
_SPREADS, _COUNTS = 8, 40  # how far from the mean the binomial distribution is summed: beyond is less than rounding


class RankRanges(NamedTuple):
    """The ranks that each unit may have: the best and the worst, and how many others it cannot be told from."""

    best: NDArray[np.int64]
    worst: NDArray[np.int64]
    alike: NDArray[np.int64]


def wilson_interval(successes: Numbers, trials: Numbers) -> tuple[Numbers, Numbers]:
    """The 95 % interval of each proportion (Wilson 1927); more than the whole counts as the whole."""
    share, spread = np.minimum(successes / trials, 1.0), Z_95**2 / trials
    middle, reach = share + spread / 2, Z_95 * np.sqrt(share * (1 - share) / trials + spread / (4 * trials))
    return (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)


def rank_ranges(low: Numbers, high: Numbers) -> RankRanges:
    """The ranks that intervals leave open, where more is better.

    One unit is better than another where its whole interval lies above the other's: stricter than a test of the two
    at 5 %, which suits a table that compares every pair, and anyone can check it by eye. The best rank of a unit is
    one more than the number of units better than it; the worst leaves below only those it is better than.
    """
    units = len(low)
    better, worse = units - _below(low, high, "right"), _below(high, low, "left")
    return RankRanges(1 + better, units - worse, units - 1 - better - worse)


def ranks(values: Numbers) -> NDArray[np.int64]:
    """The rank of each value, the smallest first; equal ones share one."""
    order = np.argsort(values)
    ordered = values[order]
    rises = np.flatnonzero(ordered[1:] > ordered[:-1]) + 1  # no difference: two infinities have none
    found, standing = np.empty(len(values), dtype=np.int64), np.ones(len(values), dtype=np.int64)
    standing[rises] = 1 + rises
    found[order] = np.maximum.accumulate(standing)
    return found


def quartiles(values: Numbers) -> tuple[float, float, float]:
    """The quartiles and the median between them, by linear interpolation (Hyndman and Fan's type 7); nan of nothing."""
    if not len(values):
        return nan, nan, nan
    ordered = np.sort(values)
    lower, median, upper = (_between(ordered, part * (len(values) - 1)) for part in (0.25, 0.5, 0.75))
    return lower, median, upper


def _between(ordered: Numbers, place: float) -> float:
    below, above = float(ordered[floor(place)]), float(ordered[ceil(place)])
    return below + (place - floor(place)) * (above - below)


def _below(values: Numbers, bounds: Numbers, side: Literal["left", "right"]) -> NDArray[np.int64]:
    """How many of `values` lie below each bound; `right`: or on it.

    The bounds are looked up in their order, which is five times as fast as here and there.
    """
    order = np.argsort(bounds)
    found: NDArray[np.int64] = np.empty(len(bounds), dtype=np.int64)
    found[order] = np.searchsorted(np.sort(values), bounds[order], side=side)
    return found


def difference_interval(now: Numbers, before: Numbers) -> tuple[Numbers, Numbers]:
    """The 95 % interval of a change from one period to another; each is given as rows of rate, low and high.

    Newcombe's hybrid of the two Wilson intervals (Statistics in Medicine 17 (1998), 873-890, method 10).
    """
    (rate, low, high), (rate_before, low_before, high_before) = now, before
    change = rate - rate_before
    return (
        change - np.sqrt((rate - low) ** 2 + (high_before - rate_before) ** 2),
        change + np.sqrt((high - rate) ** 2 + (rate_before - low_before) ** 2),
    )


def dispersion(successes: Numbers, trials: Numbers, pooled: float) -> float | None:
    """How many times more units differ (as a variance) than chance alone would have it: Spiegelhalter's phi.

    The mean of the squared z-scores about the pooled proportion, the outer tenths drawn in to the 10th and 90th
    percentile so that a few outliers do not hide themselves. Null where all units are at 0 or at 1.
    """
    if not 0 < pooled < 1:
        return None
    scores = (successes / trials - pooled) / np.sqrt(pooled * (1 - pooled) / trials)
    lowest, highest = np.quantile(scores, [WINSORISED, 1 - WINSORISED])
    return float(np.mean(np.clip(scores, lowest, highest) ** 2))


def control_limits(
    pooled: float, trials: Numbers, tails: Sequence[float], phi: float = 1.0
) -> list[tuple[Numbers, Numbers]]:
    """For each of `tails` the proportions between which a unit of so many trials stays but for that chance either side.

    From the exact binomial distribution, so they are right near 100 %: a unit is beyond a limit just where the
    chance of its count or one further out is at most the tail; small units cannot be beyond at 100 %. Between whole
    counts the limit is interpolated, which makes a curve. Over-dispersion moves the limits away from the pooled
    proportion by the square root of `phi`.
    """
    if not 0 < pooled < 1:
        return [(np.full(len(trials), pooled), np.full(len(trials), pooled))] * len(tails)
    whole = np.maximum(np.rint(trials), 1)
    sizes, places = np.unique(whole, return_inverse=True)
    parts = np.array_split(sizes, ceil(len(sizes) / _AT_ONCE)) if len(sizes) else [sizes]
    counts = np.concatenate([_count_limits(part, pooled, tails) for part in parts], axis=2)
    below, above = np.moveaxis(counts / sizes, 1, 0)[..., places]
    wider = sqrt(phi)
    low, high = (pooled + wider * (limit - pooled) for limit in (below, above))
    return list(zip(np.maximum(low, 0), np.minimum(high, 1), strict=True))


def _count_limits(trials: Numbers, share: float, tails: Sequence[float]) -> Numbers:
    """By tail, side and number of trials the count that lies below, or above, with a chance of at most the tail.

    None nearer the mean would do. The distributions are worked out once for all: a row for each number of trials, a
    column for each count that has a chance worth summing.
    """
    if not len(trials):
        return np.empty((len(tails), 2, 0))
    mean, spread = trials * share, np.sqrt(trials * share * (1 - share))
    first = np.maximum(0, np.floor(mean - _SPREADS * spread) - _COUNTS)[:, None]
    last = np.minimum(trials, np.ceil(mean + _SPREADS * spread) + _COUNTS)[:, None]
    counts = first + np.arange((last - first).max() + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.log((trials[:, None] - counts[:, :-1]) / counts[:, 1:]) + log(share / (1 - share))
    weights = np.concatenate((np.zeros_like(first), np.cumsum(steps, axis=1)), axis=1)
    weights[counts > last] = -np.inf
    chances = np.exp(weights - weights.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    right = _quantiles(counts, chances, trials, tails)
    wrong = _quantiles(trials[:, None] - counts[:, ::-1], chances[:, ::-1], trials, tails)
    return np.stack([trials - wrong, right], axis=1)


def _quantiles(counts: Numbers, chances: Numbers, trials: Numbers, tails: Sequence[float]) -> Numbers:
    """By tail the count that each distribution exceeds with a chance of at most the tail; a row for each tail."""
    reached, row = np.cumsum(chances, axis=1), np.arange(len(counts))
    found = []
    for tail in tails:
        at = np.minimum((reached < 1 - tail).sum(axis=1), counts.shape[1] - 1)
        limit = counts[row, at] + 1 - (reached[row, at] - (1 - tail)) / chances[row, at]
        found.append(np.minimum(trials, limit))
    return np.array(found)


def expected_at_whole(pooled: float, trials: Numbers) -> float:
    """How many units would have all of their cases right if each case had the pooled chance."""
    return float(np.sum(pooled**trials))
