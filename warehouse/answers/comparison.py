"""Units compared: the ranking with the ranks that each may have, how it stands to the rest, and a careful order."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.answers import Scope, ranks
from warehouse.answers.arrays import array_of, chosen, column_of, index_of, numbers_of
from warehouse.answers.registry import WHOLE
from warehouse.answers.statistics import (
    TAIL_95,
    TAIL_998,
    Numbers,
    control_limits,
    difference_interval,
    dispersion,
    expected_at_whole,
    rank_ranges,
    wilson_interval,
)
from warehouse.frames import alike, beside
from warehouse.store import Warehouse

Standing = Literal["far_above", "above", "within", "below", "far_below", "unknown"]
Change = Literal["rises", "falls", "open"]
CHANGES: tuple[Change, ...] = get_args(Change)
STANDINGS: tuple[Standing, ...] = get_args(Standing)
FEWEST_UNITS = 5  # fewer have no common rate worth the name


@dataclass(frozen=True)
class Common:
    """What the compared units have in common; percentages are 0-100.

    `pooled` adds up the parts of the `counted` units; null where that says nothing: the parts are no cases, or the
    units are too few. `phi` is the over-dispersion (`statistics.dispersion`), null where it cannot be estimated.
    """

    counted: int
    numerator: float
    denominator: float
    pooled: float | None
    phi: float | None
    expected_whole: float | None

    @property
    def spread(self) -> float:
        """By how much limits are widened in variance: never narrowed."""
        return max(self.phi or 1.0, 1.0)


def compare(
    warehouse: Warehouse, scope: Scope, rate: str, definition: str, minimum: int, widened: bool = True
) -> pl.DataFrame:
    """The frame of `ranks.ranking` with more columns, in the careful order.

    `rank_best`, `rank_worst`: the ranks that the intervals leave open; `alike`: how many others cannot be told apart
    from it (all null where the parts are no cases, or one above the whole). `standing`: against the control limits
    about the pooled rate, `widened` for over-dispersion: beyond the 99.8 % limit far_above or far_below, beyond the
    95 % limit above or below, within, or unknown. `place`: its place in the careful order: by the middle of the ranks
    that are open, then by the worse end of the interval, so that no unit stands above one that is surely better; a part
    above the whole comes last. `moves`: by how many places that differs from its rank by the rate alone, 0 for any
    place among its ties. `change_low`, `change_high`: the 95 % interval of the `change` in points on a year before;
    `change_real`: rises, falls, or open where that interval holds 0.
    """
    ranked = ranks.ranking(warehouse, scope, rate, definition, minimum)
    return _ordered(_standing(changes(open_ranks(ranked)), widened))


def common(ranked: pl.DataFrame) -> Common:
    """What the units of a ranking have in common.

    All are added up, so that it is the figure of their sum wherever that is shown; one with more than the whole has no
    part in how the units are spread.
    """
    successes, trials = numbers_of(ranked)
    numerator, denominator = float(successes.sum()), float(trials.sum())
    if ranked.height < FEWEST_UNITS or not ranked["cases"].all() or numerator > denominator:
        return Common(ranked.height, numerator, denominator, None, None, None)
    share, possible = numerator / denominator, successes <= trials
    phi = dispersion(successes[possible], trials[possible], share)
    expected = expected_at_whole(share, trials[possible])
    return Common(ranked.height, numerator, denominator, 100 * share, phi, expected)


def funnel(shared: Common, smallest: float, largest: float, widened: bool, points: int = 160) -> pl.DataFrame:
    """The curves of a funnel plot from the smallest to the largest denominator, which are set out by equal ratios.

    Columns `denominator`, `low_95`, `high_95`, `low_998`, `high_998` in percent; empty where nothing is pooled.
    """
    if shared.pooled is None:
        return pl.DataFrame(
            schema=dict.fromkeys(("denominator", "low_95", "high_95", "low_998", "high_998"), pl.Float64)
        )
    sizes = np.unique(np.rint(np.geomspace(max(smallest, 1), max(largest, 2), points)))
    inner, outer = _limits(shared, sizes, widened)
    return pl.DataFrame(
        {"denominator": sizes, "low_95": inner[0], "high_95": inner[1], "low_998": outer[0], "high_998": outer[1]}
    )


def _limits(shared: Common, trials: Numbers, widened: bool) -> tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers]]:
    share, phi = (shared.pooled or 0.0) / 100, shared.spread if widened else 1.0
    inner, outer = control_limits(share, trials, (TAIL_95, TAIL_998), phi)
    return (100 * inner[0], 100 * inner[1]), (100 * outer[0], 100 * outer[1])


def open_ranks(ranked: pl.DataFrame, groups: NDArray[np.integer] | None = None) -> pl.DataFrame:
    """Units with the intervals `low` to `high`, with `rank_best`, `rank_worst` and `alike` of `compare`.

    Ranked apart are those of each of the `groups`, where a number is given for each row. Null where there is no
    interval, or the parts are no cases.
    """
    low, high = numbers_of(ranked, ("low", "high"))
    counted = ~np.isnan(low) & (array_of(ranked["cases"]) == 1)
    found = np.full((3, ranked.height), np.nan)
    for group in [counted] if groups is None else [counted & (groups == number) for number in np.unique(groups)]:
        if group.any():
            falls = ranked["direction"][int(group.argmax())] == "down"
            found[:, group] = rank_ranges(-high[group], -low[group]) if falls else rank_ranges(low[group], high[group])
    names = ("rank_best", "rank_worst", "alike")
    return beside(ranked, (column_of(name, values, pl.Int64) for name, values in zip(names, found, strict=True)))


def change_real(rows: pl.DataFrame) -> pl.Series:
    """Whether each change on a year before is more than chance, as `compare` has it, worked out from the parts.

    The columns of `changes`, but for the intervals, and `numerator`, `denominator` and the same `_before`; null also
    where the parts are no `cases`.
    """
    return changes(with_intervals(with_intervals(rows), "_before"))["change_real"]


def with_intervals(rows: pl.DataFrame, suffix: str = "") -> pl.DataFrame:
    """Rates with the interval `low` to `high` of their parts; null for what is no `cases`, not known or above 100 %."""
    counted, whole = numbers_of(rows, (f"numerator{suffix}", f"denominator{suffix}"))
    with np.errstate(divide="ignore", invalid="ignore"):
        bounds = wilson_interval(counted, whole)
        known = (array_of(rows["cases"]) == 1) & (counted <= whole) & (whole > 0)
    found = (np.where(known, np.round(100 * bound, 9), np.nan) for bound in bounds)
    names = (f"low{suffix}", f"high{suffix}")
    return beside(rows, (column_of(name, values, pl.Float64) for name, values in zip(names, found, strict=True)))


def changes(ranked: pl.DataFrame) -> pl.DataFrame:
    """The `change` on a year before, its interval `change_low` to `change_high`, and whether it is `change_real`.

    Of `percent`, `low`, `high`, `basis` and the same `_before`. No interval where an estimate or a rate above 100 % is
    part of it.
    """
    now, before = (
        np.array(numbers_of(ranked, [f"{name}{suffix}" for name in ("percent", "low", "high")]))
        for suffix in ("", "_before")
    )
    guessed = [array_of(ranked[name]) == "estimated" for name in ("basis", "basis_before")]
    sound = (np.fmax(now[0], before[0]) <= WHOLE) & ~guessed[0] & ~guessed[1]
    with np.errstate(invalid="ignore"):
        low, high = (np.where(sound, bound, np.nan) for bound in difference_interval(now, before))
    figures = {"change": now[0] - before[0], "change_low": low, "change_high": high}
    columns = [column_of(name, values, pl.Float64) for name, values in figures.items()]
    real = {"rises": low > 0, "falls": high < 0, "open": ~np.isnan(low)}
    return beside(ranked, [*columns, chosen("change_real", CHANGES, real)])


def _standing(ranked: pl.DataFrame, widened: bool) -> pl.DataFrame:
    shared, (successes, trials) = common(ranked), numbers_of(ranked)
    if shared.pooled is None:
        return beside(ranked, [alike("standing", "unknown", ranked.height).cast(pl.Enum(STANDINGS))])
    (low, high), (lowest, highest) = _limits(shared, trials, widened)
    percent = 100 * successes / trials
    standing = {
        "unknown": percent > WHOLE,
        "far_above": percent > highest,
        "far_below": percent < lowest,
        "above": percent > high,
        "below": percent < low,
    }
    return beside(ranked, [chosen("standing", STANDINGS, standing, "within")])


def _ordered(ranked: pl.DataFrame) -> pl.DataFrame:
    """The careful order, and how far each unit stands in it from its rank by the rate alone."""
    rank, *figures = numbers_of(ranked, ("rank", "rank_best", "rank_worst", "percent", "low", "high"))
    best, worst, percent, low, high = figures
    keys: list[NDArray[Any]] = [rank]
    if not ranked.is_empty() and ranked["cases"].all():
        down = ranked["direction"][0] == "down"
        numerator, denominator = numbers_of(ranked)
        ends = (high, percent) if down else (-low, -percent)
        keys = [rank, ends[1], ends[0], best + worst, numerator > denominator]
    order = np.lexsort(keys)  # nan, where there is none, comes last
    place, rank = np.arange(1, len(order) + 1), rank[order]
    shared = np.nan_to_num(rank).astype(np.int64)  # 0 where there is none
    last = rank + np.bincount(shared)[shared] - 1
    moves = np.nan_to_num(np.where(place < rank, rank - place, np.where(place > last, last - place, 0)))
    columns = ranked[index_of(order)].get_columns()
    return pl.DataFrame([pl.Series("place", place), *columns, pl.Series("moves", moves.astype(np.int64))])
