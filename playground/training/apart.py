"""How far the weights of two runs are from one another, ‖Δ‖, from epoch to epoch."""

from __future__ import annotations

from collections.abc import Mapping

from playground.engine.arrays import norm
from playground.engine.network import Network
from playground.training.history import SEEN, Column, History
from playground.training.trainer import Trainer


class Apart:
    """The Euclidean norm of the difference of all parameters, whenever the two stand level.

    Columns `epoch`, `step` and `apart`, a row an epoch and one for the present moment; none where the
    networks are of other shapes.
    """

    def __init__(self) -> None:
        self._history = History(capacity=SEEN)
        self._last = 0.0
        self._networks: tuple[Network, Network] | None = None
        self._alike = False

    def note(self, front: Trainer, other: Trainer) -> None:
        """Measure it now."""
        if self._networks is None or self._networks != (front.network, other.network):
            self._networks = front.network, other.network
            self._alike = front.network.shapes == other.network.shapes
        if front.progress < self._last or not self._alike:
            self._history = History(capacity=SEEN)
        self._last = front.progress
        if self._alike:
            distance = norm(front.network.parameters - other.network.parameters)
            self._history.record({"epoch": front.progress, "step": float(front.step), "apart": distance})

    def columns(self) -> Mapping[str, Column]:
        """What was measured; nothing where there is nothing to compare."""
        return self._history.columns()
