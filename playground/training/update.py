"""The update: optimizer and regularizer bound to a network's flat vectors, with what they remember."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from playground.engine.arrays import Array
from playground.engine.network import Network
from playground.engine.optimizers import Optimizer
from playground.engine.regularizers import Regularizer


class Update:
    """One optimizer and one regularizer on one network.

    Attributes:
        slots: the arrays they remember between steps, by name, each like the parameters.
    """

    def __init__(
        self,
        network: Network,
        optimizer: Optimizer,
        regularizer: Regularizer,
        slots: Mapping[str, Array] | None = None,
    ) -> None:
        """Bind them; `slots` of an earlier update go on where the names are the same."""
        self._network, self._optimizer, self._regularizer = network, optimizer, regularizer
        given = slots or {}
        like = network.parameters
        first = {name: np.zeros_like(like) for name in optimizer.slots}
        second = {name: np.ones_like(like) for name in regularizer.slots}
        self.slots: dict[str, Array] = {
            name: given[name] if name in given and given[name].shape == like.shape else fresh
            for name, fresh in (first | second).items()
        }
        self._memory = tuple(self.slots[name] for name in optimizer.slots)
        self._regularizer_memory = tuple(self.slots[name] for name in regularizer.slots)
        self._work = np.empty_like(like)
        decay = optimizer.decoupled_decay
        self._decay = decay * network.penalized if decay else None

    def apply(self, rate: float, step: int) -> None:
        """Move the parameters by the gradients; `step` counts from 1."""
        network, regularizer, work = self._network, self._regularizer, self._work
        w, g = network.parameters, network.gradients
        if self._decay is not None:
            np.multiply(self._decay, rate, out=work)
            np.multiply(work, w, out=work)
            np.subtract(w, work, out=w)
        if regularizer.acts_before_update:
            regularizer.before_update(w, g, network.penalized, self._regularizer_memory, work)
        self._optimizer.update(w, g, self._memory, rate, step, work)
        if regularizer.acts_after_update:
            regularizer.after_update(w, rate, network.penalized, self._regularizer_memory, work)

    def penalty(self) -> float:
        """What the regularizer charges for the parameters as they are."""
        return self._regularizer.penalty(self._network.parameters, self._network.penalized)
