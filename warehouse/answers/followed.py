"""The figures behind a trend: of units at the counted level their own, of those above it the sums over its units."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from warehouse.answers import Counting, Scope, Subject, over_time
from warehouse.answers.held import rates_of_level, sums_of_level
from warehouse.answers.registry import among, definitions_of, percent, percent_printed, reach
from warehouse.store import Warehouse, rows_where

_WORTH_A_QUESTION = 1000  # units whose reading takes as long as the planning of a question


@dataclass(frozen=True)
class Followed:
    """What is followed over time, and how; the questions about it are as flat as what is asked allows."""

    scope: Scope
    subject: Subject
    counting: Counting

    def figures(self, warehouse: Warehouse, units: pl.DataFrame) -> pl.DataFrame:
        """The figures, of a rate under every definition; `own` at the counted level, else the sums over its units.

        `units` have `unit_no`, `unit_code` and `level`.
        """
        is_own = np.array([level == self.scope.level for level in units["level"]])
        parts = [pl.DataFrame(schema=_FOUND)]
        for own, question in ((True, self._own), (False, self._sums)):
            if (is_own == own).any():
                found = question(warehouse, rows_where(units, is_own == own))
                parts += [found.with_columns(pl.lit(own).alias("own"))]
        return _with_values(pl.concat(parts, how="diagonal_relaxed"))

    def _own(self, warehouse: Warehouse, units: pl.DataFrame) -> pl.DataFrame:
        """Figures of units at the counted level: as printed, carried or counted."""
        if self.counting == "printed":
            numbers = units["unit_no"].to_list()
            if self.subject.rate:
                return self._rates(warehouse, self.subject.rate, numbers)
            if self.scope.boundary == "then":
                asked = {name: value for name, value in self._parameters.items() if name != "boundary"}
                return warehouse.recall("trend_own_printed", asked | among(numbers))
        asked = self._within(warehouse, units) | {"counting": self.counting}
        return warehouse.recall("trend_own_rates" if self.subject.rate else "trend_own_facts", asked)

    def _sums(self, warehouse: Warehouse, units: pl.DataFrame) -> pl.DataFrame:
        """Figures added up over the units of the counted level in units above it."""
        if self.counting == "printed":
            if self.subject.rate:
                held = sums_of_level(warehouse, over_time(self.scope))
                return held.of(units["unit_no"].to_list(), self.subject.rate).drop("rate")
            return warehouse.recall("trend_sums_printed", self._within(warehouse, units))
        return pl.concat(
            warehouse.recall("trend_sums_rates" if self.subject.rate else "trend_sums_facts", asked)
            for asked in self._apart(warehouse, units)
        )

    def _apart(self, warehouse: Warehouse, units: pl.DataFrame) -> list[dict[str, Any]]:
        """The parameters of one question about all units, or of one each where much that is not asked lies between."""
        ordered = units.sort("unit_no")
        parts = [units, *(ordered[place] for place in range(units.height))]
        together, *alone = [self._within(warehouse, part) | {"counting": self.counting} for part in parts]
        between = _span(together) - sum(map(_span, alone))
        return alone if between > _WORTH_A_QUESTION * (len(alone) - 1) else [together]

    def _rates(self, warehouse: Warehouse, rate: str, units: Sequence[int]) -> pl.DataFrame:
        """A rate under every definition, as units of the counted level print it or have it from others."""
        return pl.concat(
            rates_of_level(warehouse, over_time(self.scope), rate, definition)
            .of(units)
            .select(pl.exclude("given", "stated_percent"), pl.col("given").alias("units"))
            .with_columns(pl.lit(definition).alias("definition"))
            for definition in definitions_of(warehouse, rate)
        )

    @property
    def _parameters(self) -> dict[str, Any]:
        about = {"rate": self.subject.rate} if self.subject.rate else {"indicator": self.subject.indicator}
        return over_time(self.scope) | about

    def _within(self, warehouse: Warehouse, units: pl.DataFrame) -> dict[str, Any]:
        """The parameters of a question about some units and what they are made of."""
        codes = units["unit_code"].to_list()
        within = reach(warehouse, self.scope.boundary, codes, self.scope.level)
        return self._parameters | among(units["unit_no"].to_list()) | within


def _with_values(found: pl.DataFrame) -> pl.DataFrame:
    """With the percentage of a rate, and why there is no value."""
    counted = pl.when(pl.col("denominator") == 0).then(pl.lit("nothing_counted")).otherwise(pl.lit("parts_missing"))
    rate = pl.when("own").then(percent_printed()).otherwise(percent())
    known = found.with_columns(pl.coalesce("value", rate).alias("value"))
    missing = pl.when(pl.col("value").is_null()).then(counted)
    return known.with_columns(pl.coalesce("problem", missing).alias("problem"))


def _span(within: dict[str, Any]) -> int:
    """How many units are passed over."""
    return max(0, int(within["reach_last"]) - int(within["reach_first"]) + 1)


_FOUND: dict[str, Any] = {
    **{"unit_no": pl.UInt16, "period": pl.String, "definition": pl.String, "value": pl.Float64, "units": pl.Int64},
    **{"numerator": pl.Float64, "denominator": pl.Float64, "problem": pl.String, "basis": pl.String},
    **{"source_no": pl.UInt16, "report_id": pl.String, "short": pl.Int64, "own": pl.Boolean},
}
