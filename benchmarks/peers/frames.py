"""Plain pandas beside the product, as an analyst writes it: all facts in one long frame, rates worked out from them."""

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from benchmarks.peers.data import LEVEL, Data, Draw, Formula, interval

_LEVELS = ("commune", "district", "province")


class PandasPeer:
    """The facts in memory; `size` in bytes."""

    name = "pandas"

    def __init__(self, data: Data) -> None:
        self.data = data
        found = duckdb.execute(
            "SELECT unit_no - 1 AS unit_no, list_position(?, level) - 1 AS level, period, indicator, value "  # noqa: S608
            f"FROM read_parquet('{data.facts}')",
            [list(_LEVELS)],
        ).fetchnumpy()
        self.facts = pd.DataFrame(
            {
                "unit_code": pd.Categorical.from_codes(found.pop("unit_no"), data.units["unit_code"].to_list()),
                "level": pd.Categorical.from_codes(found.pop("level"), _LEVELS),
                "period": _coded(found.pop("period"), data.periods),
                "indicator": _coded(found.pop("indicator"), data.indicators),
                "value": np.ma.filled(found.pop("value"), np.nan),
            }
        )
        self.size = int(self.facts.memory_usage().sum())

    def ranking(self, draw: Draw) -> pd.DataFrame:
        """Two ranked frames, joined on the unit."""
        formula = self.data.formula(draw)
        rated = self._rated([formula], self._periods(draw), draw.around)
        rated = rated[rated["denominator"] >= draw.minimum].copy()
        rated["percent"] = _printed(100 * rated["numerator"] / rated["denominator"])
        rated["rank"] = rated.groupby("period", observed=True)["percent"].rank(
            method="min", ascending=formula.direction == "down"
        )
        share = np.minimum(rated["numerator"] / rated["denominator"], 1)
        low, high = interval(share.to_numpy(), rated["denominator"].to_numpy())
        rated["low"], rated["high"] = (low, high) if formula.cases else (np.nan, np.nan)
        now = rated[rated["period"] == draw.period]
        before = rated[rated["period"] != draw.period]
        both = now.merge(before[["unit_code", "rank", "percent"]], on="unit_code", how="left", suffixes=("", "_before"))
        both["change"] = both["percent"] - both["percent_before"]
        columns = ["unit_code", "rank", "percent", "low", "high", "rank_before", "percent_before", "change"]
        return both.sort_values(["rank", "unit_code"])[columns]

    def trend(self, draw: Draw) -> pd.DataFrame:
        """The sums of one rate, period by period."""
        rated = self._rated([self.data.formula(draw)], None, draw.around)
        added = _added(rated, ["period"])
        return added[["period", "numerator", "denominator", "percent", "units"]]

    def profile(self, draw: Draw) -> tuple[pd.DataFrame, pd.DataFrame]:
        """All rates of the units around with rank and quartiles, and the facts of one."""
        rated = self._rated(self.data.formulas, self._periods(draw), draw.around)
        rated["percent"] = _printed(100 * rated["numerator"] / rated["denominator"])
        is_now = rated["period"] == draw.period
        keys = ["unit_code", "rate", "definition"]
        now = rated[is_now].merge(rated[~is_now][[*keys, "percent"]], on=keys, how="left", suffixes=("", "_before"))
        same = now.assign(worth=now["percent"].where(now["direction"] == "down", -now["percent"])).groupby(
            ["rate", "definition"]
        )
        now["rank"] = same["worth"].rank(method="min")
        now["ranked"] = same["percent"].transform("count")
        quartiles = same["percent"].quantile([0.25, 0.5, 0.75]).unstack()
        quartiles.columns = pd.Index(["lower_quartile", "median", "upper_quartile"])
        both = now.merge(quartiles.reset_index(), on=["rate", "definition"])
        columns = [*keys, "percent", "percent_before", "rank", "ranked", "lower_quartile", "median", "upper_quartile"]
        return both[columns], self._facts(draw)

    def _facts(self, draw: Draw) -> pd.DataFrame:
        facts = self.facts
        own = facts[
            (facts["unit_code"] == draw.commune) & (facts["level"] == LEVEL) & facts["period"].isin(self._periods(draw))
        ]
        now, before = own[own["period"] == draw.period], own[own["period"] != draw.period]
        both = now.merge(before[["indicator", "value"]], on="indicator", how="left", suffixes=("", "_before"))
        return both[["indicator", "value", "value_before"]]

    def overview(self, draw: Draw) -> pd.DataFrame:
        """All rates under all definitions, added up."""
        rated = self._rated(self.data.formulas, self._periods(draw), draw.around)
        added = _added(rated, ["rate", "definition", "period"])
        now, before = added[added["period"] == draw.period], added[added["period"] != draw.period]
        both = now.drop(columns="period").merge(
            before.drop(columns="period"), on=["rate", "definition"], how="left", suffixes=("", "_before")
        )
        parts = ["units", "numerator", "denominator", "percent"]
        return both[["rate", "definition", *parts, *(f"{part}_before" for part in parts)]]

    def _periods(self, draw: Draw) -> list[str]:
        return [self.data.periods[number] for number in self.data.moments(draw) if number >= 0]

    def _rated(self, formulas: Sequence[Formula], periods: list[str] | None, around: str) -> pd.DataFrame:
        """The parts of every rate that a unit was asked for and gave: unit_code, period, rate, definition."""
        facts = self.facts
        wanted = (facts["level"] == LEVEL) & facts["indicator"].isin({i for each in formulas for i in each.indicators})
        if periods is not None:
            wanted &= facts["period"].isin(periods)
        wanted &= facts["unit_code"].isin(self.data.members[around])  # others print figures of communes, too
        chosen = facts[wanted].set_index(["unit_code", "period"])
        wide = chosen.set_index("indicator", append=True)["value"].unstack("indicator")
        return pd.concat([_parts(wide, chosen, each) for each in formulas], ignore_index=True)


def _parts(wide: pd.DataFrame, chosen: pd.DataFrame, formula: Formula) -> pd.DataFrame:
    has_all = {*formula.numerator, *formula.denominator} <= set(wide.columns)
    rows = wide if has_all else wide.iloc[:0].reindex(columns=list(formula.indicators))
    numerator = rows[list(formula.numerator)].sum(axis=1, skipna=False)
    denominator = rows[list(formula.denominator)].sum(axis=1, skipna=False)
    counts = numerator.notna() & (denominator > 0)
    if formula.unless:
        counts &= ~rows.index.isin(chosen.index[chosen["indicator"].isin(formula.unless)])
    parts = pd.DataFrame({"numerator": numerator[counts], "denominator": denominator[counts]}).reset_index()
    return parts.assign(rate=formula.rate, definition=formula.definition, direction=formula.direction)


def _added(rated: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    added = rated.groupby(keys, observed=True, as_index=False).agg(
        numerator=("numerator", "sum"), denominator=("denominator", "sum"), units=("numerator", "size")
    )
    return added.assign(percent=100 * added["numerator"] / added["denominator"])


def _printed(percent: pd.Series) -> pd.Series:
    """To six decimals, halves upwards."""
    return np.floor(percent * 1e6 + 0.5) / 1e6


def _coded(positions: Any, codes: dict[int, str]) -> pd.Categorical:  # noqa: ANN401
    """Positions as categories, which need not begin at 0 nor be without gaps."""
    lookup = np.full(max(codes) + 1, -1, np.int16)
    lookup[list(codes)] = np.arange(len(codes))
    return pd.Categorical.from_codes(lookup[positions], list(codes.values()))
