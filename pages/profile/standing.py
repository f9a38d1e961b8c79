"""Where a unit stands among its peers, rate by rate: what the strip, the table and the brief show."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.remarks import DISPUTED, WHOLE, listed, part_words, with_doubt
from pages.kit.windows import part_of_period
from pages.kit.words import Words
from warehouse.answers import Subject, disputes, peers, reporting, sums
from warehouse.frames import rows_with
from warehouse.model import NATION, Level
from warehouse.numbers import shown_change

FEWEST_PEERS = 5


@dataclass(frozen=True)
class Standing:
    """One rate of a unit under one definition beside those of its peers, in per cent.

    `rank` counts from the best, ties sharing one, of `ranked` units with a figure that can be: one above 100 % has no
    rank. `peers` are all their figures. `change_real` tells whether the change on a year before is more than chance.
    `rank_best` and `rank_worst` are the ranks that its interval leaves open, null where the parts are no cases;
    `measure` is the unit of measure of the parts. Of a sum, `added` of `expected` units have a figure.
    `disputed` reports behind the figure contradict it; `part` of the period is covered (`windows.part_of_period`).
    """

    rate: str
    definition: str
    name: str
    short_name: str
    definition_name: str
    percent: float
    numerator: float
    denominator: float
    basis: str
    percent_before: float | None
    change_real: str | None
    target: float | None
    rank: int | None
    ranked: int
    rank_best: int | None
    rank_worst: int | None
    cases: bool
    measure: str
    lower_quartile: float
    median: float
    upper_quartile: float
    peers: tuple[float, ...]
    added: int | None = None
    expected: int | None = None
    disputed: int = 0
    part: str | int = ""

    @cached_property
    def highest(self) -> float:
        """The highest figure that can be right: the right end of the scale. More than the whole is off it."""
        return max((value for value in self.peers if value <= WHOLE), default=WHOLE)

    @cached_property
    def beyond(self) -> tuple[float, ...]:
        """The figures above 100 %: a numerator greater than its denominator."""
        return tuple(value for value in self.peers if value > WHOLE)

    @property
    def change(self) -> float | None:
        """Percentage points on the same period a year before, as both are written."""
        return shown_change(self.percent, self.percent_before)

    @property
    def median_shown(self) -> float | None:
        """The median of enough peers to be set against it, null of fewer."""
        return self.median if self.ranked >= FEWEST_PEERS else None

    @property
    def may_be_in_the_middle(self) -> bool:
        """Whether the ranks that are open hold the median's, so that being above or below it may be chance."""
        if self.rank_best is None or self.rank_worst is None:
            return True
        return self.rank_best <= (self.ranked + 1) / 2 <= self.rank_worst


def peer_group(context: Context) -> tuple[str, str, Level]:
    """Within what peers are sought, its name, and their level: the province, or for a province the country."""
    path = context.selection.path
    level = path[-1].level or "province"
    root = path[0] if level == "province" else path[1]
    return root.unit, root.name, level


def reported(context: Context) -> tuple[int, int]:
    """How many units of the counted level reported in the selected unit, and how many should."""
    complete = context.ask(reporting.completeness, *context.selection.place)
    counted = rows_with(complete, level=context.selection.level)
    return int(counted["reported"].sum()), int(counted["expected"].sum())


def standings(context: Context) -> list[Standing]:
    """Every rate of the selected unit that has a figure: the headline rates first, then as in the catalogue."""
    selection = context.selection
    if selection.unit == NATION:
        return []
    root, _, level = peer_group(context)
    everyone = context.ask(peers.peers, selection.scope, root, level)
    whole = {
        (row["rate"], row["definition"]): row
        for row in context.ask(sums.overview, selection.scope).iter_rows(named=True)
    }
    expected = reported(context)[1] if level != selection.level else None
    figures = everyone.filter(pl.col("percent").is_not_null())
    beside = figures.group_by("rate", "definition").agg(pl.col("percent").sort())
    percents_of = {(rate, definition): tuple(percents) for rate, definition, percents in beside.iter_rows()}
    own = figures.filter(pl.col("unit_code") == selection.unit).to_dicts()
    contradicted = _contradicted(context)
    order = [*HEADLINE_RATES, *(rate for rate, definition in context.rate_names if definition is None)]
    own.sort(key=lambda row: order.index(row["rate"]))
    return [
        Standing(
            name=context.rate_name(row["rate"]),
            short_name=_short_name(context, row["rate"]),
            definition_name=context.rate_name(row["rate"], row["definition"]),
            numerator=float(row["numerator"]),
            denominator=float(row["denominator"]),
            measure=context.words.named(row, "measure"),
            target=whole.get((row["rate"], row["definition"]), {}).get("target"),
            peers=percents_of[row["rate"], row["definition"]],
            added=whole[row["rate"], row["definition"]]["units"] if expected else None,
            expected=expected,
            disputed=contradicted.get((row["rate"], row["definition"]), 0),
            part=part_of_period(context, Subject(row["rate"], row["definition"])),
            **{name: row[name] for name in _TAKEN},
        )
        for row in own
    ]


