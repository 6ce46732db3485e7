"""Search by densities of what was good and of what was not."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from playground.search.asked import Asked
from playground.search.samplers.base import Sampler
from playground.value import Typical

Startup = Annotated[int, Typical(1, 50)]


class TreeParzen(Sampler):
    kind: Literal["tpe"] = "tpe"
    title = "TPE"
    help = "Tries settings that are likely among the good trials so far and unlikely among the others."
    formula = "choose x with the largest l(x) / g(x), the densities of good and of other trials"
    advice = "The usual choice from about 30 trials on, with numbers and choices alike."
    reference = "Bergstra et al. 2011."
    learns: ClassVar[bool] = True

    startup: Startup = Field(
        10, ge=1, le=10_000, title="Random at first", description="So many trials are drawn by chance first."
    )

    def made(self, asked: Asked) -> Any:
        from optuna.samplers import TPESampler

        return TPESampler(n_startup_trials=self.startup, multivariate=True, seed=asked.own_seed)
