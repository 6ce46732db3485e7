"""Search by a cloud of settings that moves and stretches."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from playground.search.asked import Asked
from playground.search.samplers.base import Sampler, Startup


class CmaEs(Sampler):
    kind: Literal["cma_es"] = "cma_es"
    title = "CMA-ES"
    help = "A normal distribution of settings moves to the better trials and takes on their shape."
    formula = "x ~ N(m, σ² C);   m, σ and C follow the best of each generation"
    advice = "For many trials of two to twenty numbers; choices are drawn by chance beside it."
    reference = "Hansen & Ostermeier 2001."
    learns: ClassVar[bool] = True
    several_goals: ClassVar[bool] = False

    startup: Startup = 1

    def made(self, asked: Asked) -> Any:
        from optuna.samplers import CmaEsSampler, RandomSampler

        return CmaEsSampler(
            n_startup_trials=self.startup,
            independent_sampler=RandomSampler(seed=asked.own_seed),
            warn_independent_sampling=False,
            seed=asked.own_seed,
        )
