"""Pruning in rounds of several lengths at a time."""

from __future__ import annotations

from typing import Any, Literal

from playground.search.pruners.base import Pruner
from playground.search.pruners.halving import FIRST, ONE_OF, FirstRound, Share


class Hyperband(Pruner):
    kind: Literal["hyperband"] = "hyperband"
    title = "Hyperband"
    help = "Successive halving with several lengths of the first round side by side."
    formula = "bracket s begins with rounds of r ηˢ epochs, up to the last epoch"
    advice = "Where it is not known how early bad trials can be told; it takes many trials."
    reference = "Li et al. 2018."

    first: FirstRound = FIRST
    one_of: Share = ONE_OF

    def made(self, epochs: int) -> Any:
        from optuna.pruners import HyperbandPruner

        least = min(self.first, epochs)
        return HyperbandPruner(min_resource=least, max_resource=epochs, reduction_factor=self.one_of)
