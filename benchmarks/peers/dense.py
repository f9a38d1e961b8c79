"""The lower bound: one array of indicator, period and commune in memory, and nothing but what is asked."""

from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.data import LEVEL, Data, Draw, Formula, Numbers, interval
from warehouse.model import NATION

Columns = tuple[Any, ...]
_ABSENT = -np.inf  # not asked for; what was left blank is not a number


class DensePeer:
    """The communes' own figures; `size` in bytes."""

    name = "dense array"

    def __init__(self, data: Data) -> None:
        self.data = data
        shape = (max(data.indicators) + 1, max(data.reported) + 1, data.units.height)
        self.places = np.flatnonzero((data.units["level"] == LEVEL).to_numpy())
        column_of = np.full(data.units.height, -1)
        column_of[self.places] = np.arange(len(self.places))
        found = duckdb.execute(
            f"SELECT indicator, period, unit_no - 1 AS unit_no, value FROM read_parquet('{data.facts}') "  # noqa: S608
            f"WHERE level = '{LEVEL}' AND unit_no IN (SELECT unnest(?))",
            [(self.places + 1).tolist()],
        ).fetchnumpy()
        used = np.unique(found["indicator"])
        self.row = {data.indicators[int(position)]: row for row, position in enumerate(used)}
        row_of = np.full(shape[0], -1)
        row_of[used] = np.arange(len(used))
        self.values: Numbers = np.full((len(used), shape[1], len(self.places)), _ABSENT)
        self.values[row_of[found["indicator"]], found["period"], column_of[found["unit_no"]]] = np.ma.filled(
            found["value"], np.nan
        )
        self.codes = data.units["unit_code"].to_numpy()[self.places].astype(object)
        numbers = {code: column for column, code in enumerate(self.codes)}
        self.inside = {
            unit: np.sort(np.array([numbers[code] for code in codes])) for unit, codes in data.members.items()
        }
        self.formulas = [each for each in data.formulas if {*each.numerator, *each.denominator} <= set(self.row)]
        self.size = self.values.nbytes

    def ranking(self, draw: Draw) -> Columns:
        """Units in the order of their rank."""
        formula = self.data.formula(draw)
        now, before = self.data.moments(draw)
        there, share, trials, percent, rank = self._ranked(formula, now, draw)
        there_before, _, _, percent_before, rank_before = self._ranked(formula, before, draw)
        past = np.full((2, len(self.places)), np.nan)
        past[:, there_before] = rank_before, percent_before
        rank_then, percent_then = past[:, there]
        low, high = interval(np.minimum(share, 1), trials) if formula.cases else (np.full(len(there), np.nan),) * 2
        order = np.argsort(rank, kind="stable")
        figures = (rank, percent, low, high, rank_then, percent_then, percent - percent_then)
        return (self.codes[there[order]], *(figure[order] for figure in figures))

    def trend(self, draw: Draw) -> Columns:
        """The sums of one rate, period by period."""
        numerator, denominator, whole = self._parts(self.data.formula(draw), slice(None), draw)
        units = whole.sum(axis=-1)
        given = np.flatnonzero(units)
        sums = [np.where(whole, part, 0).sum(axis=-1)[given] for part in (numerator, denominator)]
        codes = [self.data.periods[int(period)] for period in given]
        return (codes, *sums, 100 * sums[0] / sums[1], units[given])

    def profile(self, draw: Draw) -> tuple[Columns, Columns]:
        """All rates of the units around with rank and quartiles, and the facts of one."""
        now, before = self.data.moments(draw)
        tables = [self._among(formula, now, before, draw) for formula in self.formulas]
        rates = tuple(np.concatenate(column) for column in zip(*tables, strict=True))
        column = self.inside[draw.commune][0]
        value = self.values[:, now, column]
        asked = np.flatnonzero(value != _ABSENT)
        past = self.values[asked, before, column] if before >= 0 else np.full(len(asked), np.nan)
        names = np.array(list(self.row), dtype=object)
        return rates, (names[asked], value[asked], np.where(past == _ABSENT, np.nan, past))

    def overview(self, draw: Draw) -> Columns:
        """All rates under all definitions, added up."""
        now, before = self.data.moments(draw)
        rows = [
            (each.rate, each.definition, *sums, *self._sums(each, before, draw))
            for each in self.formulas
            if (sums := self._sums(each, now, draw))[0]
        ]
        return tuple(zip(*rows, strict=True))

    def _sums(self, formula: Formula, period: int, draw: Draw) -> tuple[float | None, ...]:
        if period < 0:
            return None, None, None, None
        numerator, denominator, whole = self._parts(formula, period, draw)
        units = int(whole.sum())
        if not units:
            return None, None, None, None
        done, cases = numerator[whole].sum(), denominator[whole].sum()
        return units, done, cases, 100 * done / cases

    def _among(self, formula: Formula, now: int, before: int, draw: Draw) -> Columns:
        there, _, _, percent, rank = self._ranked(formula, now, draw, least=0)
        there_before, _, _, percent_before, _ = self._ranked(formula, before, draw, least=0)
        past = np.full(len(self.places), np.nan)
        past[there_before] = percent_before
        same = np.ones(len(there))
        quartiles = np.quantile(percent, (0.25, 0.5, 0.75)) if len(there) else np.zeros(3)
        names = (np.full(len(there), name, dtype=object) for name in (formula.rate, formula.definition))
        return (self.codes[there], *names, percent, past[there], rank, same * len(there), *np.outer(quartiles, same))

    def _ranked(self, formula: Formula, period: int, draw: Draw, least: int | None = None) -> Columns:
        """Columns of the units that have the rate in a period, with their share, denominator, percentage and rank."""
        if period < 0:
            return (np.zeros(0, int), *(np.zeros(0),) * 4)
        numerator, denominator, whole = self._parts(formula, period, draw)
        at = np.flatnonzero(whole & (denominator >= (draw.minimum if least is None else least)))
        done, cases = numerator[at], denominator[at]
        percent = np.floor(100 * done / cases * 1e6 + 0.5) / 1e6
        better = percent if formula.direction == "down" else -percent
        rank = np.searchsorted(np.sort(better), better) + 1
        there = at if draw.around == NATION else self.inside[draw.around][at]
        return there, done / cases, cases, percent, rank

    def _parts(self, formula: Formula, periods: int | slice, draw: Draw) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
        numerator, denominator = (
            sum(self._row(name, periods, draw) for name in part) for part in (formula.numerator, formula.denominator)
        )
        whole = np.isfinite(numerator) & np.isfinite(denominator) & (denominator > 0)
        for name in formula.unless:
            if name in self.row:
                whole &= self._row(name, periods, draw) == _ABSENT
        return numerator, denominator, whole

    def _row(self, name: str, periods: int | slice, draw: Draw) -> Any:  # noqa: ANN401
        row = self.values[self.row[name], periods]
        return row if draw.around == NATION else row[..., self.inside[draw.around]]
