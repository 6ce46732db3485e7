"""No pruning."""

from __future__ import annotations

from typing import Any, Literal

from playground.search.pruners.base import Pruner


class NeverPrune(Pruner):
    kind: Literal["none"] = "none"
    title = "Never"
    help = "Every trial is trained to its last epoch."
    formula = "stop at the last epoch"
    advice = "Where trials are quick, or slow beginners may win in the end."

    def made(self, epochs: int) -> Any:
        from optuna.pruners import NopPruner

        return NopPruner()
