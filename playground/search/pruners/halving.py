"""Pruning in rounds, of which each keeps a share of the trials."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from playground.search.pruners.base import Pruner
from playground.value import Logarithmic, Typical, Unit

FirstRound = Annotated[int, Logarithmic(1), Typical(1, 1000), Unit("epochs")]
Share = Annotated[int, Typical(2, 6)]
FIRST = Field(10, ge=1, le=10_000_000, title="First round", description="Epochs of the first round.")
ONE_OF = Field(3, ge=2, le=100, title="One of", description="One of so many goes on to the next round.")


class SuccessiveHalving(Pruner):
    kind: Literal["halving"] = "halving"
    title = "Successive halving"
    help = "After rounds that grow by a factor, only the best trials of each round go on."
    formula = "round k ends after r ηᵏ epochs; the best 1/η go on"
    advice = "For many trials of which most are bad from the beginning."
    reference = "Jamieson & Talwalkar 2016; Li et al. 2020."

    first: FirstRound = FIRST
    one_of: Share = ONE_OF

    def made(self, epochs: int) -> Any:
        from optuna.pruners import SuccessiveHalvingPruner

        return SuccessiveHalvingPruner(min_resource=min(self.first, epochs), reduction_factor=self.one_of)
