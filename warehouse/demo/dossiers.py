"""Dossiers: how many come in, by which channel, and whether they are answered in time.

A tally has shape (units, channels, outcomes, periods) and is cumulative within the year. Every printed
count is a sum of its cells, so the printed parts add up by construction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from warehouse.demo.dice import Dice
from warehouse.demo.timeline import SPANS, Counts, Figures

CHANNELS = ("direct", "post", "online_level_3", "online_level_4")
ON_TIME, LATE, PENDING = range(3)

# Median dossiers of a year in 2021; the spread is log-normal.
_TOWN_DOSSIERS, _RURAL_DOSSIERS, _SPREAD = 2600, 1000, 0.45
# The share received online, on the logistic scale: about 25 % in 2021, 75 % at the end of 2025.
_ONLINE_START, _ONLINE_STEP, _ONLINE_SPREAD = -1.25, 0.52, 0.35
# Who is late: the first share of units hardly ever, the last one often; the others now and then.
_PUNCTUAL_UNITS, _WEAK_UNITS, _IMPROVING = 0.50, 0.09, 0.5
_NOTHING_PENDING = 0.6
# Nobody is late more often; before the base year the shares changed at a part of the pace.
_MOST_LATE, _PACE_BEFORE = 0.35, 0.3


@dataclass(frozen=True)
class Climate:
    """What sets the units of a province apart from others, each a column (units, 1) or (1, 1) for all.

    `online` and `online_step` are added to the start and the yearly step of the online share on the logistic scale,
    `punctual` to the share of units that are hardly ever late; `late` multiplies late shares.
    """

    online: Figures
    online_step: Figures
    punctual: Figures
    late: Figures

    def felt_in(self, members: Figures) -> "Climate":
        """The same for units of these provinces; `members` (provinces, units) is 1 where one lies in the other."""
        columns = (members.T @ column for column in (self.online, self.online_step, self.punctual, self.late))
        return Climate(*columns)


_NOTHING = np.zeros((1, 1))
USUAL = Climate(_NOTHING, _NOTHING, _NOTHING, np.ones((1, 1)))


def commune_sizes(dice: Dice, urban: Sequence[bool]) -> Figures:
    """Dossiers of a commune in a normal year, shape (units, 1); wards and towns are larger."""
    medians = np.where(np.array(urban), _TOWN_DOSSIERS, _RURAL_DOSSIERS)[:, None]
    return medians * np.exp(dice.normal(_SPREAD))


def simulate_dossiers(dice: Dice, sizes: Figures, climate: Climate = USUAL) -> Figures:
    """The tally of units of these sizes (units, 1)."""
    shares = _channel_shares(dice, climate)
    late, pending = _late_shares(dice, climate), _pending_shares(dice)
    received = _received(dice, sizes)
    tally = []
    for share in shares:
        came = dice.poisson(received * share)
        too_late = dice.binomial(came, late)
        open_still = dice.binomial(came - too_late, pending)
        tally.append(np.stack([came - too_late - open_still, too_late, open_still], axis=1))
    return dice.timeline.cumulate(np.stack(tally, axis=1))


def _received(dice: Dice, sizes: Figures) -> Figures:
    """Expected dossiers a quarter: growing, seasonal, fewer in the pandemic."""
    timeline = dice.timeline
    growth = 1 + dice.uniform(0.02, 0.10)
    noise = np.exp(dice.normal(0.07, len(timeline)))
    return sizes * growth**timeline.year_index * timeline.season * timeline.pandemic * noise


def _channel_shares(dice: Dice, climate: Climate) -> tuple[Figures, ...]:
    """The share of each of `CHANNELS`; they add up to 1."""
    years = dice.timeline.year_index + dice.timeline.part_of_year - 1 / len(SPANS)
    start, step = _ONLINE_START + climate.online, _ONLINE_STEP + climate.online_step
    scale = start + dice.normal(_ONLINE_SPREAD) + step * years
    online = 1 / (1 + np.exp(-scale - dice.normal(0.08, len(dice.timeline))))
    level_4 = np.clip(dice.uniform(0.2, 0.5) + 0.10 * years, 0, 0.95)
    post = (1 - online) * dice.uniform(0.0, 0.06)
    return 1 - online - post, post, online * (1 - level_4), online * level_4


def _late_shares(dice: Dice, climate: Climate) -> Figures:
    """The share answered late: next to nothing, a little, or a weak unit that gets better or worse."""
    since = dice.timeline.year_index
    years = np.where(since < 0, _PACE_BEFORE * since, since)
    kind, drift = dice.uniform(), dice.uniform()
    punctual = np.full_like(kind, 0.00005)
    usual = dice.uniform(0.002, 0.025) * 0.92**years
    improving = dice.uniform(0.08, 0.16) * 0.62**years
    worsening = dice.uniform(0.015, 0.03) * 1.45**years
    weak = np.where(drift < _IMPROVING, improving, worsening)
    often = np.minimum(climate.late * np.where(kind > 1 - _WEAK_UNITS, weak, usual), _MOST_LATE)
    return np.where(kind < _PUNCTUAL_UNITS + climate.punctual, punctual, often)


def _pending_shares(dice: Dice) -> Figures:
    """The share not answered yet and not due: more than half of the units report none."""
    return np.where(dice.uniform() < _NOTHING_PENDING, 0.0, dice.uniform(0.001, 0.012))


def merge_tallies(tally: Figures, shares: Figures) -> Figures:
    """The tally of units made of others, by their shares (new, old); whole dossiers, never falling."""
    merged: Figures = np.floor(np.einsum("no,ocsp->ncsp", shares, tally) + 0.5)
    return merged


def dossier_figures(tally: Figures) -> dict[str, Figures]:
    """The indicators that follow from a tally, each of shape (units, periods)."""
    received = tally.sum(axis=2)
    on_time = tally[:, :, ON_TIME]
    resolved = on_time.sum(axis=1) + tally[:, :, LATE].sum(axis=1)
    by_channel = zip(CHANNELS, np.moveaxis(received, 1, 0), np.moveaxis(on_time, 1, 0), strict=True)
    figures = {
        "dossiers_received": received.sum(axis=1),
        "dossiers_resolved": resolved,
        "dossiers_resolved_late": resolved - on_time.sum(axis=1),
        "dossiers_resolved_on_time": on_time.sum(axis=1),
    }
    for channel, came, answered in by_channel:
        figures[f"dossiers_received_{channel}"] = came
        returned = channel if channel.startswith("online") else f"returned_{channel}"
        figures[f"dossiers_on_time_{returned}"] = answered
    return figures


def slightly_off(dice: Dice, total: Figures) -> Counts:
    """How many dossiers a printed total lacks: mostly none, in one report of seven some in a thousand."""
    careless = dice.uniform(count=len(dice.timeline)) < 1 / 7
    return np.where(careless, dice.poisson(np.nan_to_num(total) * 0.003), 0)
