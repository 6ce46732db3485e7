"""Hopfield networks: patterns stored in weights, and recalled by falling down an energy."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float64]


ALIKE = 1e-10
"""Patterns of which one follows from others, but for so little, count once."""


def weights(patterns: Floats, rule: str) -> Floats:
    """Symmetric weights (n, n) without self-connections, which hold patterns (p, n).

    Hebb's rule is XᵗX / n (Hopfield 1982), the projection rule X⁺X (Personnaz, Guyon and Dreyfus 1985).
    """
    count = patterns.shape[1]
    if rule == "hebb":
        between = np.eye(len(patterns)) / count
    else:  # X⁺X, by the small matrix of how alike the patterns are
        between = np.linalg.pinv(patterns @ patterns.T, ALIKE, hermitian=True)
    found: Floats = patterns.T @ between @ patterns
    found = (found + found.T) / 2
    np.fill_diagonal(found, 0)
    return found


def energy(weight: Floats, state: Floats) -> float:
    """−½ sᵗWs."""
    return float(-0.5 * state @ weight @ state)


def modern_energy(patterns: Floats, state: Floats, beta: float) -> float:
    """−lse(β, Xξ) + ½ ξᵗξ + β⁻¹ log p + ½ M², which is never below 0 (Ramsauer et al. 2020)."""
    pulls = beta * (patterns @ state)
    top = pulls.max()
    mean = top + np.log(np.exp(pulls - top).mean())
    return float(-mean / beta + 0.5 * state @ state + 0.5 * patterns.shape[1])


def attention(patterns: Floats, state: Floats, beta: float) -> Floats:
    """How much of each pattern the modern network sees in a state: softmax(β Xξ), (p,)."""
    pulls = beta * (patterns @ state)
    shares = np.exp(pulls - pulls.max())
    return np.asarray(shares / shares.sum())


class Recall:
    """A classic network on its way from a cue to a memory.

    Attributes:
        state: (n,) of +1 and −1.
        turned: neurons asked so far; all at once they count as n.
        energies: at the start and after each `advance`, with how many sweeps that was.
        ended: "" on the way, "rest" in a valley, "cycle" where two states take turns.
    """

    def __init__(self, weight: Floats, cue: Floats, update: str, order: Generator) -> None:
        self._weight, self._update, self._order = weight, update, order
        self._waiting: list[int] = []
        self._still, self._before = 0, np.zeros_like(cue)
        self.state, self.turned, self.ended = cue.copy(), 0, ""
        self.energies = [(0.0, energy(weight, cue))]

    @property
    def sweeps(self) -> float:
        """How often every neuron was asked, on average."""
        return self.turned / len(self.state)

    def advance(self, neurons: int = 1) -> None:
        """Ask so many neurons one at a time, or all of them at once."""
        if self.ended == "rest":
            return
        if self._update == "all":
            self._turn_all()
        else:
            for _ in range(neurons):
                self._turn_one()
        self.energies.append((self.sweeps, energy(self._weight, self.state)))

    def settle(self, sweeps: int = 100) -> None:
        """Go on until nothing changes, or two states take turns; at most so many sweeps."""
        for _ in range(sweeps):
            if not self.ended:
                self.advance(len(self.state))

    def _turn_one(self) -> None:
        if self.ended:
            return
        if not self._waiting:
            self._waiting = self._order.permutation(len(self.state)).tolist()
        neuron = self._waiting.pop()
        pull = self._weight[neuron] @ self.state
        turns = pull * self.state[neuron] < 0
        if turns:
            self.state[neuron] *= -1
        self.turned += 1
        self._still = 0 if turns else self._still + 1
        if self._still >= 2 * len(self.state):  # every one was asked since the last turn
            self.ended = "rest"

    def _turn_all(self) -> None:
        pulls = self._weight @ self.state
        after = np.where(pulls == 0, self.state, np.sign(pulls))
        self.turned += len(self.state)
        if (after == self.state).all():
            self.ended = "rest"
        elif (after == self._before).all():
            self.ended = "cycle"
        self._before, self.state = self.state, after


class ModernRecall:
    """A modern network on its way from a cue: each step is one of attention over the patterns.

    Attributes:
        state: (n,) between −1 and +1.
        energies: at the start and after each step, with how many steps that was.
    """

    def __init__(self, patterns: Floats, cue: Floats, beta: float) -> None:
        self._patterns, self._beta = patterns, beta
        self.state, self.ended = cue.copy(), "" if len(patterns) else "rest"
        self.energies = [(0.0, modern_energy(patterns, cue, beta))] if len(patterns) else []

    def advance(self) -> None:
        """One step."""
        if self.ended:
            return
        after = self._patterns.T @ attention(self._patterns, self.state, self._beta)
        if np.abs(after - self.state).max() < 1e-6:
            self.ended = "rest"
        self.state = after
        self.energies.append((float(len(self.energies)), modern_energy(self._patterns, after, self._beta)))
