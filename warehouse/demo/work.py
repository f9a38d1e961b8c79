"""What the units of the province do in five years: a ledger for every group of units.

Work is simulated where it is done; a unit above prints the sums of the units below it, now and then a
little off.
"""

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
import polars as pl

from warehouse.demo.dice import Dice
from warehouse.demo.dossiers import (
    commune_sizes,
    dossier_figures,
    merge_tallies,
    simulate_dossiers,
    slightly_off,
)
from warehouse.demo.ledger import Ledger, Line, behaviour, new_ledger
from warehouse.demo.patterns import MERGED_BY_SUM, PARTS, PATTERNS, STATES, TOTALS
from warehouse.demo.places import PROVINCE, Places
from warehouse.demo.timeline import Figures
from warehouse.model import LEVELS, Level
from warehouse.tables import read_catalogue

_PROVINCE_DOSSIERS = 120_000.0


@dataclass(frozen=True)
class Work:
    """The ledgers of the four groups of units."""

    communes: Ledger
    merged: Ledger
    districts: Ledger
    province: Ledger


def simulate_work(places: Places, seed: int) -> Work:
    """All figures of all units, whether reported or not."""
    not_additive = set(read_catalogue("indicators").filter(pl.col("additive") == "false")["indicator"])
    dice = Dice(seed, "communes", places.communes)
    sizes = commune_sizes(dice, places.urban)
    tally = simulate_dossiers(dice, sizes)
    communes = started("commune", dice, tally)
    fill(communes, behaviour("commune", wide=False))

    merged = started("commune", Dice(seed, "merged", places.merged), merge_tallies(tally, places.of_merged))
    bring_along(merged, communes, places.of_merged, behaviour("commune", wide=True), not_additive)
    fill(merged, behaviour("commune", wide=True))

    dice = Dice(seed, "districts", places.districts)
    own_sizes = places.of_district @ sizes * dice.uniform(0.5, 0.9)
    districts = started("district", dice, simulate_dossiers(dice, own_sizes))
    enter_below(districts, communes, places.of_district, not_additive)
    fill(districts, behaviour("district", wide=False))
    return Work(communes, merged, districts, _province(communes, merged, districts, not_additive, seed))


def _province(communes: Ledger, merged: Ledger, districts: Ledger, not_additive: Set[str], seed: int) -> Ledger:
    dice = Dice(seed, "province", [PROVINCE])
    province = started("province", dice, simulate_dossiers(dice, np.array([[_PROVINCE_DOSSIERS]])))
    enter_below(
        province,
        ended(districts, behaviour("district", wide=False)),
        np.ones((1, len(districts.decimals))),
        not_additive,
    )
    for ledger in (communes, merged):
        since = province.timeline.after_reform if ledger is merged else 0
        enter_below(province, ledger, np.ones((1, len(ledger.decimals))), not_additive, since)
    fill(province, behaviour("district", wide=True))
    return province


def started(level: Level, dice: Dice, tally: Figures) -> Ledger:
    """A ledger with the dossiers of a tally."""
    ledger = new_ledger(level, dice)
    for indicator, figures in dossier_figures(tally).items():
        ledger.enter(indicator, figures)
    return ledger


def fill(ledger: Ledger, lines: tuple[Line, ...]) -> None:
    """Work out every line that the ledger does not have yet and whose tier is not above it."""
    for line in lines:
        tier = line.tier or ledger.level
        if LEVELS.index(tier) < LEVELS.index(ledger.level) or ledger.find(line.indicator, tier) is not None:
            continue
        figures = PATTERNS[line.pattern](ledger, line)
        if figures is None:
            continue
        is_over = ledger.level == "province" and tier == "district" and line.pattern in STATES
        ledger.enter(line.indicator, ledger.timeline.nothing_after_reform(figures) if is_over else figures, tier)


def bring_along(
    merged: Ledger, earlier: Ledger, shares: Figures, lines: tuple[Line, ...], not_additive: Set[str]
) -> None:
    """What adds up over units goes on in the units they merged into, the part before the merger too."""
    for line in lines:
        figures = earlier.find(line.indicator)
        elsewhere = (line.tier or merged.level) != merged.level
        if figures is None or elsewhere or line.indicator in not_additive:
            continue
        if line.pattern in TOTALS and (total := PATTERNS[line.pattern](merged, line)) is not None:
            merged.enter(line.indicator, total)
        if line.pattern not in MERGED_BY_SUM:
            continue
        together = np.floor(shares @ figures + 0.5)
        if line.pattern in PARTS:
            # Rounding must not lift a part above its whole.
            together = np.minimum(together, merged.found(line.terms)[0])
        merged.enter(line.indicator, together)


def enter_below(
    ledger: Ledger,
    below: Ledger,
    members: Figures,
    not_additive: Set[str],
    since: int = 0,
    only: Set[str] | None = None,
) -> None:
    """The work of the units below, from a period on: their sum, or the largest where a sum makes no sense.

    `members` has shape (units, units below) and is 1 where one belongs to the other; who has nobody below has no
    figures of them. `only` names the indicators to enter, all by default.
    """
    lacking = slightly_off(ledger.dice, members @ below.figures["dossiers_resolved", below.level])
    for (indicator, tier), figures in below.figures.items():
        if tier != below.level or indicator.endswith("_stated") or (only is not None and indicator not in only):
            continue
        together = _largest(members, figures) if indicator in not_additive else members @ figures
        if tier == "commune" and indicator in ("dossiers_resolved", "dossiers_resolved_on_time"):
            together = together - lacking
        together[members.sum(axis=1) == 0] = np.nan
        earlier = ledger.find(indicator, tier)
        if earlier is not None:
            together[:, :since] = earlier[:, :since]
        ledger.enter(indicator, together, tier)


def _largest(members: Figures, figures: Figures) -> Figures:
    return np.stack([figures[row > 0].max(axis=0, initial=0) for row in members])


def ended(districts: Ledger, lines: tuple[Line, ...]) -> Ledger:
    """The districts' own figures as the province prints them: from 01/07/2025 no more work and no state."""
    states = {line.indicator for line in lines if line.pattern in STATES}
    timeline = districts.timeline
    stopped = Ledger(districts.level, districts.dice, districts.decimals)
    for (indicator, tier), figures in districts.figures.items():
        after = timeline.nothing_after_reform if indicator in states else timeline.stopped_at_reform
        if tier == districts.level:
            stopped.enter(indicator, after(figures), tier)
    return stopped