def _contradicted(context: Context) -> dict[tuple[str, str], int]:
    """How many reports contradict the selected unit's rates, by rate and definition."""
    found = context.ask(disputes.disputes_behind, context.selection.scope).filter(pl.col("rate").is_not_null())
    counted = found.group_by("rate", "definition").agg(pl.col("report_id").n_unique())
    return {(rate, definition): reports for rate, definition, reports in counted.iter_rows()}


def comparable(found: Sequence[Standing]) -> list[Standing]:
    """Those with enough peers under the same definition for a place among them to mean something."""
    return [one for one in found if one.ranked >= FEWEST_PEERS]


def rank_words(one: Standing, words: Words) -> str:
    """The ranks it may have, `3–11 trong 45`, that all are open, or the rank by the rate where chance has no say."""
    number = words.numbers.number
    if one.ranked < 2 or one.rank is None:
        return words.numbers.missing
    best, worst = (one.rank_best, one.rank_worst) if one.rank_best is not None else (one.rank, one.rank)
    if best == worst:
        return words("profile.rank_one", rank=number(best), ranked=number(one.ranked))
    if (best, worst) == (1, one.ranked):
        return words("profile.ranks_all")
    return words("profile.ranks_open", best=number(best), worst=number(worst), ranked=number(one.ranked))


def parts_words(one: Standing, words: Words) -> str:
    """Numerator and denominator with their unit of measure; money keeps its decimals."""
    write = words.numbers.number if one.cases else words.numbers.shortest
    return f"{write(one.numerator)}/{write(one.denominator)} {one.measure}".strip()


def change_words(one: Standing, words: Words) -> str:
    """The change in points on a year before, and that it may be chance alone."""
    if one.change is None:
        return words.numbers.missing
    return with_doubt(words.numbers.points(one.change), one.change_real if one.change else None, words)


def basis_words(one: Standing, words: Words) -> str:
    """How the figure came about; of a sum, over how many of the units: `1/547 đơn vị có số liệu`."""
    if one.expected is None:
        return words(f"basis.{one.basis}")
    write = words.numbers.number
    return words("figure.with_figures", units=write(one.added), expected=write(one.expected))


def value_words(one: Standing, words: Words) -> str:
    """The unit's figure, marked where it is more than the whole."""
    value = words.numbers.percent(one.percent)
    return words("profile.beyond_value", value=value) if one.percent > WHOLE else value


def percent_words(one: Standing, words: Words) -> str:
    """The same, marked where reports contradict it or it covers only part of the period."""
    return value_words(one, words) + DISPUTED * bool(one.disputed or one.part)


def disputed_words(found: Sequence[Standing], words: Words) -> list[str]:
    """Which of some figures reports contradict; nothing where there is none."""
    names = listed([one.short_name for one in found if one.disputed], between="; ")
    return [words("profile.disputed", rates=names)] if names else []


def part_lines(found: Sequence[Standing], words: Words) -> list[str]:
    """Which of some figures cover only part of the period."""
    return [f"{one.short_name}: {part_words(one.part, words)}." for one in found if one.part]


def _short_name(context: Context, rate: str) -> str:
    return context.words(f"tile.{rate}") if rate in HEADLINE_RATES else context.rate_name(rate)


_TAKEN = (
    "rate",
    "definition",
    "percent",
    "basis",
    "percent_before",
    "change_real",
    "rank",
    "ranked",
    "rank_best",
    "rank_worst",
    "cases",
    "lower_quartile",
    "median",
    "upper_quartile",
)
