"""Search by densities of what was good and of what was not."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from playground.search.asked import Asked
from playground.search.samplers.base import Sampler, Startup


class TreeParzen(Sampler):
    kind: Literal["tpe"] = "tpe"
    title = "TPE"
    help = "Tries settings that are likely among the good trials so far and unlikely among the others."
    formula = "choose x with the largest l(x) / g(x), the densities of good and of other trials"
    advice = "The usual choice from about 30 trials on, with numbers and choices alike."
    reference = "Bergstra et al. 2011."
    learns: ClassVar[bool] = True

    startup: Startup = 10

    def made(self, asked: Asked) -> Any:
        from optuna.samplers import TPESampler

        return TPESampler(n_startup_trials=self.startup, multivariate=True, seed=asked.own_seed)
