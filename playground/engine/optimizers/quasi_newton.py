"""L-BFGS: a step by the curvature that past steps have shown."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.engine.optimizers.base import LearningRate, Optimizer, State
from playground.value import Typical

LEAST_CURVATURE = 1e-10


class Lbfgs(Optimizer):
    """Without line search: every step but the first has the length that the curvature asks for, times η.

    Noise between batches would look like curvature, so it takes all samples as one batch.
    """

    kind: Literal["lbfgs"] = "lbfgs"
    title = "L-BFGS"
    help = "Newton's method with a curvature guessed from the last few steps."
    formula = "w ← w − η H g,   H from the last few steps and changes of g"
    advice = "For small networks on all data at once; few steps, each costly."
    reference = "Liu & Nocedal 1989."
    full_batch = True
    one_by_one = False

    learning_rate: LearningRate = Field(
        0.3, gt=0, le=100, title="Learning rate", description="Share of the Newton step taken; up to 1."
    )
    history: Annotated[int, Typical(1, 30)] = Field(
        10, ge=1, le=100, title="History", description="Past steps that tell of the curvature; 5 to 20."
    )

    @property
    def slots(self) -> tuple[str, ...]:
        pairs = range(self.history)
        return (
            "movement",
            "previous_gradient",
            *(f"movement_{i}" for i in pairs),
            *(f"gradient_change_{i}" for i in pairs),
        )

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        movement, previous, *pairs = state
        movements, changes = (
            pairs[: self.history],
            pairs[self.history :],
        )  # newest first
        first = not previous.any()
        if not first:
            np.subtract(g, previous, out=work)
            if float(np.dot(work, movement)) > LEAST_CURVATURE:
                _push(movements, movement)
                _push(changes, work)
        np.copyto(previous, g)
        np.copyto(movement, g)
        _multiply_by_inverse_hessian(movement, movements, changes, work)
        if first:  # nothing is known of the curvature
            np.abs(g, out=work)
            rate *= min(1.0, 1 / max(float(work.sum()), 1e-300))
        np.multiply(movement, -rate, out=movement)
        np.add(w, movement, out=w)


def _push(newest_first: list[Array], array: Array) -> None:
    """Put the array's values in front and drop the last ones."""
    for older, newer in zip(newest_first[:0:-1], newest_first[-2::-1], strict=True):
        np.copyto(older, newer)
    np.copyto(newest_first[0], array)


def _multiply_by_inverse_hessian(q: Array, movements: list[Array], changes: list[Array], work: Array) -> None:
    """The two-loop recursion, in place (Nocedal & Wright 2006, algorithm 7.4)."""
    pairs = [(s, y, float(np.dot(s, y))) for s, y in zip(movements, changes, strict=True)]
    pairs = [pair for pair in pairs if pair[2] > 0]
    weights = []
    for s, y, curvature in pairs:
        weights.append(float(np.dot(s, q)) / curvature)
        _add_multiple(q, y, -weights[-1], work)
    if pairs:
        _, y, curvature = pairs[0]
        np.multiply(q, curvature / float(np.dot(y, y)), out=q)
    for (s, y, curvature), weight in zip(reversed(pairs), reversed(weights), strict=True):
        _add_multiple(q, s, weight - float(np.dot(y, q)) / curvature, work)


def _add_multiple(q: Array, vector: Array, factor: float, work: Array) -> None:
    np.multiply(vector, factor, out=work)
    np.add(q, work, out=q)
