"""What the units of a province of today do over the years: the ledgers of all that report.

The same code as for the simulated province, with every line of both forms for every unit, with what sets provinces
apart, and with provinces that were made of others.
"""

from dataclasses import dataclass

import numpy as np

from warehouse.demo.dice import Dice
from warehouse.demo.dossiers import Climate, commune_sizes, dossier_figures, merge_tallies, simulate_dossiers
from warehouse.demo.ledger import Ledger
from warehouse.demo.places import Places
from warehouse.demo.questions import catalogue, is_carried_up, lines_of
from warehouse.demo.timeline import Figures, Timeline
from warehouse.demo.work import bring_along, ended, enter_below, fill, started
from warehouse.model import Level

# Of the dossiers of all its communes, how many a district and a province have themselves.
_OF_DISTRICT, _OF_PROVINCE = (0.5, 0.9), (0.25, 0.6)
_ISLAND_DOSSIERS = 500.0
# How provinces differ: standard deviations, on the logistic scale where it is about the online share.
_ONLINE, _ONLINE_STEP, _PUNCTUAL, _LATE = 0.30, 0.04, 0.12, 0.5


@dataclass(frozen=True)
class Group:
    """Units of one level with their figures; `tally` is what their dossiers come from."""

    units: tuple[str, ...]
    ledger: Ledger
    tally: Figures


@dataclass(frozen=True)
class Simulator:
    """The simulation of one province of today and of those it was made of."""

    places: Places
    seed: int
    timeline: Timeline

    def groups(self) -> tuple[Group, ...]:
        """All figures of all units, whether reported or not.

        Work is simulated where it is done, then added up for the units above and for those that follow.
        """
        dice = self._dice("communes", self.places.communes)
        sizes = commune_sizes(dice, self.places.urban)
        climate = self._climate()
        of_commune = self.places.of_former @ self.places.of_district
        communes = self._worked("commune", dice, sizes, climate.felt_in(of_commune), self.places.communes)
        fill(communes.ledger, lines_of("commune"))
        districts = self._districts(communes, sizes, climate.felt_in(self.places.of_former))
        merged = self._merged(communes, districts)
        former = self._former(communes, districts, of_commune @ sizes, climate)
        if self.places.goes_on:
            self._enter_all(former, merged, since=self.timeline.after_reform)
        fill(former.ledger, lines_of("province"))
        until_reform = (former, districts, communes, merged)
        return until_reform if self.places.goes_on else (*until_reform, self._new(former, districts, merged))

    def _districts(self, communes: Group, sizes: Figures, climate: Climate) -> Group:
        dice = self._dice("districts", self.places.districts)
        own = self.places.of_district @ sizes * dice.uniform(*_OF_DISTRICT)
        own = np.where(own == 0, _ISLAND_DOSSIERS, own)
        districts = self._worked("district", dice, own, climate, self.places.districts)
        self._enter(districts, communes.ledger, self.places.of_district)
        fill(districts.ledger, lines_of("district"))
        for (_, tier), figures in districts.ledger.figures.items():
            if tier == "commune":
                figures[self.places.of_district.sum(axis=1) == 0] = np.nan
        return districts

    def _merged(self, communes: Group, districts: Group) -> Group:
        """The communes of today: of old ones, or of island districts that had none."""
        island = self.places.of_island.sum(axis=0) > 0
        shares = np.hstack([self.places.of_merged, self.places.of_island[:, island]])
        tally = merge_tallies(np.concatenate([communes.tally, districts.tally[island]]), shares)
        merged = started("commune", self._dice("merged", self.places.merged), tally)
        earlier = _with_islands(communes.ledger, districts.ledger, np.flatnonzero(island))
        bring_along(merged, earlier, shares, lines_of("commune", wide=True), catalogue().not_additive)
        fill(merged, lines_of("commune", wide=True))
        return Group(self.places.merged, merged, tally)

    def _former(self, communes: Group, districts: Group, below: Figures, climate: Climate) -> Group:
        """The provinces until 2025 with what they print for the tiers below; the other lines are still to be filled."""
        places = self.places
        dice = self._dice("province", places.former)
        former = self._worked("province", dice, below * dice.uniform(*_OF_PROVINCE), climate, places.former)
        self._enter(former, _ended(districts), places.of_former)
        self._enter(former, communes.ledger, places.of_former @ places.of_district)
        return former

    def _new(self, former: Group, districts: Group, merged: Group) -> Group:
        """The province that others were united into."""
        united = np.ones((1, len(former.units)))
        tally = merge_tallies(former.tally, united)
        units = (self.places.province,)
        new = Group(units, started("province", self._dice("province", units), tally), tally)
        self._enter(new, _ended(districts), np.ones((1, len(districts.units))))
        self._enter_all(new, merged)
        bring_along(new.ledger, former.ledger, united, lines_of("province"), catalogue().not_additive)
        fill(new.ledger, lines_of("province"))
        return new

    def _climate(self) -> Climate:
        """What sets each of the former provinces apart."""
        dice = self._dice("climate", self.places.former)
        return Climate(
            online=dice.normal(_ONLINE),
            online_step=dice.normal(_ONLINE_STEP),
            punctual=np.clip(dice.normal(_PUNCTUAL), -2 * _PUNCTUAL, 2 * _PUNCTUAL),
            late=np.exp(dice.normal(_LATE)),
        )

    def _worked(self, level: Level, dice: Dice, sizes: Figures, climate: Climate, units: tuple[str, ...]) -> Group:
        tally = simulate_dossiers(dice, sizes, climate)
        return Group(units, started(level, dice, tally), tally)

    def _enter_all(self, above: Group, below: Group, since: int = 0) -> None:
        self._enter(above, below.ledger, np.ones((1, len(below.units))), since)

    def _enter(self, above: Group, below: Ledger, members: Figures, since: int = 0) -> None:
        carried = {indicator for indicator, _ in below.figures if is_carried_up(indicator)}
        enter_below(above.ledger, below, members, catalogue().not_additive, since, carried)

    def _dice(self, purpose: str, units: tuple[str, ...]) -> Dice:
        return Dice(self.seed, purpose, units, self.timeline)


def _ended(districts: Group) -> Ledger:
    """The districts' own figures as provinces print them when the districts are gone; dossiers still add up."""
    stopped = ended(districts.ledger, lines_of("district"))
    for indicator, figures in dossier_figures(districts.ledger.timeline.stopped_at_reform(districts.tally)).items():
        stopped.enter(indicator, figures)
    return stopped


def _with_islands(communes: Ledger, districts: Ledger, islands: np.ndarray) -> Ledger:
    """The communes' own figures with those of island districts added as further units."""
    together = Ledger("commune", communes.dice, np.concatenate([communes.decimals, districts.decimals[islands]]))
    for (indicator, _), figures in communes.figures.items():
        of_district = districts.find(indicator)
        if of_district is not None:
            together.enter(indicator, np.concatenate([figures, of_district[islands]]))
    return together
