"""The samples of a side as the network sees them: how wrong each answer is, and what lies around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from playground.analysis.inspections.trace import SIDE_NAMES
from playground.data.prepared import PreparedData
from playground.engine.arrays import Array
from playground.training.moment import Answers, Moment

GRID = 61
"""Places each way over which the output is worked out."""


@dataclass(frozen=True, eq=False)
class JudgedSamples:
    """What the network says of the samples of one side.

    Attributes:
        order: their numbers, the worst first.
        losses: (n,) how wrong each answer is.
        wrong: (n,) whether it is another class; None for numbers.
        shares: (n,) the probability of the right class; None where outputs are no probabilities.
        truth: (n, …) what is right: class indices, or values.
        rows: (n,) which of all samples of the dataset they are.
    """

    order: NDArray[np.intp]
    losses: Array
    wrong: NDArray[np.bool_] | None
    shares: Array | None
    truth: NDArray[np.generic]
    rows: NDArray[np.int64]

    @classmethod
    def of(cls, moment: Moment, side: str) -> Self:
        """Those of the training, the validation or the test samples; of training where there are no such."""
        split = moment.data.side(side) or moment.data.train
        with np.errstate(all="ignore"):
            answers = moment.judge(split)
        losses = np.zeros(len(split.inputs)) if answers.losses is None else answers.losses
        wrong = None if answers.classes is None else answers.classes != split.truth
        ranked = np.argsort(-np.nan_to_num(losses, nan=-np.inf), kind="stable")
        return cls(ranked, losses, wrong, _of_truth(answers, split.truth), split.truth, split.rows)

    def next_wrong(self, number: int) -> int | None:
        """The wrong sample that comes after this one in the order; None where no answer is wrong."""
        if self.wrong is None or not self.wrong.any():
            return None
        found = np.flatnonzero(self.order == number)
        following = np.roll(self.order, -int(found[0]) - 1) if len(found) else self.order
        return int(following[self.wrong[following]][0])


def _of_truth(answers: Answers, truth: NDArray[np.generic]) -> Array | None:
    if answers.shares is None:
        return None
    found: Array = answers.shares[np.arange(len(truth)), truth.astype(np.intp)]
    return found


def nearest(data: PreparedData, place: tuple[float, float]) -> tuple[str, int]:
    """The side, and the number there, of the sample of the plane that is nearest to a place."""
    found = {}
    for name in SIDE_NAMES:
        if (split := data.side(name)) is not None:
            apart = np.hypot(*(split.raw[:, :2] - place).T)
            found[name] = float(apart.min()), int(apart.argmin())
    side = min(found, key=lambda name: found[name][0])
    return side, found[side][1]


@dataclass(frozen=True, eq=False)
class PlaneSeen:
    """What the network says over the plane that the samples lie in, (outputs, r, r), and its ends."""

    outputs: Array
    across: tuple[float, float]
    up: tuple[float, float]

    @classmethod
    def of(cls, moment: Moment) -> Self | None:
        """That of samples of two columns; None of any others."""
        data = moment.data
        if len(data.columns) != 2 or data.train.raw.ndim != 2 or moment.network.graph.reads_graph:
            return None
        across, up = (column.range for column in data.columns)
        places = np.meshgrid(np.linspace(*across, GRID), np.linspace(*up, GRID))
        raw = np.stack([axis.ravel() for axis in places], axis=1)
        with np.errstate(all="ignore"):
            outputs = moment.ask(raw).outputs
        return cls(np.ascontiguousarray(outputs.T).reshape(-1, GRID, GRID), across, up)


@dataclass(frozen=True, eq=False)
class Around:
    """What stands around a trace: the samples it may be of, and where they lie."""

    side: str
    judged: JudgedSamples
    plane: PlaneSeen | None

    @classmethod
    def of(cls, moment: Moment, side: str) -> Self:
        """That of one moment."""
        return cls(side, JudgedSamples.of(moment, side), PlaneSeen.of(moment))
