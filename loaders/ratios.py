"""Percentages printed as ratios that nobody took times 100: `0,2018` in a row of `%` whose parts give 20,18 %.

The report's own numerator and denominator make it certain; a true 0,2 % has parts that say so. Where one is certain
and no percentage of the report is above 1, those without parts may be ratios as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache

from loaders.measures import measure_of
from warehouse.model import Level, Observation, Remark
from warehouse.tables import read_catalogue

RATIO, PERHAPS = "figure_as_ratio", "figure_perhaps_ratio"
_LEAST_DECIMALS = 2  # that agree with the ratio, where it is not exact: one may agree by chance
_Figures = Mapping[tuple[str, Level], Decimal]


@dataclass(frozen=True)
class _Parts:
    """What a percentage is the share of, as the report prints it."""

    numerator: Decimal
    denominator: Decimal

    @property
    def ratio(self) -> Decimal:
        """The share itself, 1 for all."""
        return self.numerator / self.denominator


def without_ratios(
    observations: Sequence[Observation], period: str
) -> tuple[tuple[Observation, ...], tuple[Remark, ...]]:
    """The observations of a report, ratios among the percentages of its period without a value, and remarks on them."""
    figures: dict[tuple[str, Level], Decimal] = {}
    for row in observations:
        if row.indicator and row.value is not None and row.column_period == period:
            figures.setdefault((row.indicator, row.level), row.value)
    rules = _rules([row if _is_percentage(row, period) else None for row in observations], figures)
    left = tuple(
        replace(row, value=None, status="text") if number in rules else row for number, row in enumerate(observations)
    )
    return left, tuple(_remark(observations[number], rule, figures) for number, rule in sorted(rules.items()))


def _is_percentage(row: Observation, period: str) -> bool:
    of_period = row.value is not None and row.column_period == period
    return of_period and measure_of().get(row.indicator or "") == "percent"


def _rules(percentages: Sequence[Observation | None], figures: _Figures) -> dict[int, str]:
    """For which rule a percentage is not taken, by its number; null is any other figure."""
    shares = {number: (row.value, _parts(row, figures)) for number, row in enumerate(percentages) if row and row.value}
    ratios = {number for number, (value, parts) in shares.items() if parts and _is_ratio(value, parts)}
    if not any(_is_certain(*shares[number]) for number in ratios):
        return {}
    others = {number: share for number, share in shares.items() if number not in ratios}
    may_be = all(value <= 1 and parts is None for value, parts in others.values())
    return dict.fromkeys(ratios, RATIO) | (dict.fromkeys(others, PERHAPS) if may_be else {})


def _is_ratio(printed: Decimal, parts: _Parts) -> bool:
    """Whether a figure is the ratio of its parts as it is printed, rounded or cut off, and not their percentage."""
    return printed > 0 and _agrees(printed, parts.ratio) and not _agrees(printed, 100 * parts.ratio)


def _is_certain(printed: Decimal, parts: _Parts | None) -> bool:
    """Whether a ratio does not only agree with its parts by chance."""
    is_exact = parts is not None and printed * parts.denominator == parts.numerator
    return is_exact or _decimals(printed) >= _LEAST_DECIMALS


def _agrees(printed: Decimal, computed: Decimal) -> bool:
    last = Decimal(1).scaleb(-_decimals(printed))
    return abs(computed - printed) <= last and printed in {
        computed.quantize(last, rounding) for rounding in (ROUND_HALF_UP, ROUND_DOWN)
    }


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _parts(row: Observation, figures: _Figures) -> _Parts | None:
    """The parts of a printed percentage; null where the report does not print both, or the whole is 0."""
    numerator, denominator = _asked().get(row.indicator or "", ("", ""))
    above, below = figures.get((numerator, row.level)), figures.get((denominator, row.level))
    return _Parts(above, below) if above is not None and below else None


@cache
def _asked() -> dict[str, tuple[str, str]]:
    """The numerator and the denominator of every percentage that forms print beside both."""
    rates = read_catalogue("rates").drop_nulls("stated").select("stated", "numerator", "denominator")
    rows: Iterable[tuple[str, str, str]] = (
        *rates.iter_rows(),
        *read_catalogue("stated_rates").select(rates.columns).iter_rows(),
    )
    return {stated: (numerator, denominator) for stated, numerator, denominator in rows}


def _remark(row: Observation, rule: str, figures: _Figures) -> Remark:
    told: dict[str, str | float] = {"subject": row.label, "printed": row.raw_value or ""}
    if parts := _parts(row, figures):
        told |= {"numerator": float(parts.numerator), "denominator": float(parts.denominator)}
        told["percent"] = float(100 * parts.ratio)
    else:
        told["percent"] = float(100 * (row.value or 0))
    return Remark(rule, f"{row.annex}, {row.place}", told)
