"""Pruning by the median of the others."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from playground.search.pruners.base import Pruner
from playground.value import Logarithmic, Typical, Unit

Epochs = Annotated[int, Logarithmic(1), Typical(0, 1000), Unit("epochs")]


class MedianPruning(Pruner):
    kind: Literal["median"] = "median"
    title = "Median"
    help = "Cuts a trial short whose best so far is worse than the median of the others at that epoch."
    formula = "stop when best(t) is worse than median of the others at t"
    advice = "The usual choice; it halves the work where curves do not cross much."
    reference = "Golovin et al. 2017."

    startup: Annotated[int, Typical(1, 50)] = Field(
        5, ge=0, le=10_000, title="Whole at first", description="So many trials are never cut short."
    )
    warmup: Epochs = Field(
        20, ge=0, le=10_000_000, title="Not before", description="Epochs that every trial is given."
    )

    def made(self, epochs: int) -> Any:
        from optuna.pruners import MedianPruner

        return MedianPruner(n_startup_trials=self.startup, n_warmup_steps=min(self.warmup, epochs))
