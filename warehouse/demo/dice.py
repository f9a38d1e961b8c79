"""Chance, unit by unit: every unit has a generator of its own, so one more unit changes no other."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike

from warehouse.demo.timeline import FIVE_YEARS, Counts, Figures, Timeline


class Dice:
    """One random generator a unit, seeded by the seed, the purpose and the unit's code.

    Every draw has shape (units, count); draws are taken in the order in which they are asked for.
    """

    def __init__(self, seed: int, purpose: str, unit_codes: Sequence[str], timeline: Timeline = FIVE_YEARS) -> None:
        """Generators for these units; the purpose keeps draws for one thing apart from those for another.

        `timeline` has the periods that the draws are for.
        """
        self.timeline = timeline
        self._generators = tuple(
            np.random.default_rng([seed, crc32(f"{purpose}/{code}".encode())]) for code in unit_codes
        )

    def uniform(self, low: float = 0.0, high: float = 1.0, count: int = 1) -> Figures:
        """Evenly between low and high."""
        return low + (high - low) * np.stack([generator.random(count) for generator in self._generators])

    def normal(self, deviation: float, count: int = 1) -> Figures:
        """Around zero."""
        return deviation * np.stack([generator.standard_normal(count) for generator in self._generators])

    def poisson(self, means: Figures) -> Counts:
        """Counts around the means; shape (units, count)."""
        rows = zip(self._generators, means, strict=True)
        return np.stack([generator.poisson(row) for generator, row in rows])

    def binomial(self, trials: Counts, shares: ArrayLike) -> Counts:
        """How many of the trials fall into the share; both of shape (units, count) or broadcast to it."""
        rows = zip(self._generators, trials, np.broadcast_to(shares, trials.shape), strict=True)
        return np.stack([generator.binomial(row, share) for generator, row, share in rows])
