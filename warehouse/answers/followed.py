"""The figures behind a trend: of units at the counted level their own, of those above it the sums over its units."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from warehouse.answers import Counting, Scope, Subject, over_time
from warehouse.answers.arrays import array_of, column_of, numbers_of, percent, printed
from warehouse.answers.held import rates_of_level, sums_of_level
from warehouse.answers.registry import among, definitions_of, reach
from warehouse.frames import alike
from warehouse.store import Warehouse

_WORTH_A_QUESTION = 1000  # units whose reading takes as long as the planning of a question


@dataclass(frozen=True)
class Unit:
    """A unit that is followed: its number, its code and its level, which the country has none of."""

    number: int
    code: str
    level: str | None


@dataclass(frozen=True)
class Followed:
    """What is followed over time, and how; the questions about it are as flat as what is asked allows."""

    scope: Scope
    subject: Subject
    counting: Counting

    def figures(self, warehouse: Warehouse, units: Sequence[Unit]) -> pl.DataFrame:
        """The figures, of a rate under every definition; `own` at the counted level, else the sums over its units."""
        own = [unit for unit in units if unit.level == self.scope.level]
        others = [unit for unit in units if unit.level != self.scope.level]
        parts = [_with_values(part, is_own=True) for part in self._own(warehouse, own)]
        parts += [_with_values(part, is_own=False) for part in self._sums(warehouse, others)]
        return pl.concat(parts) if parts else pl.DataFrame(schema=_FOUND)

    def _own(self, warehouse: Warehouse, units: Sequence[Unit]) -> list[pl.DataFrame]:
        """Figures of units at the counted level: as printed, carried or counted."""
        if not units:
            return []
        if self.counting == "printed":
            numbers = [unit.number for unit in units]
            if self.subject.rate:
                return self._rates(warehouse, self.subject.rate, numbers)
            if self.scope.boundary == "then":
                asked = {name: value for name, value in self._parameters.items() if name != "boundary"}
                return [warehouse.recall("trend_own_printed", asked | among(numbers))]
        asked = self._within(warehouse, units) | {"counting": self.counting}
        return [warehouse.recall("trend_own_rates" if self.subject.rate else "trend_own_facts", asked)]

    def _sums(self, warehouse: Warehouse, units: Sequence[Unit]) -> list[pl.DataFrame]:
        """Figures added up over the units of the counted level in units above it."""
        if not units:
            return []
        if self.counting == "printed":
            if self.subject.rate:
                held = sums_of_level(warehouse, over_time(self.scope))
                return [held.of([unit.number for unit in units], self.subject.rate)]
            return [warehouse.recall("trend_sums_printed", self._within(warehouse, units))]
        return [
            warehouse.recall("trend_sums_rates" if self.subject.rate else "trend_sums_facts", asked)
            for asked in self._apart(warehouse, units)
        ]

    def _apart(self, warehouse: Warehouse, units: Sequence[Unit]) -> list[dict[str, Any]]:
        """The parameters of one question about all units, or of one each where much that is not asked lies between."""
        ordered = sorted(units, key=lambda unit: unit.number)
        parts = [units, *([unit] for unit in ordered)]
        together, *alone = [self._within(warehouse, part) | {"counting": self.counting} for part in parts]
        between = _span(together) - sum(map(_span, alone))
        return alone if between > _WORTH_A_QUESTION * (len(alone) - 1) else [together]

    def _rates(self, warehouse: Warehouse, rate: str, units: Sequence[int]) -> list[pl.DataFrame]:
        """A rate under every definition, as units of the counted level print it or have it from others."""
        found = []
        for definition in definitions_of(warehouse, rate):
            figures = rates_of_level(warehouse, over_time(self.scope), rate, definition).of(units)
            named = alike("definition", definition, figures.height)
            found.append(figures.hstack([named, figures["given"].alias("units")]))
        return found

    @property
    def _parameters(self) -> dict[str, Any]:
        about = {"rate": self.subject.rate} if self.subject.rate else {"indicator": self.subject.indicator}
        return over_time(self.scope) | about

    def _within(self, warehouse: Warehouse, units: Sequence[Unit]) -> dict[str, Any]:
        """The parameters of a question about some units and what they are made of."""
        within = reach(warehouse, self.scope.boundary, [unit.code for unit in units], self.scope.level)
        return self._parameters | among([unit.number for unit in units]) | within


def _with_values(found: pl.DataFrame, is_own: bool) -> pl.DataFrame:
    """The columns of `_FOUND`, with the percentage of a rate, and why there is no value."""
    there = {**{column.name: column for column in found.get_columns()}, "own": alike("own", is_own, found.height)}
    columns = {
        name: there.get(name, alike(name, None, found.height)).cast(kind).alias(name) for name, kind in _FOUND.items()
    }
    counted = np.full(found.height, fill_value=False)
    if "value" not in found.columns:
        numerator, denominator = numbers_of(found)
        share, counted = percent(numerator, denominator), denominator == 0
        columns["value"] = pl.Series("value", printed(share) if is_own else share, nan_to_null=True)
    if columns["value"].null_count():
        missing, said = np.isnan(array_of(columns["value"])), array_of(columns["problem"])
        why = np.where(counted, "nothing_counted", "parts_missing").astype(object)
        columns["problem"] = column_of("problem", np.where(missing & (said == None), why, said), pl.String)  # noqa: E711
    return pl.DataFrame(list(columns.values()))


def _span(within: dict[str, Any]) -> int:
    """How many units are passed over."""
    return max(0, int(within["reach_last"]) - int(within["reach_first"]) + 1)


_FOUND: dict[str, Any] = {
    **{"unit_no": pl.UInt16, "period": pl.String, "definition": pl.String, "value": pl.Float64, "units": pl.Int64},
    **{"numerator": pl.Float64, "denominator": pl.Float64, "problem": pl.String, "basis": pl.String},
    **{"source_no": pl.UInt16, "report_id": pl.String, "short": pl.Int64, "own": pl.Boolean},
}
