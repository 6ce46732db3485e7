"""Search by a sequence of points that fills the room of settings evenly."""

from __future__ import annotations

from typing import Literal

from playground.search.asked import Asked, Settings
from playground.search.samplers.base import Sampler


class QuasiRandom(Sampler):
    kind: Literal["quasi_random"] = "quasi_random"
    title = "Quasi-random (QMC)"
    help = "Points of a Sobol sequence, which leave no gaps and no crowds as chance does."
    formula = "uₙ = Sobol point n, scrambled by the seed"
    advice = "Instead of random search with few trials, or before a search that learns."
    reference = "Sobol 1967."

    def settings(self, asked: Asked) -> Settings:
        from scipy.stats.qmc import Sobol

        sequence = Sobol(max(len(asked.variations), 1), scramble=True, seed=asked.seed)
        if asked.number:
            sequence.fast_forward(asked.number)
        return asked.at(sequence.random(1)[0][: len(asked.variations)])
