"""What a sampler is asked for: the settings of one trial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from playground.search.variation import Plain, Variation

Settings: TypeAlias = Mapping[str, Plain]
"""A value for each path that varies."""


@dataclass(frozen=True)
class Asked:
    """One trial of a search: its number from 0 among so many, and what varies."""

    variations: tuple[Variation, ...]
    seed: int
    number: int
    trials: int

    @property
    def dice(self) -> np.random.Generator:
        """Random numbers that depend on the seed and the number of the trial alone."""
        return np.random.default_rng([self.seed, self.number])

    @property
    def own_seed(self) -> int:
        """A seed for this trial."""
        return int(np.random.SeedSequence([self.seed, self.number]).generate_state(1)[0])

    def at(self, shares: np.ndarray) -> dict[str, Plain]:
        """The settings at a point of the unit cube, a coordinate a variation."""
        return {each.path: each.at(float(share)) for each, share in zip(self.variations, shares, strict=True)}
