"""What matters to a network: how much worse it does when one column of the samples is shuffled.

Breiman 2001.  A column that matters little may stand in for another that goes up and down with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.data.prepared import Split
from playground.data.sample import Floats, flattened
from playground.randomness import Pcg64
from playground.training.moment import Moment

MOST_ROWS = 2000
TIMES = 3
"""Shuffles whose mean is taken."""


@dataclass(frozen=True)
class Importance:
    """How much is lost without what one column says.

    Attributes:
        lost: the share of samples (0 to 1) that are no longer told right; of numbers, how much farther off
            they are as a rule (the rise of the root of the mean squared error).
    """

    column: str
    lost: float


def importances(moment: Moment) -> tuple[Importance, ...]:
    """Those of all columns of rows, the largest first; by the test samples where there are some."""
    data = moment.data
    split = data.test if len(data.test.raw) else data.train
    raw, best = split.raw[:MOST_ROWS], _error(moment, split, split.raw[:MOST_ROWS])
    source = Pcg64(seed=0).streams().data
    orders = [source.permutation(len(raw)) for _ in range(TIMES)]
    found = []
    for place, column in enumerate(data.columns):
        errors = []
        for order in orders:
            shuffled = raw.copy()
            shuffled[:, place] = raw[order, place]
            errors.append(_error(moment, split, shuffled))
        found.append(Importance(column.name, float(np.mean(errors)) - best))
    return tuple(sorted(found, key=lambda each: -each.lost))


def _error(moment: Moment, split: Split, raw: Floats) -> float:
    """The share of wrong classes, or the root of the mean squared error."""
    with np.errstate(all="ignore"):
        answers = moment.ask(raw, split.rows[: len(raw)])
    truth = split.labels[: len(raw)]
    if answers.classes is not None:
        return float(np.mean(answers.classes != truth))
    return float(np.sqrt(np.mean((answers.outputs - flattened(truth)) ** 2)))
